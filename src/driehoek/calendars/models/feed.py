import uuid

from django.conf import settings
from django.db import models

from driehoek.kit import clock


class Feed(models.Model):
    """A calendar that programs read without signing in, by whoever knows its secret; gone when switched off.

    Asked for by the hash of the secret. The secret itself is sealed, so that its owner can read it again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed")
    secret_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField(default=bytes)
    made_at = models.DateTimeField(default=clock.now)
    told = models.CharField(max_length=64, blank=True)  # the hash of what was read last
    told_at = models.DateTimeField(null=True, blank=True)  # and since when it reads like that

    def __str__(self) -> str:
        return f"feed {self.pk}"

    @property
    def purpose(self) -> str:
        """Binds the sealed secret to this row."""
        return f"calendar feed {self.pk}"
