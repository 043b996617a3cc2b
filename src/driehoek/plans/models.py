import uuid
from datetime import date

from django.conf import settings
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
    reminded_at = models.DateTimeField(null=True, blank=True)  # by letter, that it waits
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


class ActionState(models.Model):
    """How an action stood from a moment on, with what was learnt by then. Never changed; the next follows.

    `by` is empty for what was kept before this was asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="action_states")
    action = models.ForeignKey(Action, models.CASCADE, related_name="states")
    colour = models.CharField(max_length=5, choices=Action.Colour.choices)
    is_done = models.BooleanField(default=False)
    said = SealedText()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.colour} {self.action_id}"


class DeliveryStep(models.Model):
    """Something that happened to what was promised: handed over, accepted or rejected. Never changed.

    `deliverable` is its id in the agreement in force: what was signed counts, whatever becomes of the draft.
    """

    class What(models.TextChoices):
        HANDED_OVER = "handed_over"
        ACCEPTED = "accepted"
        REJECTED = "rejected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="delivery_steps")
    deliverable = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=11, choices=What.choices)
    said = SealedText()
    again_by = models.DateField(null=True, blank=True)  # by when it is done again after a rejection
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "deliverable", "number"], name="one_delivery_step_at_a_time"
            ),
            models.CheckConstraint(
                name="only_what_is_rejected_is_done_again", condition=Q(again_by=None) | Q(what="rejected")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.deliverable}"
