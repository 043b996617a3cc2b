import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedText


class Action(models.Model):
    """Something somebody will do: an action, an exercise, an experiment or a milestone."""

    class Sort(models.TextChoices):
        ACTION = "action"
        EXERCISE = "exercise"
        EXPERIMENT = "experiment"
        MILESTONE = "milestone"

    class Colour(models.TextChoices):
        OPEN = "open"
        GREEN = "green"
        AMBER = "amber"
        RED = "red"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="actions")
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.ACTION)
    text = SealedText()
    owner = models.CharField(max_length=12, choices=[(r, r) for r in Role if r != Role.ORG_ADMIN])
    due_on = models.DateField(null=True, blank=True)
    week = models.PositiveSmallIntegerField(null=True, blank=True)  # of a milestone, counted from the start
    colour = models.CharField(max_length=5, choices=Colour.choices, default=Colour.OPEN)
    learnt = SealedText()
    done_on = models.DateField(null=True, blank=True)
    made_in_session = models.UUIDField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "made_at"]
        constraints = [
            models.CheckConstraint(
                name="only_milestones_have_a_week", condition=Q(week=None) | Q(sort="milestone")
            )
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.pk}"

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    def days_over(self, today: date) -> int:
        """How many days ago it should have been done; zero when it is done or still has time."""
        if self.is_done or self.due_on is None:
            return 0
        return max(0, (today - self.due_on).days)
