"""What stands in the calendars of those who talk here, in this engagement and in others."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from driehoek.access import Role
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import LONGEST, TALKING, meetings_with
from driehoek.sessions.models import Session


class Standing(NamedTuple):
    """A session or a meeting that is planned, as far as it takes time."""

    pk: UUID
    starts_at: datetime
    ends_at: datetime


def standing_with(
    engagement: Engagement, starts: datetime, ends: datetime, roles: Collection[Role] = TALKING
) -> list[Standing]:
    """What is planned between two moments for those who hold these roles here, wherever it is: 1 query."""
    people = Party.objects.filter(engagement=engagement, role__in=roles).values("person")
    theirs = Engagement.objects.filter(
        parties__in=Party.objects.filter(person__in=people, role__in=TALKING, accepted_at__isnull=False)
    )
    sessions = Session.objects.filter(
        Q(engagement__in=theirs.values("pk")) | Q(engagement=engagement),
        held_at=None,
        cancelled_at=None,
        starts_at__lt=ends,
        starts_at__gt=starts - LONGEST,
    )
    when = ("pk", "starts_at", "minutes")
    meetings = meetings_with(engagement, roles, starts, ends).order_by().values_list(*when)
    every = sessions.order_by().values_list(*when).union(meetings, all=True)
    return [Standing(pk, begins, begins + timedelta(minutes=minutes)) for pk, begins, minutes in every]
