import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from driehoek.engagements.models import Engagement
from driehoek.method.experiment_plans import KINDS
from driehoek.vault.fields import SealedText
from driehoek.vault.models import DataKey


class Experiment(models.Model):
    """One small experiment of one person, sealed with a key of its own; nobody else reads it."""

    class Decision(models.TextChoices):
        STOP = "stop"
        AGAIN = "again"
        ENGAGEMENT = "engagement"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="experiments")
    data_key = models.OneToOneField(DataKey, models.RESTRICT, related_name="+")
    kind = models.CharField(max_length=1, choices=[(kind, kind) for kind in KINDS])
    started_on = models.DateField()
    ends_on = models.DateField()
    problem = SealedText(key_through="")
    behaviours = SealedText(key_through="")
    figures = SealedText(key_through="")  # what is measured, with its values: JSON
    learned = SealedText(key_through="")
    reminders = models.PositiveSmallIntegerField(default=0)  # how many of the letters went out or were due
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    engagement = models.OneToOneField(Engagement, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="ends_after_it_starts", condition=Q(ends_on__gt=F("started_on"))),
            models.CheckConstraint(
                name="decided_with_a_decision", condition=Q(decided_at=None) ^ ~Q(decision="")
            ),
        ]

    def __str__(self) -> str:
        return f"experiment {self.kind} {self.started_on}"

    @property
    def was_stopped(self) -> bool:
        """Whether it ended before its last day: on that day and later it is measured and judged."""
        if self.decided_at is None:
            return False
        return self.decided_at.astimezone(ZoneInfo(settings.TIME_ZONE)).date() < self.ends_on
