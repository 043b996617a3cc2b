import uuid

from django.db import models


class DataKey(models.Model):
    """The key of one trajectory, wrapped by the master key. Deleting the row shreds what it sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    master = models.CharField(max_length=16)
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
