"""What is asked of a person now, across engagements and rooms."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from driehoek.access import OVER, Role
from driehoek.audit.models import Look
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import (
    DayOfLooks,
    Row,
    Seen,
    Step,
    days_of_looks,
    in_list,
    open_invitations,
)
from driehoek.kit.prepared import Prepared
from driehoek.people.models import Person
from driehoek.web.queries.rooms import meets_in, steps_in, waiting_in
from driehoek.web.queries.under_way import READER, newest_under_way

AT_MOST = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One engagement on the page of today: what is needed there now, or whose move it is."""

    row: Row
    steps: list[Step]
    waits: str

    @property
    def rank(self) -> int:
        return self.steps[0].rank if self.steps else 1000


@dataclass(frozen=True, slots=True)
class Meeting:
    """The next session of the reader."""

    engagement: Engagement
    starts_at: datetime
    number: int
    nth: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Today:
    """Everything the page of today shows."""

    next: Step | None
    turn: str
    chip: Seen | None
    steps: list[Step]
    invitations: list[Party]
    lines: list[Line]
    more: int
    meeting: Meeting | None
    looks: list[DayOfLooks]
    own: list[Engagement]


def _looks() -> QuerySet[Look]:
    """The latest looks of manager and sponsor at what is the reader's own."""
    mine = Party.objects.filter(person=READER, role=Role.COACHEE, accepted_at__isnull=False)
    looks = Look.objects.filter(subject__in=mine.values("engagement"), role__in=[Role.MANAGER, Role.SPONSOR])
    return looks.select_related("person").order_by("-on", "role", "kind")[:5]


_LOOKS: Final = Prepared(_looks)


def today_for(person: Person) -> Today:
    """What is asked of `person` now: 3 queries, 4 for a coachee, however many engagements there are."""
    found = newest_under_way(person)
    lines = [_line(engagement, person) for engagement in found]
    lines = [line for line in lines if line.steps or line.row.engagement.stage_ not in OVER]
    lines.sort(key=lambda line: line.rank)
    own = [one for one in found if Role.COACHEE in one.roles_of(person)][:5]
    steps = sorted((step for line in lines for step in line.steps), key=lambda step: step.rank)
    first = steps[0] if steps else None
    engagements = [line.row.engagement for line in lines]
    return Today(
        next=first,
        turn=_turn(first, person) if first else "",
        chip=first.chip(person) if first else None,
        steps=steps[1:AT_MOST],
        invitations=list(open_invitations(person)),
        lines=lines[:AT_MOST],
        more=_not_shown(found, lines[:AT_MOST]),
        meeting=_meeting(engagements, person),
        looks=days_of_looks(_LOOKS.ask(person=person)) if own else [],
        own=own,
    )


def _not_shown(found: list[Engagement], shown: list[Line]) -> int:
    """How many engagements under way are left out of the page: no queries."""
    on_the_page = sum(line.row.engagement.stage_ not in OVER for line in shown)
    in_all: int = getattr(found[0], "open_in_all", 0) if found else 0
    return in_all - on_the_page


def _line(engagement: Engagement, person: Person) -> Line:
    steps = steps_in(engagement, person)
    return Line(in_list(engagement, person), steps, "" if steps else waiting_in(engagement, person))


def _turn(step: Step, person: Person) -> str:
    roles = step.engagement.roles_of(person)
    return next((str(role) for role in Role if role in roles), "")


def _meeting(found: list[Engagement], person: Person) -> Meeting | None:
    meetings = [
        Meeting(
            one,
            one.sessions_next_at,
            one.sessions_next_number,
            one.sessions_next_nth,
            one.sessions_next_minutes,
        )
        for one in found
        if getattr(one, "sessions_next_at", None) and meets_in(one, person)
    ]
    return min(meetings, key=lambda meeting: meeting.starts_at, default=None)
