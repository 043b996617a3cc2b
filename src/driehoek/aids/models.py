"""What helps a conversation along: an answer on a scale, and the people around a question."""

import json
import uuid
from typing import Any

from django.db import models

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedText

WRITERS = [(role, role) for role in (Role.COACHEE, Role.COACH)]


class _Aid(models.Model):
    """Something coachee and coach wrote down together. All of it is sealed, numbers and choices too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    said = SealedText()
    written_by = models.CharField(max_length=12, choices=WRITERS)
    written_at = models.DateTimeField()
    added_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["added_at"]

    def __str__(self) -> str:
        return f"{type(self).__name__.lower()} {self.pk}"

    @property
    def facts(self) -> dict[str, Any]:
        """What was written, by name."""
        facts: dict[str, Any] = json.loads(self.said)
        return facts


class Scale(_Aid):
    """One scaling question with its answer between 0 and 10: about, now, wanted, carries, next_sign."""

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="scales")


class Stakeholder(_Aid):
    """Somebody around the question: name, wants, stance, influence and closeness, both from 1 to 3."""

    class Stance(models.TextChoices):
        FOR = "for"
        OPEN = "open"
        AGAINST = "against"
        UNKNOWN = "unknown"

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="stakeholders")
