import uuid

from django.conf import settings
from django.db import models


class Look(models.Model):
    """That a person read a kind of content of an engagement on a day. Never what it said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="looks")
    role = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "person", "role", "kind", "on"], name="one_look_per_person_kind_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.kind} {self.on}"
