"""When somebody can be booked: ordinary weeks, days that are different, and what is still free."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from driehoek.method.holidays import DaysOff

MOST_NOTICE_HOURS: Final = 14 * 24
MOST_BUFFER_MINUTES: Final = 240
MOST_DAYS_AHEAD: Final = 366
STEPS: Final = (15, 30, 60)

Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, order=True)
class Hours:
    """A part of a day, by the clock on the wall. A day ends at 23:59.

    >>> Hours(time(9), time(9))
    Traceback (most recent call last):
    ...
    ValueError: hours end after they begin
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("give the time on the clock, without a timezone")
        if self.opens >= self.closes:
            raise ValueError("hours end after they begin")


@dataclass(frozen=True, slots=True)
class Different:
    """A day, or a stretch of days, with other hours than an ordinary week; none means not at all."""

    first: date
    last: date
    hours: tuple[Hours, ...] = ()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Availability:
    """When one person can be booked, by the clock in their own zone.

    `week` holds hours by weekday, Monday 0. Of `different` the one that was added last counts. A public
    holiday is a day off unless a different day names hours for it. Bookings leave `notice_hours` between now
    and their start, `buffer_minutes` around what is taken, and start whole steps of `step_minutes` after the
    hours begin.
    """

    week: Mapping[int, Sequence[Hours]]
    timezone: str = "Europe/Amsterdam"
    different: Sequence[Different] = ()
    without: DaysOff = field(default_factory=DaysOff)
    notice_hours: int = 24
    buffer_minutes: int = 15
    days_ahead: int = 60
    step_minutes: int = 30

    def __post_init__(self) -> None:
        bounds = (
            ("notice_hours", self.notice_hours, 0, MOST_NOTICE_HOURS),
            ("buffer_minutes", self.buffer_minutes, 0, MOST_BUFFER_MINUTES),
            ("days_ahead", self.days_ahead, 1, MOST_DAYS_AHEAD),
            ("step_minutes", self.step_minutes, 5, 240),
        )
        for name, value, least, most in bounds:
            if not least <= value <= most:
                raise ValueError(f"{name} must be {least} to {most}, not {value}")

    def hours_on(self, day: date) -> tuple[Hours, ...]:
        """The hours of one day, joined where they touch.

        >>> week = {0: [Hours(time(13), time(17)), Hours(time(9), time(13))]}
        >>> found = Availability(week).hours_on(date(2026, 11, 30))
        >>> [f"{one.opens:%H:%M}-{one.closes:%H:%M}" for one in found]
        ['09:00-17:00']
        """
        if said := self.different_on(day):
            return _joined(said.hours)
        return () if day in self.without else _joined(self.week.get(day.weekday(), ()))

    def different_on(self, day: date) -> Different | None:
        """What was said of this very day; None of an ordinary one."""
        return next((one for one in reversed(self.different) if day in one), None)


@dataclass(frozen=True, slots=True)
class Unbookable:
    """The days on which somebody cannot be booked for one meeting, by what they said of those very days.

    That is a day without hours, and a day with other hours that do not hold the meeting. Of an ordinary week
    `in_week` tells; it makes no day one of these. The meeting is `at` a time on the clock at the `place`, the
    hours are on that of the availability. Of days after `until` nothing is known.

    >>> away = Different(date(2026, 12, 21), date(2027, 1, 3))
    >>> said = Availability({}, different=[away])
    >>> date(2026, 12, 25) in Unbookable(said, at=time(10), minutes=60, until=date(2027, 12, 31))
    True
    """

    availability: Availability
    at: time
    minutes: int
    until: date
    place: str = "Europe/Amsterdam"

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.instead(day) is not None

    def instead(self, day: date) -> tuple[Hours, ...] | None:
        """The hours said of a day that stands in the way, perhaps none; None when it does not."""
        if day > self.until:
            return None
        begins, ends = self._on_their_clock(day)
        for each in sorted({begins.date(), (ends - timedelta(minutes=1)).date()}):
            said = self.availability.different_on(each)
            if said and not _hold(_joined(said.hours), begins, ends):
                return _joined(said.hours)
        return None

    def in_week(self, day: date) -> bool:
        """Whether it lies within an ordinary week; also where nothing was said of that."""
        week = self.availability.week
        begins, ends = self._on_their_clock(day)
        return not any(week.values()) or _hold(_joined(week.get(begins.weekday(), ())), begins, ends)

    def _on_their_clock(self, day: date) -> Stretch:
        zone = ZoneInfo(self.availability.timezone)
        begins = datetime.combine(day, self.at, ZoneInfo(self.place)).astimezone(UTC)
        ends = begins + timedelta(minutes=self.minutes)
        return begins.astimezone(zone).replace(tzinfo=None), ends.astimezone(zone).replace(tzinfo=None)


