"""Plan a series of sessions and milestones that stay right across daylight saving."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import gcd
from typing import Final, Literal
from zoneinfo import ZoneInfo

ClockChange = Literal["none", "hour_skipped", "hour_repeated"]

MOST_SESSIONS: Final = 200
MOST_WEEKS_APART: Final = 52


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One planned session: its start on the clock at the place, and the same moment in UTC.

    `clock_change` tells that the asked time does not exist that day and was moved on by the skipped hour,
    or that it exists twice and the first was taken.
    """

    number: int
    starts_local: datetime
    starts_utc: datetime
    clock_change: ClockChange = "none"


@dataclass(frozen=True, slots=True)
class Rule:
    """A series as one sentence: so many turns in its rhythm, but not at these moments (UTC)."""

    every_weeks: int
    count: int
    leaves_out: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A number of whole weeks after the start, and its day."""

    week: int
    due_on: date


def plan_series(
    first: date,
    *,
    at: time,
    every_weeks: int,
    count: int,
    timezone: str = "Europe/Amsterdam",
    skip: Container[date] = frozenset(),
) -> tuple[Occurrence, ...]:
    """Plan `count` sessions on one weekday and clock time, every so many weeks.

    The clock on the wall stays the same when daylight saving starts or ends. A day in `skip` gets no
    session; the series goes on in its rhythm until `count` sessions are planned.

    Parameters
    ----------
    first : day of the first session.
    at : clock time at the place, without a timezone.
    every_weeks : 1 to 52.
    count : 1 to 200.
    skip : days without a session, for example holidays.

    Raises
    ------
    ValueError : a number is out of range, `at` carries a timezone, or the calendar ends.

    Example
    -------
    >>> plan = plan_series(date(2026, 10, 19), at=time(10), every_weeks=1, count=2)
    >>> [f"{one.starts_local:%H:%M} {one.starts_utc:%H:%M}" for one in plan]
    ['10:00 08:00', '10:00 09:00']
    """
    _check(at, every_weeks, count)
    place = ZoneInfo(timezone)
    planned: list[Occurrence] = []
    day = first
    while len(planned) < count:
        if day not in skip:
            planned.append(_occurrence(len(planned) + 1, datetime.combine(day, at), place))
        day = _later(day, weeks=every_weeks)
    return tuple(planned)


def as_rule(
    planned: Sequence[Occurrence], *, every_weeks: int, timezone: str = "Europe/Amsterdam"
) -> Rule | None:
    """The rule that gives exactly these sessions of one series; nothing when no rule does.

    One session is no series, and at a clock time that a day skips or repeats readers of a rule disagree.

    >>> plan = plan_series(date(2026, 12, 21), at=time(10), every_weeks=1, count=2, skip=[date(2026, 12, 28)])
    >>> rule = as_rule(plan, every_weeks=1)
    >>> rule.count, [f"{left_out:%d-%m}" for left_out in rule.leaves_out]
    (3, ['28-12'])
    """
    if len(planned) < 2:
        return None
    first, last = planned[0].starts_local, planned[-1].starts_local
    count = (last.date() - first.date()).days // (7 * every_weeks) + 1
    if count > MOST_SESSIONS:
        return None
    turns = plan_series(
        first.date(), at=first.time(), every_weeks=every_weeks, count=count, timezone=timezone
    )
    met = {one.starts_utc for one in planned}
    if not met <= {one.starts_utc for one in turns} or any(one.clock_change != "none" for one in turns):
        return None
    return Rule(every_weeks, count, tuple(one.starts_utc for one in turns if one.starts_utc not in met))


def rule_of(moments: Sequence[datetime], *, timezone: str = "Europe/Amsterdam") -> Rule | None:
    """The rule that gives exactly these moments, from the first to the last; nothing when no rule does.

    It says the same as the rule by which they were planned, if perhaps with another rhythm: two turns two
    weeks apart may have been every week, with a day left out.

    >>> when = [datetime(2026, 10, 19, 8, tzinfo=UTC), datetime(2026, 11, 2, 9, tzinfo=UTC)]
    >>> rule_of(when)
    Rule(every_weeks=2, count=2, leaves_out=())
    """
    place = ZoneInfo(timezone)
    turns = [Occurrence(n, one.astimezone(place), one) for n, one in enumerate(sorted(moments), 1)]
    days = [(turn.starts_local.date() - turns[0].starts_local.date()).days for turn in turns]
    apart = gcd(*days)
    if apart == 0 or apart % 7:
        return None
    rhythm = next(weeks for weeks in range(MOST_WEEKS_APART, 0, -1) if apart // 7 % weeks == 0)
    return as_rule(turns, every_weeks=rhythm, timezone=timezone)


def milestones(start: date, weeks: Sequence[int]) -> tuple[Milestone, ...]:
    """The day of each milestone, a number of whole weeks after the start, in the order given.

    >>> [str(one.due_on) for one in milestones(date(2026, 12, 1), [4, 8])]
    ['2026-12-29', '2027-01-26']
    """
    if any(week < 0 for week in weeks):
        raise ValueError("a milestone lies 0 or more weeks after the start")
    return tuple(Milestone(week, _later(start, weeks=week)) for week in weeks)


def _occurrence(number: int, wall: datetime, place: ZoneInfo) -> Occurrence:
    local = wall.replace(tzinfo=place, fold=0)
    moment = local.astimezone(UTC)
    shown = moment.astimezone(place)
    # A skipped hour is the only case in which the way through UTC does not come back to the same clock.
    if shown.replace(tzinfo=None, fold=0) != wall:
        return Occurrence(number, shown, moment, "hour_skipped")
    if local.utcoffset() != wall.replace(tzinfo=place, fold=1).utcoffset():
        return Occurrence(number, local, moment, "hour_repeated")
    return Occurrence(number, local, moment)


def _later(day: date, *, weeks: int) -> date:
    try:
        return day + timedelta(weeks=weeks)
    except OverflowError as error:
        raise ValueError("the series runs past the end of the calendar") from error


def _check(at: time, every_weeks: int, count: int) -> None:
    if at.tzinfo is not None:
        raise ValueError("give the time on the clock, without a timezone")
    if not 1 <= every_weeks <= MOST_WEEKS_APART:
        raise ValueError(f"every_weeks must be 1 to {MOST_WEEKS_APART}, not {every_weeks}")
    if not 1 <= count <= MOST_SESSIONS:
        raise ValueError(f"count must be 1 to {MOST_SESSIONS}, not {count}")
