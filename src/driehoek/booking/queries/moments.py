"""When somebody can be booked, and what is free for these people."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS

from driehoek.access import Role
from driehoek.agreements.queries import CancelRule
from driehoek.booking.models import Bookable, Part
from driehoek.calendars.queries import busy_times
from driehoek.engagements.models import Engagement, Meeting, Party
from driehoek.engagements.queries import TALKING
from driehoek.kit import clock
from driehoek.kit.templatetags.look import clock_time, listed
from driehoek.method.availability import Availability, Different, Hours, Stretch, free_moments
from driehoek.method.holidays import DaysOff
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.sessions.queries import Cancelling, standing_with

SLUG: Final = "%Y%m%dT%H%MZ"
_A_MONDAY: Final = date(2026, 11, 30)


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


def bookable_of(person: Person) -> Bookable | None:
    """What somebody said about being booked, with their hours: 2 queries."""
    return Bookable.objects.filter(person=person).prefetch_related("parts").first()


def as_availability(row: Bookable, parts: Sequence[Part]) -> Availability | None:
    """The same for reckoning with; None without any hours: no queries."""
    week: dict[int, list[Hours]] = defaultdict(list)
    for one in parts:
        if one.weekday is not None:
            week[one.weekday] += _hours([one])
    others = [
        Different(part.first_on, part.last_on, hours)
        for part, hours in other_days(parts)
        if part.first_on and part.last_on
    ]
    if not week and not any(one.hours for one in others):
        return None
    return Availability(
        week,
        timezone=row.time_zone,
        different=others,
        without=DaysOff(holidays=row.holidays_off),
        notice_hours=row.notice_hours,
        buffer_minutes=row.buffer_minutes,
        days_ahead=row.days_ahead,
        step_minutes=row.step_minutes,
    )


def other_days(parts: Iterable[Part]) -> list[tuple[Part, tuple[Hours, ...]]]:
    """The days that are different, in the order in which they were added: the first part, and all hours."""
    days = (one for one in parts if one.weekday is None)
    together = groupby(days, key=lambda one: (one.added_at, one.first_on, one.last_on))
    return [(found[0], _hours(found)) for _day, group in together if (found := list(group))]


def _hours(parts: Sequence[Part]) -> tuple[Hours, ...]:
    return tuple(Hours(one.opens, one.closes) for one in parts if one.opens and one.closes)


def booking_of(engagement: Engagement, reader: Person | None = None) -> Booking:
    """How the coach here can be booked, and on whose clock the reader sees it: 1 query.

    A reader who lives elsewhere reads their own clock, everybody else that of the engagement.
    """
    coach = engagement.party(Role.COACH) or engagement.party(Role.CONSULTANT)
    availability = _availability_of(coach.person_id) if coach and coach.accepted_at else None
    own = ZoneInfo(reader.time_zone) if reader and reader.time_zone else engagement.zone
    return Booking(coach, availability, engagement.zone, own)


def _availability_of(person_id: UUID) -> Availability | None:
    """How one person can be booked, with the parts of their days in order: 1 query."""
    parts = list(Part.objects.filter(bookable__person=person_id).select_related("bookable"))
    return as_availability(parts[0].bookable, parts) if parts else None


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


@dataclass(frozen=True, slots=True)
class DrawnDay:
    """One weekday as bars: from which minute of the day, and how many; and the same in words."""

    name: str
    bars: list[tuple[int, int]]
    words: str


def drawn_week(week: Mapping[int, Sequence[Hours]]) -> list[DrawnDay]:
    """An ordinary week as a picture; hours that touch are one bar. Empty without hours: no queries."""
    joined = [Availability({0: hours}).hours_on(_A_MONDAY) for hours in (week.get(n, ()) for n in range(7))]
    return [
        DrawnDay(
            str(WEEKDAYS[n]),
            [(_minute(one.opens), _minute(one.closes) - _minute(one.opens)) for one in hours],
            listed([f"{clock_time(one.opens)}–{clock_time(one.closes)}" for one in hours]),
        )
        for n, hours in enumerate(joined)
        if any(joined)
    ]


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


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
