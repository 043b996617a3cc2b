"""What is free for these people."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from driehoek.access import Role
from driehoek.agreements.queries import CancelRule
from driehoek.availability.queries import availability_of
from driehoek.calendars.queries import busy_times
from driehoek.engagements.models import Engagement, Meeting, Party
from driehoek.engagements.queries import TALKING
from driehoek.kit import clock
from driehoek.method.availability import Availability, Stretch, free_moments
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.sessions.queries import Cancelling, standing_with

SLUG: Final = "%Y%m%dT%H%MZ"


@dataclass(frozen=True, slots=True)
class Booking:
    """Where somebody chooses a moment: whose coach, by which hours, and by which clocks it is shown.

    `coach` is the consultant where nobody is coached; `availability` is None without any hours of theirs.
    """

    coach: Party | None
    availability: Availability | None
    zone: ZoneInfo
    own_zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment that can be booked: in an address, on the reader's clock, and on that of the engagement."""

    slug: str
    here: datetime
    there: datetime | None


@dataclass(frozen=True, slots=True)
class Week:
    """The free moments of one week, by day; the weeks before and after it that have any."""

    days: list[tuple[date, list[Moment]]]
    monday: date
    before: date | None
    after: date | None


def booking_of(engagement: Engagement, reader: Person | None = None) -> Booking:
    """How the coach here can be booked, and on whose clock the reader sees it: 1 query.

    A reader who lives elsewhere reads their own clock, everybody else that of the engagement.
    """
    coach = engagement.party(Role.COACH) or engagement.party(Role.CONSULTANT)
    availability = availability_of(coach.person_id) if coach and coach.accepted_at else None
    own = ZoneInfo(reader.time_zone) if reader and reader.time_zone else engagement.zone
    return Booking(coach, availability, engagement.zone, own)


def free_for(
    engagement: Engagement,
    availability: Availability,
    *,
    minutes: int,
    but: Session | Meeting | None = None,
    around: datetime | None = None,
    roles: Collection[Role] = TALKING,
) -> tuple[datetime, ...]:
    """The moments at which everybody in these roles can: 2 queries. `but` is what is moved.

    With `around` only those of the week before it and the week after it.
    """
    day = around.astimezone(ZoneInfo(availability.timezone)).date() if around else None
    found = free_moments(
        availability,
        minutes=minutes,
        now=clock.now(),
        taken=taken_for(
            engagement, availability.days_ahead, ZoneInfo(availability.timezone), but=but, roles=roles
        ),
        first=day - timedelta(days=7) if day else None,
        last=day + timedelta(days=7) if day else None,
    )
    last = engagement.stops_on
    return tuple(one for one in found if last is None or one.astimezone(engagement.zone).date() <= last)


def taken_for(
    engagement: Engagement,
    days_ahead: int,
    zone: ZoneInfo,
    *,
    but: Session | Meeting | None = None,
    roles: Collection[Role] = TALKING,
) -> list[Stretch]:
    """What stands in the calendars of the people in these roles, as far as it is known: 2 queries.

    Whole days in a calendar of their own are taken by the clock in `zone`.
    """
    starts = clock.now() - timedelta(days=1)
    ends = starts + timedelta(days=days_ahead + 3)
    standing = standing_with(engagement, starts, ends, roles)
    taken = [(one.starts_at, one.ends_at) for one in standing if but is None or one.pk != but.pk]
    parties = engagement.parties.all()
    meeting = [one.person for one in parties if one.role in roles and one.accepted_at]
    return taken + busy_times(meeting, starts, ends, zone=zone)


def too_late_to_move(session: Session, rule: CancelRule | None) -> bool:
    """Whether a coachee no longer moves it: it has begun, or cancelling it now would count: no queries."""
    return session.starts_at <= clock.now() or Cancelling(rule, session.starts_at).counts


def week_of(moments: Sequence[datetime], booking: Booking, monday: date | None) -> Week | None:
    """The moments of one week, or of the first that has any; None when nothing is free: no queries."""
    by_day = defaultdict(list)
    for one in moments:
        here = one.astimezone(booking.own_zone)
        by_day[here.date()].append(shown(one, booking))
    if not by_day:
        return None
    mondays = sorted({day - timedelta(days=day.weekday()) for day in by_day})
    chosen = monday if monday in mondays else min(mondays, key=lambda one: abs(one - (monday or mondays[0])))
    place = mondays.index(chosen)
    return Week(
        [(day, found) for day, found in sorted(by_day.items()) if 0 <= (day - chosen).days < 7],
        chosen,
        mondays[place - 1] if place else None,
        mondays[place + 1] if place + 1 < len(mondays) else None,
    )


def week_with(session: Session | Meeting | None, booking: Booking) -> date | None:
    """The Monday of the week in which it is, on the reader's clock: no queries."""
    if session is None:
        return None
    day = session.starts_at.astimezone(booking.own_zone).date()
    return day - timedelta(days=day.weekday())


def shown(moment: datetime, booking: Booking) -> Moment:
    """One moment for a page, without a zone, so that it is written as it stands."""
    here = moment.astimezone(booking.own_zone).replace(tzinfo=None)
    there = moment.astimezone(booking.zone).replace(tzinfo=None)
    return Moment(moment.astimezone(UTC).strftime(SLUG), here, None if here == there else there)
