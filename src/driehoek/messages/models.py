"""What the parties write to each other between two talks."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models

from driehoek.access import Kind, Permission, Role
from driehoek.engagements.models import Circle, Engagement
from driehoek.vault.fields import SealedText

READS: Final = {Circle.PAIR: Permission.READ_MESSAGES, Circle.EVERYONE: Permission.READ_OPEN_MESSAGES}
WRITES: Final = {Circle.PAIR: Permission.WRITE_MESSAGES, Circle.EVERYONE: Permission.WRITE_OPEN_MESSAGES}
KINDS: Final = {Circle.PAIR: Kind.MESSAGES, Circle.EVERYONE: Kind.OPEN_MESSAGES}


class Message(models.Model):
    """One message in one circle of one engagement. It stays as it was written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="messages")
    circle = models.CharField(max_length=8, choices=Circle.choices)
    number = models.PositiveIntegerField()  # within its circle
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=[(r, r) for r in Role if r != Role.ORG_ADMIN])
    text = SealedText()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "circle", "number"], name="one_message_per_number"),
            models.CheckConstraint(
                name="every_circle_has_the_coachee", condition=models.Q(circle__in=Circle.values)
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Reader(models.Model):
    """How far somebody has read in one circle."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="message_readers")
    circle = models.CharField(max_length=8, choices=Circle.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    seen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "circle", "person"], name="one_reader_per_circle")
        ]

    def __str__(self) -> str:
        return f"reader {self.pk}"
