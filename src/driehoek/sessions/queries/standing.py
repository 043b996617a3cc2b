"""What stands in the calendars of those who talk here, in this engagement and in others."""

from datetime import datetime, timedelta

from django.db.models import Q

from driehoek.access import Role
from driehoek.engagements.models import Engagement, Party
from driehoek.sessions.models import Session

LONGEST = timedelta(minutes=480)
TALKING = (Role.COACHEE, Role.COACH)


def standing_with(engagement: Engagement, starts: datetime, ends: datetime) -> list[Session]:
    """The planned sessions of coachee and coach between two moments, wherever they are: 1 query."""
    people = Party.objects.filter(engagement=engagement, role__in=TALKING).values("person")
    theirs = Engagement.objects.filter(
        parties__in=Party.objects.filter(person__in=people, role__in=TALKING, accepted_at__isnull=False)
    )
    found = Session.objects.filter(
        Q(engagement__in=theirs.values("pk")) | Q(engagement=engagement),
        held_at=None,
        cancelled_at=None,
        starts_at__lt=ends,
        starts_at__gt=starts - LONGEST,
    )
    return list(found)
