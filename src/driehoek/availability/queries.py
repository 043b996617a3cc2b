"""What somebody said about being booked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Final
from uuid import UUID

from django.utils.dates import WEEKDAYS

from driehoek.availability.models import Bookable, Part
from driehoek.kit.templatetags.look import clock_time, listed
from driehoek.method.availability import Availability, Different, Hours
from driehoek.method.holidays import DaysOff
from driehoek.people.models import Person

_A_MONDAY: Final = date(2026, 11, 30)


def bookable_of(person: Person) -> Bookable | None:
    """What somebody said about being booked, with their hours: 2 queries."""
    return Bookable.objects.filter(person=person).prefetch_related("parts").first()


def said_by(person_id: UUID) -> Availability | None:
    """What one person wrote down, also when it is only when they cannot; None without anything: 1 query."""
    parts = list(Part.objects.filter(bookable__person=person_id).select_related("bookable"))
    return _reckoned(parts[0].bookable, parts) if parts else None


def availability_of(person_id: UUID) -> Availability | None:
    """How one person can be booked; None without any hours: 1 query."""
    return _with_hours(said_by(person_id))


def as_availability(row: Bookable, parts: Sequence[Part]) -> Availability | None:
    """The same for a row and its parts: no queries."""
    return _with_hours(_reckoned(row, parts))


def _reckoned(row: Bookable, parts: Sequence[Part]) -> Availability:
    week: dict[int, list[Hours]] = defaultdict(list)
    for one in parts:
        if one.weekday is not None:
            week[one.weekday] += _hours([one])
    others = [
        Different(part.first_on, part.last_on, hours)
        for part, hours in other_days(parts)
        if part.first_on and part.last_on
    ]
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


def _with_hours(said: Availability | None) -> Availability | None:
    if said is None or not (said.week or any(one.hours for one in said.different)):
        return None
    return said


def other_days(parts: Iterable[Part]) -> list[tuple[Part, tuple[Hours, ...]]]:
    """The days that are different, in the order in which they were added: the first part, and all hours."""
    days = (one for one in parts if one.weekday is None)
    together = groupby(days, key=lambda one: (one.added_at, one.first_on, one.last_on))
    return [(found[0], _hours(found)) for _day, group in together if (found := list(group))]


def _hours(parts: Sequence[Part]) -> tuple[Hours, ...]:
    return tuple(Hours(one.opens, one.closes) for one in parts if one.opens and one.closes)


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
            hours_words(hours),
        )
        for n, hours in enumerate(joined)
        if any(joined)
    ]


def hours_words(hours: Iterable[Hours]) -> str:
    """Parts of a day as they are read: 9.00–12.30 and 13.30–17.00."""
    return listed([f"{clock_time(one.opens)}–{clock_time(one.closes)}" for one in hours])


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
