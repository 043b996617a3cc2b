"""The three phases on one timeline, as one reader may see them.

Of a phase in which they take no part, everybody sees that it is there and when it is planned: no names, no
stage, nothing of what is done in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.utils.translation import ngettext

from driehoek.access import Permission, Role
from driehoek.blended.models import Blend, Phase
from driehoek.blended.queries.marks import Mark, marks_in
from driehoek.blended.queries.phases import Period, periods, plans_here
from driehoek.blended.queries.placing import Placed, percent, placed
from driehoek.blended.wording import PHASE_ABOUT, PHASE_WORDS
from driehoek.engagements.models import HERE, Engagement, Party
from driehoek.engagements.queries import with_everybody
from driehoek.engagements.wording import stage_words
from driehoek.kit import clock
from driehoek.kit.prepared import Prepared
from driehoek.people.models import Person
from driehoek.vault import keys

TICKS: Final = 6
LAST_NAMED: Final = 0.85  # a name beyond this would end outside the drawing on a phone


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in a phase, in words; `until` when it is about several days."""

    on: date
    label: str
    done: bool
    until: date | None = None


@dataclass(slots=True)
class Lane:
    """One phase on the timeline."""

    kind: Phase.Kind
    words: str
    about: str
    period: Period
    left: str
    width: str
    is_now: bool
    engagement: Engagement | None = None
    is_here: bool = False
    stage: str = ""
    people: list[Party] = field(default_factory=list)
    marks: list[Placed] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    waits_for: Party | None = None
    begins: bool = False
    has_agents: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """The lanes under one line of months; `today` is None outside of it."""

    blend: Blend
    lanes: list[Lane]
    months: list[tuple[str, date | None]]
    today: str | None
    is_planner: bool

    @property
    def crowded(self) -> bool:
        """Whether some marks carry a number, because more than one stands there."""
        return any(one.count > 1 and one.kind != "measure" for lane in self.lanes for one in lane.marks)


_PHASES: Final = Prepared(
    lambda: Phase.objects.filter(blend__phases__engagement=HERE).select_related(
        "blend", "engagement__organisation", "engagement__data_key"
    )
)


def timeline(engagement: Engagement, person: Person) -> Timeline | None:
    """The phases as `person` may see them, None before they are planned: at most 8 queries."""
    begun = {phase.kind: phase for phase in _PHASES.ask(engagement=engagement)}
    if not begun:
        return None
    blend = next(iter(begun.values())).blend
    mine = _mine(engagement, [phase.engagement for phase in begun.values()], person)
    marks = marks_in(mine, person)
    planned = periods(blend)
    scale = _Scale(planned, [mark for found in marks.values() for mark in found])
    lanes, plans = [], plans_here(engagement, person)
    for period in planned:
        lane = _lane(period, scale)
        lanes.append(lane)
        begun_here = begun.get(period.kind)
        lane.begins = begun_here is None and plans
        if begun_here is None:
            continue
        there = begun_here.engagement
        lane.is_here = there.pk == engagement.pk
        if there in mine:
            _inside(lane, there, person)
            lane.marks = placed([(mark, scale.part(mark.on)) for mark in marks.get(there.pk, [])])
            lane.lines = _lines(marks.get(there.pk, []))
        elif plans:
            _waiting(lane, there)
    return Timeline(blend, lanes, scale.months(), scale.today(), plans)


def _mine(here: Engagement, others: list[Engagement], person: Person) -> list[Engagement]:
    """The engagements in which `person` has a place, with everybody in them and with their keys: 1 query."""
    with_everybody(others)
    for one in others:
        one.viewer_is_admin = getattr(here, "viewer_is_admin", False) and (
            one.organisation_id == here.organisation_id
        )
    mine = [one for one in others if one.lets(person, Permission.SEE_ENGAGEMENT)]
    keys.warm([one.data_key for one in mine if one.data_key])
    return mine


def _lane(period: Period, scale: "_Scale") -> Lane:
    start, end = scale.part(period.starts_on), scale.part(period.ends_on + timedelta(days=1))
    return Lane(
        kind=period.kind,
        words=str(PHASE_WORDS[period.kind]),
        about=str(PHASE_ABOUT[period.kind]),
        period=period,
        left=percent(start),
        width=percent(end - start),
        is_now=period.starts_on <= clock.today() <= period.ends_on,
    )


def _inside(lane: Lane, there: Engagement, person: Person) -> None:
    """What somebody sees of a phase in which they take part."""
    lane.engagement, lane.stage = there, stage_words(there)
    lane.people = [party for party in there.parties_in_order if not party.declined_at]
    has_agents = lane.kind == Phase.Kind.TRANSITION and there.lets(person, Permission.READ_CHANGE_AGENTS)
    lane.has_agents = has_agents


def _lines(marks: list[Mark]) -> list[Line]:
    """The marks in words; the days on which was measured, often every week, are one line."""
    measured = [mark.on for mark in marks if mark.kind == "measure" and mark.done]
    lines = [
        Line(mark.on, mark.label, mark.done) for mark in marks if not (mark.kind == "measure" and mark.done)
    ]
    if measured:
        often = ngettext("Measured on one day", "Measured on %(count)d days", len(measured))
        until = measured[-1] if len(measured) > 1 else None
        lines.append(Line(measured[0], often % {"count": len(measured)}, done=True, until=until))
    return sorted(lines, key=lambda line: line.on)


def _waiting(lane: Lane, there: Engagement) -> None:
    """Who was invited to work in a phase and has not answered: for who planned it, who may have erred."""
    working = (Role.COACH, Role.CONSULTANT)
    asked = [party for party in there.parties_in_order if party.role_ in working]
    if not any(party.accepted_at for party in asked):
        lane.begins = True
        lane.waits_for = next((party for party in asked if not party.declined_at), None)


class _Scale:
    """Where a day lies on the line that holds all phases and all marks."""

    def __init__(self, planned: list[Period], marks: Iterable[Mark]) -> None:
        days = [mark.on for mark in marks]
        self.first = min(planned[0].starts_on, *days) if days else planned[0].starts_on
        end = planned[-1].ends_on + timedelta(days=1)
        self.end = max(end, max(days) + timedelta(days=1)) if days else end

    def part(self, on: date) -> float:
        return (on - self.first).days / max(1, (self.end - self.first).days)

    def place(self, on: date) -> str:
        return percent(self.part(on))

    def today(self) -> str | None:
        today = clock.today()
        return self.place(today) if self.first <= today <= self.end else None

    def months(self) -> list[tuple[str, date | None]]:
        """First days of months along the line, as few as can be read; unnamed where it would run off it."""
        count = (self.end.year - self.first.year) * 12 + self.end.month - self.first.month
        found: list[tuple[str, date | None]] = []
        step = max(1, -(-count // TICKS))
        for month in range(0, count + 1, step):
            year, of_year = divmod(self.first.month - 1 + month, 12)
            on = date(self.first.year + year, of_year + 1, 1)
            if self.first <= on < self.end:
                found.append((self.place(on), on if self.part(on) <= LAST_NAMED else None))
        return found