def _hold(hours: Iterable[Hours], begins: datetime, ends: datetime) -> bool:
    """Whether one of these parts of the day on which it begins holds all of it."""
    day = begins.date()
    parts = ((datetime.combine(day, one.opens), datetime.combine(day, one.closes)) for one in hours)
    return any(opens <= begins and ends <= closes for opens, closes in parts)


def free_moments(
    availability: Availability,
    *,
    minutes: int,
    now: datetime,
    taken: Iterable[Stretch] = (),
    first: date | None = None,
    last: date | None = None,
) -> tuple[datetime, ...]:
    """Every moment at which `minutes` can be booked, in UTC, in order.

    A booking lies within the hours of one day by the clock on the wall. A clock time that does not exist that
    day is not offered, and one that comes twice is offered the first time only.

    Parameters
    ----------
    minutes : how long it takes, 5 to 480.
    now : this moment, aware.
    taken : what stands in the way, each from a moment to a moment, aware, in any order; the buffer is kept on
        both sides of it.
    first, last : the days between which is looked, in the zone of the availability; both belong to it.

    Raises
    ------
    ValueError : `minutes` is out of range.

    Example
    -------
    >>> monday = Availability({0: [Hours(time(9), time(12))]}, step_minutes=60)
    >>> at_noon = datetime(2026, 11, 27, 11, tzinfo=UTC)
    >>> busy = [(datetime(2026, 11, 30, 9, tzinfo=UTC), datetime(2026, 11, 30, 9, 30, tzinfo=UTC))]
    >>> found = free_moments(monday, minutes=60, now=at_noon, taken=busy, last=date(2026, 12, 6))
    >>> [f"{one:%d-%m %H:%M}" for one in found]
    ['30-11 10:00']
    """
    if not 5 <= minutes <= 480:
        raise ValueError(f"minutes must be 5 to 480, not {minutes}")
    zone, lasts = ZoneInfo(availability.timezone), timedelta(minutes=minutes)
    today = now.astimezone(zone).date()
    earliest = now.astimezone(UTC) + timedelta(hours=availability.notice_hours)
    day = max(first or today, today)
    end = min(last or date.max, today + timedelta(days=availability.days_ahead))
    busy = _Busy(taken, around=timedelta(minutes=availability.buffer_minutes))
    found: list[datetime] = []
    while day <= end:
        for hours in availability.hours_on(day):
            for moment in _starts(day, hours, lasts, zone, timedelta(minutes=availability.step_minutes)):
                if moment >= earliest and not busy.touches(moment, moment + lasts):
                    found.append(moment)
        day += timedelta(days=1)
    return tuple(found)


def nearest(moments: Iterable[datetime], to: datetime, *, count: int = 4) -> tuple[datetime, ...]:
    """The moments closest to one that turned out to be taken, in the order of the calendar.

    >>> wanted = datetime(2026, 11, 30, 10, tzinfo=UTC)
    >>> others = [wanted + timedelta(hours=hours) for hours in (30, 2, -1)]
    >>> [f"{one:%H}" for one in nearest(others, wanted, count=2)]
    ['09', '12']
    """
    return tuple(sorted(sorted(moments, key=lambda one: (abs(one - to), one))[:count]))


class _Busy:
    """What is taken, with the buffer around it, joined so that one look tells."""

    def __init__(self, taken: Iterable[Stretch], *, around: timedelta) -> None:
        self.stretches: list[Stretch] = []
        for begins, ends in sorted((begins - around, ends + around) for begins, ends in taken):
            if self.stretches and begins <= self.stretches[-1][1]:
                self.stretches[-1] = self.stretches[-1][0], max(ends, self.stretches[-1][1])
            else:
                self.stretches.append((begins, ends))
        self._ends = [ends for _begins, ends in self.stretches]

    def touches(self, begins: datetime, ends: datetime) -> bool:
        place = bisect_right(self._ends, begins)  # the first that ends later than this begins
        return place < len(self.stretches) and self.stretches[place][0] < ends


def _starts(day: date, hours: Hours, lasts: timedelta, zone: ZoneInfo, step: timedelta) -> Iterator[datetime]:
    """Starts on the wall, and of these what really lies within the hours when the clock changes."""
    opens, closes = datetime.combine(day, hours.opens), datetime.combine(day, hours.closes)
    begins = opens
    while begins < closes:
        moment = begins.replace(tzinfo=zone, fold=0).astimezone(UTC)
        exists = moment.astimezone(zone).replace(tzinfo=None, fold=0) == begins
        ends = (moment + lasts).astimezone(zone).replace(tzinfo=None, fold=0)
        if exists and opens <= ends <= closes:
            yield moment
        begins += step


def _joined(hours: Iterable[Hours]) -> tuple[Hours, ...]:
    joined: list[Hours] = []
    for one in sorted(hours):
        if joined and one.opens <= joined[-1].closes:
            joined[-1] = Hours(joined[-1].opens, max(one.closes, joined[-1].closes))
        else:
            joined.append(one)
    return tuple(joined)
