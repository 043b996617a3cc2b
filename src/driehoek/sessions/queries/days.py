"""The days of a series before it is planned: which there will be, and which are left out and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.availability.queries import hours_words, said_by
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.method.availability import Unbookable
from driehoek.method.holidays import DaysOff
from driehoek.method.series import Occurrence
from driehoek.sessions.models import Session
from driehoek.sessions.queries.series import Rhythm, goes_on, still_to_plan, tally_of
from driehoek.sessions.wording import clock_words, holiday_words

_LOOKS_AHEAD: Final = timedelta(days=2 * 366)  # as far as a session is planned by hand


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A session as it would be planned, with what is special about its day, and what its clock does."""

    starts: datetime
    remark: str = ""
    clock: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Days after each other in the rhythm that are left out, for one reason."""

    first: date
    last: date
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class SeriesDays:
    """A series, or the rest of it, as pressing the button would plan it."""

    turns: Sequence[PlannedDay | LeftOut] = ()
    outside_week: bool = False

    @property
    def planned(self) -> int:
        return sum(isinstance(one, PlannedDay) for one in self.turns)

    @property
    def left_out(self) -> int:
        return sum(one.count for one in self.turns if isinstance(one, LeftOut))


def own_days(engagement: Engagement, agreed: Rhythm) -> Unbookable | None:
    """When the coach cannot be booked at the agreed time; None when they said nothing at all: 1 query."""
    coach = engagement.party(Role.COACH)
    said = said_by(coach.person_id) if coach else None
    if said is None or agreed.at is None:
        return None
    until = clock.today() + _LOOKS_AHEAD
    return Unbookable(said, agreed.at, agreed.minutes, until=until, place=engagement.time_zone)


def days_for(
    engagement: Engagement,
    agreed: Rhythm,
    sessions: Sequence[Session],
    *,
    without: DaysOff,
    own: Unbookable | None,
) -> SeriesDays:
    """The series, or the rest of it, as pressing the button would plan it: no queries.

    What is left out stands among the days, with why. `own` are the days of the coach, left out or not.
    """
    if not (agreed.count and agreed.first_on and agreed.at):
        return SeriesDays()
    series = still_to_plan(engagement, agreed, sessions, without=without)
    planned = {one.starts_local.date(): one for one in series}
    all_of_it = len(planned) == tally_of(agreed.count, sessions).left
    last = max(planned, default=None) if all_of_it else engagement.stops_on
    every = _turns(goes_on(engagement, agreed, sessions), last, agreed.every_weeks)
    turns: list[PlannedDay | LeftOut] = []
    for why, days in groupby(every, key=lambda day: "" if day in planned else _why(day, without, own)):
        found = list(days)
        if why:
            turns.append(LeftOut(found[0], found[-1], len(found), why))
        else:
            turns += [_planned_day(planned[day], own) for day in found]
    outside = own is not None and not all(own.in_week(day) for day in planned)
    return SeriesDays(turns, outside)


def _planned_day(one: Occurrence, own: Unbookable | None) -> PlannedDay:
    day = one.starts_local.date()
    remark = _listed(holiday_words(day), _own_words(day, own))
    return PlannedDay(one.starts_local, remark, clock_words(one.clock_change))


def _turns(first: date, last: date | None, every_weeks: int) -> Iterator[date]:
    while last and first <= last:
        yield first
        first += timedelta(weeks=every_weeks)


def _why(day: date, without: DaysOff, own: Unbookable | None) -> str:
    holiday = holiday_words(day) if without.holidays else ""
    said = _own_words(day, own) if day in without.own else ""
    return _listed(holiday, said) or _("as you chose")


def _own_words(day: date, own: Unbookable | None) -> str:
    """What the coach said of this day, where it stands in the way."""
    hours = own.instead(day) if own else None
    if hours is None:
        return ""
    words = _("you can be booked %(hours)s only")
    return words % {"hours": hours_words(hours)} if hours else _("you cannot be booked")


def _listed(*said: str) -> str:
    return ", ".join(one for one in said if one)
