import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedText

ROLE_CHOICES = [(role, role) for role in Role if role != Role.ORG_ADMIN]


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

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="goals")
    position = models.PositiveSmallIntegerField()
    by_when = models.DateField()
    ability = models.CharField(max_length=10, choices=Ability.choices, default=Ability.CAN)
    action = SealedText()
    about = SealedText()
    shown_by = SealedText()
    why = SealedText()
    learning_goals = SealedText()  # one a line
    levels = SealedText()  # JSON: "-2".."2" -> text
    matters_to = models.CharField(max_length=12, choices=MattersTo.choices, default=MattersTo.BOTH)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(name="at_most_three_goals", condition=Q(position__range=(1, 3))),
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
    window_starts = models.DateField()
    deadline = models.DateField()
    foresight = SealedText()  # JSON: how it will be measured, and why a warning was accepted
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["goal__position", "position"]
        constraints = [
            models.CheckConstraint(
                name="window_ends_after_it_starts", condition=Q(deadline__gte=models.F("window_starts"))
            ),
        ]

    def __str__(self) -> str:
        return f"criterion {self.pk}"


class Deliverable(models.Model):
    """Something a consultant promises: what it is, when it is acceptable, and in which week it is due."""

    class Sort(models.TextChoices):
        DESIGN = "design"
        TEST = "test"
        GO_LIVE = "go_live"
        TRAINING = "training"
        HANDOVER = "handover"
        REPORT = "report"
        OTHER = "other"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="deliverables")
    sort = models.CharField(max_length=8, choices=Sort.choices)
    name = SealedText()
    accepted_when = SealedText()
    week = models.PositiveSmallIntegerField()  # counted from the first day of the agreement
    judged_by = models.JSONField(default=list)  # ids of criteria, as far as these are still there
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["week", "made_at"]

    def __str__(self) -> str:
        return f"deliverable {self.pk}"


class Draft(models.Model):
    """Everything of the agreement that is not a goal, as it is being written."""

    class Candour(models.TextChoices):
        NOTHING = "nothing"
        TO_TELL = "to_tell"
        TOLD = "told"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.OneToOneField(Engagement, models.CASCADE, related_name="draft")
    session_count = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    session_minutes = models.PositiveSmallIntegerField(
        default=60, validators=[MinValueValidator(15), MaxValueValidator(480)]
    )
    every_weeks = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(26)]
    )
    first_session_on = models.DateField(null=True, blank=True)
    session_time = models.TimeField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)  # consultancy: milestones count from here
    ends_on = models.DateField(null=True, blank=True)
    rework_days = models.PositiveSmallIntegerField(null=True, blank=True)  # consultancy, after a rejection
    rework_rounds = models.PositiveSmallIntegerField(null=True, blank=True)
    review_after_session = models.PositiveSmallIntegerField(default=3)
    clauses = SealedText()  # JSON: clause id -> text
    stumbling_blocks = SealedText()
    salt = SealedText()  # with the stumbling blocks: what the fingerprint covers without showing it
    disclosure = models.JSONField(default=dict)
    three_way_met_on = models.DateField(null=True, blank=True)
    candour = models.JSONField(default=dict)  # person -> whether the coachee knows everything
    touched = models.JSONField(default=dict)  # section -> [how often it was saved, who saved it last]
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Version(models.Model):
    """An agreement as offered: frozen text and its fingerprint. Never changed, only superseded."""

    class State(models.TextChoices):
        OFFERED = "offered"
        IN_FORCE = "in_force"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"
        SUPERSEDED = "superseded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    canonical = SealedText()  # RFC 8785 JSON, the bytes under the fingerprint
    stumbling_blocks = SealedText()  # the fingerprint covers only a salted hash of them
    salt = SealedText()
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)
    met_on = models.DateField(null=True)  # the talk before signing, kept from the first signature
    declined_by = models.CharField(max_length=12, choices=ROLE_CHOICES, blank=True)
    decline_reason = SealedText()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(state="offered"), name="one_version_offered_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["engagement"], condition=Q(state="in_force"), name="one_version_in_force_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @cached_property
    def said(self) -> Mapping[str, Any]:
        """Everything this version says, as plain data; a version never changes."""
        found: dict[str, Any] = json.loads(self.canonical)
        return found


class Signature(models.Model):
    """One party's signature under one version: who, in what capacity, under which sentence, when, how."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(Version, models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=12, choices=ROLE_CHOICES)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signatures")
    fingerprint = models.CharField(max_length=64)
    typed_name = models.CharField(max_length=120)
    capacity = SealedText()
    sentence = models.TextField(max_length=500)
    method = models.CharField(max_length=40, default="signed-in with a code by mail")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at"]
        constraints = [
            models.UniqueConstraint(fields=["version", "role"], name="one_signature_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} under {self.fingerprint[:8]}"

    @property
    def engagement(self) -> Engagement:
        """Whose key seals the words of a signature."""
        return self.version.engagement
