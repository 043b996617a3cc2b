"""A time zone in, its rules as an iCalendar VTIMEZONE out (RFC 5545), read from the zone database itself.

As rules, because calendars exist that take only the first of a list of dates. A zone that follows no rule for
a month and a weekday, such as one that keeps other time during Ramadan, gets each change by itself.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

_CYCLE: Final = 28  # years in which every date falls on every weekday
_FIRST, _LAST = 1900, 9998
_STEP: Final = timedelta(days=7)  # no zone changes its clock twice within a week
_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Change:
    """The moment from which a zone keeps other time: on the clock as it stood, and what is added to UTC."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str

    @property
    def kind(self) -> tuple[object, ...]:
        """What the same change has in common over the years, but for its day in the month."""
        return self.before, self.after, self.name, self.wall.month, self.wall.weekday(), self.wall.time()


def zone_of(name: str) -> ZoneInfo | None:
    """The zone of this name, or nothing when there is none."""
    return ZoneInfo(name) if name in _names() else None


@lru_cache(maxsize=64)
def zone_lines(name: str, first_year: int, last_year: int) -> tuple[str, ...]:
    """The VTIMEZONE of a zone, right for every moment in these years, and by its rules also afterwards."""
    zone, since = ZoneInfo(name), min(max(first_year - 1, _FIRST), _LAST - _CYCLE)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    rules = _rules(zone, since)
    if rules is None:  # no rules: how it stood at the beginning, and then every change
        lines += _part(_start(zone, since))
        for year in range(since, min(last_year + 2, _LAST)):
            for change in _changes(zone, year):
                lines += _part(change)
    else:
        for change, rule in rules or [(_start(zone, since), "")]:
            lines += _part(change, rule)
    return (*lines, "END:VTIMEZONE")


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(available_timezones())


def _start(zone: ZoneInfo, year: int) -> Change:
    here = datetime(year, 1, 1, tzinfo=UTC).astimezone(zone)
    offset = here.utcoffset() or timedelta()
    return Change(datetime(year, 1, 1), offset, offset, here.tzname() or "")


def _rules(zone: ZoneInfo, since: int) -> list[tuple[Change, str]] | None:
    """Each yearly change with its rule, from this year on; nothing for a zone that keeps none."""
    kinds = defaultdict(list)
    for year in range(since, since + _CYCLE):
        for change in _changes(zone, year):
            kinds[change.kind].append(change)
    found = [(every[0], _rule(every)) for every in kinds.values()]
    if any(len(every) != _CYCLE for every in kinds.values()) or not all(rule for _change, rule in found):
        return None
    return found


def _rule(every: Sequence[Change]) -> str:
    """The rule that gives these days of one month, one a year; empty when there is none."""
    days = [change.wall.day for change in every]
    month, weekday = every[0].wall.month, _WEEKDAYS[every[0].wall.weekday()]
    rule = f"FREQ=YEARLY;BYMONTH={month}"
    if all((change.wall + _STEP).month != month for change in every):
        return f"{rule};BYDAY=-1{weekday}"
    if len(numbers := {(day + 6) // 7 for day in days}) == 1:
        return f"{rule};BYDAY={numbers.pop()}{weekday}"
    if max(days) - min(days) == 6:  # the first such weekday on or after a date
        return f"{rule};BYMONTHDAY={','.join(map(str, range(min(days), max(days) + 1)))};BYDAY={weekday}"
    return ""


@lru_cache(maxsize=1024)
def _changes(zone: ZoneInfo, year: int) -> tuple[Change, ...]:
    """Every change of the clock in a year."""
    found, moment, end = [], datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        later = min(moment + _STEP, end)
        if _offset(zone, moment) != _offset(zone, later):
            found.append(_change(zone, moment, later))
        moment = later
    return tuple(found)


def _change(zone: ZoneInfo, earlier: datetime, later: datetime) -> Change:
    """The change between these two moments, to the second."""
    before, after = _offset(zone, earlier), _offset(zone, later)
    while later - earlier > timedelta(seconds=1):
        middle = earlier + timedelta(seconds=(later - earlier) // timedelta(seconds=2))
        if _offset(zone, middle) == before:
            earlier = middle
        else:
            later = middle
    return Change((later + before).replace(tzinfo=None), before, after, later.astimezone(zone).tzname() or "")


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _part(change: Change, rule: str = "") -> list[str]:
    kind = "DAYLIGHT" if change.after > change.before else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{change.wall:%Y%m%dT%H%M%S}",
        f"TZOFFSETFROM:{_signed(change.before)}",
        f"TZOFFSETTO:{_signed(change.after)}",
        f"TZNAME:{change.name}",
        *([f"RRULE:{rule}"] if rule else []),
        f"END:{kind}",
    ]


def _signed(offset: timedelta) -> str:
    seconds = int(abs(offset).total_seconds())
    sign, rest = "-" if offset < timedelta() else "+", seconds % 60
    return f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}" + (f"{rest:02}" if rest else "")
