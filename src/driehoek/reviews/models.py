"""What was answered at a review. That there is a review is computed from the agreement, and kept nowhere."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.method.reviews import Review
from driehoek.vault.fields import SealedText


class Answer(models.Model):
    """One answer at one review. All that was said is sealed, numbers and choices too.

    How far along it is everybody says alone; whether it shows at work coachee and coach answer together, and
    consultant and sponsor write one conclusion.
    """

    class Part(models.TextChoices):
        ALONG = "along"  # now, why
        AT_WORK = "at_work"  # shows, why, change, goals
        CONCLUSION = "conclusion"  # text

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="review_answers")
    review = models.CharField(max_length=8, choices=[(one, one) for one in Review])
    part = models.CharField(max_length=10, choices=Part.choices)
    role = models.CharField(max_length=12, choices=[(r, r) for r in Role if r != Role.ORG_ADMIN])
    said = SealedText()
    revision = models.PositiveIntegerField(default=1)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["answered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "review", "role"],
                condition=Q(part="along"),
                name="one_answer_per_role_how_far_along",
            ),
            models.UniqueConstraint(
                fields=["engagement", "review", "part"],
                condition=~Q(part="along"),
                name="one_answer_together_per_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} at {self.review}"

    @property
    def facts(self) -> dict[str, Any]:
        """What was said, by name."""
        facts: dict[str, Any] = json.loads(self.said)
        return facts
