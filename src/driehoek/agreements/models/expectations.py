"""What the people agreed to expect, once their answers to the six questions lay side by side."""

import uuid

from django.conf import settings
from django.db import models

from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedText


class Expectation(models.Model):
    """What they found at one question when they talked it through, in their own words."""

    class Finding(models.TextChoices):
        AGREE = "agree"
        DIFFER = "differ"
        UNKNOWN = "unknown"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="expectations")
    question = models.CharField(max_length=20)  # one of the six, by its id in the method
    finding = models.CharField(max_length=7, choices=Finding.choices)
    text = SealedText()
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engagement", "question"], name="one_expectation_per_question")
        ]

    def __str__(self) -> str:
        return f"expectation at {self.question}"
