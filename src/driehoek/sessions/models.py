import hashlib
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from driehoek.access import Role
from driehoek.engagements.models import Engagement, Scheduled
from driehoek.kit import clock
from driehoek.vault.fields import SealedText


def mark_of(text: str) -> str:
    """A short mark of a text as it stood, by which a form knows what was changed since it was opened."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


class Session(Scheduled):
    """One meeting of coachee and coach: planned, and later held or cancelled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()  # in its address, and its own for ever
    nth = models.PositiveSmallIntegerField()  # of those that take a turn, by day: what people call it
    minutes = models.PositiveSmallIntegerField(default=60)
    held_at = models.DateTimeField(null=True, blank=True)
    held_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    series = models.UUIDField(null=True, blank=True)  # planned at once, and one event in a calendar
    series_at = models.DateTimeField(null=True, blank=True)  # when the series has it, wherever it was moved
    reminded_at = models.DateTimeField(null=True, blank=True)  # of the question, the day before
    asked_back_at = models.DateTimeField(null=True, blank=True)  # to look back, the day after
    cancelled_by = models.CharField(
        max_length=12, blank=True, choices=[(r, r) for r in (Role.COACHEE, Role.COACH)]
    )
    cancel_reason = SealedText()
    counts_as_used = models.BooleanField(default=False)  # cancelled later than agreed, and not let go

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["engagement", "number"], name="one_session_per_number"),
            models.UniqueConstraint(
                fields=["engagement", "starts_at"],
                name="one_session_at_a_time",
                condition=Q(cancelled_at=None),
            ),
            models.CheckConstraint(
                name="not_held_and_cancelled", condition=Q(held_at=None) | Q(cancelled_at=None)
            ),
            models.CheckConstraint(
                name="a_session_of_a_series_has_its_moment",
                condition=Q(series=None, series_at=None) | Q(series__isnull=False, series_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_what_was_cancelled_counts_so",
                condition=Q(counts_as_used=False) | Q(cancelled_at__isnull=False),
            ),
            models.CheckConstraint(name="a_session_lasts", condition=Q(minutes__range=(5, 480))),
        ]

    def __str__(self) -> str:
        return f"session {self.number}"

    def save(self, *given: Any, **options: Any) -> None:
        self.nth = self.nth or self.number
        super().save(*given, **options)

    @property
    def is_first(self) -> bool:
        """Whether there is no last time to look back on."""
        return self.nth == 1

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def takes_a_turn(self) -> bool:
        """Whether it is one of the sessions that were agreed: held, planned, or cancelled too late."""
        return not self.is_cancelled or self.counts_as_used

    @property
    def is_planned(self) -> bool:
        return not self.is_held and not self.is_cancelled

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def is_today(self) -> bool:
        """Whether it is on this day, by the clock of its engagement."""
        zone = self.engagement.zone
        return self.starts_at.astimezone(zone).date() == clock.now().astimezone(zone).date()


class Note(models.Model):
    """What coachee and coach share about one part of a session."""

    class Part(models.TextChoices):
        QUESTION = "question"  # before, by the coachee
        SINCE = "since"
        STUCK = "stuck"  # opening
        PRACTISED = "practised"
        HAPPENED = "happened"
        WANTED = "wanted"
        GOAL = "goal"  # the conversation
        REALITY = "reality"
        OPTIONS = "options"
        WILL = "will"
        ACT = "act"  # the reflection cycle
        LOOK_BACK = "look_back"
        ESSENTIALS = "essentials"
        ALTERNATIVES = "alternatives"
        TRY_OUT = "try_out"
        YIELD = "yield"  # closing
        WAY_OF_WORKING = "way_of_working"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="notes")
    session = models.ForeignKey(Session, models.CASCADE, related_name="notes")
    part = models.CharField(max_length=16, choices=Part.choices)
    text = SealedText()
    revision = models.PositiveIntegerField(default=0)
    written_by = models.CharField(max_length=12, choices=[(r, r) for r in (Role.COACHEE, Role.COACH)])
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "part"], name="one_note_per_part")]

    def __str__(self) -> str:
        return f"note {self.part}"


class Turn(models.Model):
    """A moment at which the writing moved to another phase: together the way the conversation went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="turns")
    session = models.ForeignKey(Session, models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["session", "number"], name="one_turn_per_number")]

    def __str__(self) -> str:
        return f"turn {self.number}"


class Reflection(models.Model):
    """What the coachee writes afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="reflections")
    session = models.OneToOneField(Session, models.CASCADE, related_name="reflection")
    text = SealedText()
    revision = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"reflection {self.pk}"


class PrivateNote(models.Model):
    """The coach's own notes. Nobody else, ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="private_notes")
    session = models.ForeignKey(Session, models.CASCADE, related_name="private_notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = SealedText()
    revision = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "author"], name="one_private_note_per_author")
        ]

    def __str__(self) -> str:
        return f"private note {self.pk}"
