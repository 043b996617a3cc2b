"""What is being written besides goals: the draft, what is promised, and what was said about it."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.vault.fields import SealedText

ROLE_CHOICES = [(role, role) for role in Role if role != Role.ORG_ADMIN]


class Draft(models.Model):
    """Everything of the agreement that is not a goal, as it is being written."""

    class Candour(models.TextChoices):
        NOTHING = "nothing"
        TO_TELL = "to_tell"
        TOLD = "told"

    class Finding(models.TextChoices):
        AGREE = "agree"
        DIFFER = "differ"
        UNKNOWN = "unknown"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.OneToOneField(Engagement, models.CASCADE, related_name="draft")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, blank=True)  # empty: from before
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
    review_by_days = models.BooleanField(default=True)  # after 30, 60 and 90 days
    manager_scales = models.BooleanField(default=False)  # halfway the manager too says how far it is
    notice_days = models.PositiveSmallIntegerField(default=14, validators=[MaxValueValidator(180)])
    cancel_hours = models.PositiveSmallIntegerField(
        default=24, null=True, blank=True, validators=[MaxValueValidator(336)]
    )  # before a session; empty in drafts from before this was asked
    late_cancel_counts = models.BooleanField(default=True)
    clauses = SealedText()  # JSON: clause id -> text
    expectations = SealedText()  # JSON: question -> what was found and agreed, by whom and when
    stumbling_blocks = SealedText()
    salt = SealedText()  # with the stumbling blocks: what the fingerprint covers without showing it
    disclosure = models.JSONField(default=dict)
    three_way_met_on = models.DateField(null=True, blank=True)
    candour = models.JSONField(default=dict)  # person -> whether the coachee knows everything
    amending_since = models.DateTimeField(
        null=True, blank=True
    )  # a change to an agreement in force is written
    touched = models.JSONField(default=dict)  # section -> [how often it was saved, who saved it last]
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Comment(models.Model):
    """What somebody says about a part of the draft, and the text they would rather read."""

    class Outcome(models.TextChoices):
        OPEN = "open"
        TAKEN_OVER = "taken_over"
        ANSWERED = "answered"
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="comments")
    part = models.CharField(max_length=40)  # a clause, or one of the pages of the draft
    text = SealedText()
    before = SealedText()  # how the clause read when another text was proposed
    proposal = SealedText()
    role = models.CharField(max_length=12, choices=ROLE_CHOICES)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    answer = SealedText()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.CheckConstraint(
                name="settled_by_somebody_or_open", condition=Q(outcome="open") ^ Q(settled_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"comment on {self.part}"

    @property
    def is_open(self) -> bool:
        return self.outcome == self.Outcome.OPEN


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
    agreed_on = models.DateField(null=True, blank=True)  # its day in the version in force, for lists
    dropped_at = models.DateTimeField(null=True, blank=True)  # by an amendment that may not be signed yet
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["week", "made_at"]

    def __str__(self) -> str:
        return f"deliverable {self.pk}"
