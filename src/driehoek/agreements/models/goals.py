"""Goals, and how each is seen to be reached."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedText


class Goal(models.Model):
    """One of at most three goals: five SMART parts, learning goals and five attainment levels."""

    class Ability(models.TextChoices):
        ABLE = "able"
        CAN = "can"
        KNOW = "know"
        RECOGNISE = "recognise"

    class MattersTo(models.TextChoices):
        COACHEE = "coachee"
        ORGANISATION = "organisation"
        BOTH = "both"

    class BroughtBy(models.TextChoices):
        COACHEE = "coachee"
        ORGANISATION = "organisation"
        TOGETHER = "together"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField(null=True)  # none once it was dropped
    by_when = models.DateField()
    ability = models.CharField(max_length=10, choices=Ability.choices, default=Ability.CAN)
    action = SealedText()
    about = SealedText()
    shown_by = SealedText()
    why = SealedText()
    learning_goals = SealedText()  # one a line
    levels = SealedText()  # JSON: "-2".."2" -> text
    matters_to = models.CharField(max_length=12, choices=MattersTo.choices, default=MattersTo.BOTH)
    brought_by = models.CharField(max_length=12, choices=BroughtBy.choices, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)  # by an amendment: what was measured stays

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(name="at_most_three_goals", condition=Q(position__range=(1, 3))),
            models.CheckConstraint(
                name="a_goal_stands_or_was_dropped",
                condition=Q(position=None, dropped_at__isnull=False)
                | Q(position__isnull=False, dropped_at=None),
            ),
            models.UniqueConstraint(fields=["engagement", "position"], name="one_goal_per_position"),
        ]

    def __str__(self) -> str:
        return f"goal {self.position}"


class Criterion(models.Model):
    """How a goal is seen to be reached: measure, form, target, baseline and window."""

    class Form(models.TextChoices):
        RELATIVE_CHANGE = "relative_change"
        ABSOLUTE_CHANGE = "absolute_change"
        LEVEL = "level"
        SHARE_AT_LEAST = "share_at_least"
        COUNT = "count"

    class Direction(models.TextChoices):
        UP = "up"
        DOWN = "down"

    class Counted(models.TextChoices):
        LAST = "last"
        WEIGHTED = "weighted"

    class Anchor(models.TextChoices):
        FIXED = "fixed"
        DATE = "date"
        SIGNING = "signing"
        MILESTONE = "milestone"

    class Span(models.TextChoices):
        DAYS = "days"
        MONTHS = "months"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="criteria")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=1)
    measure = SealedText()
    unit = SealedText()
    form = models.CharField(max_length=16, choices=Form.choices)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.UP)
    counted = models.CharField(max_length=8, choices=Counted.choices, default=Counted.LAST)
    target = models.DecimalField(max_digits=18, decimal_places=6)
    baseline = models.DecimalField(max_digits=18, decimal_places=6, null=True, blank=True)
    measured_before = models.JSONField(default=dict, blank=True)  # in place of a baseline
    anchor = models.CharField(max_length=9, choices=Anchor.choices, default=Anchor.FIXED)
    within = models.PositiveSmallIntegerField(null=True, blank=True)  # days or months after the anchor
    span = models.CharField(max_length=6, choices=Span.choices, default=Span.DAYS)
    milestone = models.UUIDField(null=True, blank=True)  # the deliverable that must be accepted first
    window_starts = models.DateField(null=True, blank=True)  # with the next: none where its anchor gives it
    deadline = models.DateField(null=True, blank=True)
    foresight = SealedText()  # JSON: how it will be measured, and why a warning was accepted
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)  # by an amendment: what was measured stays

    class Meta:
        ordering = ["goal__position", "position"]
        constraints = [
            models.CheckConstraint(
                name="window_ends_after_it_starts", condition=Q(deadline__gte=models.F("window_starts"))
            ),
            models.CheckConstraint(
                name="a_window_has_its_days_or_an_anchor",
                condition=Q(anchor__in=("fixed", "date"), window_starts__isnull=False, deadline__isnull=False)
                | Q(anchor__in=("signing", "milestone"), window_starts=None, deadline=None),
            ),
            models.CheckConstraint(
                name="what_is_counted_has_a_length", condition=Q(anchor="fixed") ^ Q(within__gte=1)
            ),
            models.CheckConstraint(
                name="only_a_milestone_is_waited_for",
                condition=Q(anchor="milestone") ^ Q(milestone__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"criterion {self.pk}"
