import uuid

from django.conf import settings
from django.db import models

from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedText

MOST_MONTHS = 36


class Blend(models.Model):
    """A blended trajectory: from which day, and how many months each of its phases is meant to last."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    starts_on = models.DateField()
    consulting_months = models.PositiveSmallIntegerField()
    transition_months = models.PositiveSmallIntegerField()
    coaching_months = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"blended from {self.starts_on}"


class Phase(models.Model):
    """One phase that has begun, and the engagement in which its people work. They share nothing."""

    class Kind(models.TextChoices):
        CONSULTING = "consulting"
        TRANSITION = "transition"
        COACHING = "coaching"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    blend = models.ForeignKey(Blend, models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    engagement = models.OneToOneField(Engagement, models.CASCADE, related_name="phase")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blend", "kind"], name="one_phase_of_each_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.blend_id}"


class ChangeAgent(models.Model):
    """Somebody inside who carries the change on: what they take over, and since when they do it alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="change_agents")
    name = SealedText()
    takes_over = SealedText()
    alone_since = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"change agent {self.pk}"
