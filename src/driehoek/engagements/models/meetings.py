import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from driehoek.engagements.models.taking_part import Engagement
from driehoek.kit import clock


class Scheduled(models.Model):
    """A moment at which people meet, as a calendar knows it."""

    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    moves = models.PositiveSmallIntegerField(default=0)  # so that a calendar knows the later version
    changed_at = models.DateTimeField(default=clock.now)  # of what a calendar says about it
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def version(self) -> int:
        """Which version of it a calendar has: it rises with each change."""
        return self.moves + self.is_cancelled

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class Meeting(Scheduled):
    """A planned talk before or about an agreement: its moment, and nothing of what is said in it."""

    class Kind(models.TextChoices):
        ACQUAINTANCE = "acquaintance"  # coachee and coach
        THREE_WAY = "three_way"  # everybody who takes part

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="meetings")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    followed_at = models.DateTimeField(null=True, blank=True)  # it was over, and another one was planned

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "kind"],
                condition=Q(cancelled_at=None, followed_at=None),
                name="one_standing_meeting_of_a_kind",
            ),
            models.CheckConstraint(name="a_meeting_lasts", condition=Q(minutes__range=(5, 480))),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()
