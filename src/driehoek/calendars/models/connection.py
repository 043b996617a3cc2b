import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from driehoek.engagements.models import Meeting
from driehoek.kit import clock
from driehoek.sessions.models import Session
from driehoek.vault.keys import open_for_site, seal_for_site


class Connection(models.Model):
    """The calendars of one person at a server of theirs.

    The address, the password, and where and how the calendars are called there, are sealed together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_connection"
    )
    sealed = models.BinaryField(default=bytes)
    made_at = models.DateTimeField(default=clock.now)
    chosen_at = models.DateTimeField(null=True, blank=True)  # until then nothing is read or written
    asked_at = models.DateTimeField(null=True, blank=True)  # when the last round began
    fresh_at = models.DateTimeField(null=True, blank=True)  # when the last round that went well began
    next_at = models.DateTimeField(default=clock.now)
    failures = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=16, blank=True)  # what was wrong the last time
    taken_until = models.DateTimeField(null=True, blank=True)  # by a worker

    def __str__(self) -> str:
        return f"connection {self.pk}"

    @property
    def purpose(self) -> str:
        """Binds what is sealed to this row."""
        return f"calendar connection {self.pk}"

    def seal(self, said: Mapping[str, Any]) -> None:
        """Put it in, unreadable in the database."""
        self.sealed = seal_for_site(json.dumps(said), purpose=self.purpose)

    def open(self) -> dict[str, Any]:
        """What was sealed. Raises Unreadable when its master key was taken away."""
        said: dict[str, Any] = json.loads(open_for_site(bytes(self.sealed), purpose=self.purpose))
        return said


class Outside(models.Model):
    """One calendar at that server: whether it counts as busy, and whether sessions are written in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="calendars")
    place = models.PositiveSmallIntegerField()
    may_write = models.BooleanField(default=True)
    counts = models.BooleanField(default=False)
    holds_sessions = models.BooleanField(default=False)
    mark = models.CharField(max_length=200, blank=True)  # of what was read last, as its server calls it
    read_at = models.DateTimeField(null=True, blank=True)
    unreadable = models.PositiveIntegerField(default=0)  # things in it that could not be read

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection"],
                name="sessions_stand_in_one_calendar",
                condition=Q(holds_sessions=True),
            )
        ]

    def __str__(self) -> str:
        return f"calendar {self.place}"


class Busy(models.Model):
    """A stretch in which somebody is taken outside of here: begin and end, and nothing else."""

    calendar = models.ForeignKey(Outside, models.CASCADE, related_name="busy")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    on_the_wall = models.BooleanField(default=False)  # by the clock where they are, kept as if it were UTC

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_busy_stretch_lasts", condition=Q(ends_at__gt=F("starts_at")))
        ]

    def __str__(self) -> str:
        return f"busy {self.pk}"


class Written(models.Model):
    """A session or meeting as we last put it in a calendar, so that we know who changed it since."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    calendar = models.ForeignKey(Outside, models.CASCADE, related_name="written")
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="+")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, related_name="+")
    uid = models.CharField(max_length=36)
    etag = models.CharField(max_length=255, blank=True)  # empty where the server did not say
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    mark = models.CharField(max_length=64, blank=True)  # the hash of the text

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "uid"], name="one_place_per_session")]

    def __str__(self) -> str:
        return f"written {self.uid}"

    @property
    def what(self) -> Session | Meeting | None:
        """What was put there, while it exists."""
        return self.session or self.meeting


class Remark(models.Model):
    """What came of something that was changed in the calendar, for its owner to read."""

    class Kind(models.TextChoices):
        MOVED = "moved"
        REFUSED = "refused"
        DELETED = "deleted"
        BOTH = "both"
        SHAPE = "shape"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=8, choices=Kind)
    of_meeting = models.BooleanField(default=False)
    was_at = models.DateTimeField()
    wanted_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=400, blank=True)  # a sentence of ours
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"remark {self.kind}"
