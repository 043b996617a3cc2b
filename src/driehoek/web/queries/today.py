"""What is asked of a person now, across engagements and rooms."""

from dataclasses import dataclass
from datetime import datetime

from driehoek.access import Permission, Role
from driehoek.audit.models import Look
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import (
    DayOfLooks,
    Row,
    Seen,
    Step,
    days_of_looks,
    engagements_of,
    in_list,
    open_invitations,
    who_sees,
)
from driehoek.people.models import Person
from driehoek.web.queries.rooms import steps_in, waiting_in, with_signs

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
    guided: bool


def today_for(person: Person) -> Today:
    """What is asked of `person` in every engagement: 4 queries, however many engagements there are."""
    found = with_signs(engagements_of(person), person)
    lines = sorted((_line(engagement, person) for engagement in found), key=lambda line: line.rank)
    steps = sorted((step for line in lines for step in line.steps), key=lambda step: step.rank)
    first = steps[0] if steps else None
    engagements = [line.row.engagement for line in lines]
    return Today(
        next=first,
        turn=_turn(first, person) if first else "",
        chip=who_sees(first.engagement, first.kind, person) if first and first.kind else None,
        steps=steps[1:AT_MOST],
        invitations=list(open_invitations(person)),
        lines=lines[:AT_MOST],
        more=max(0, len(lines) - AT_MOST),
        meeting=_meeting(engagements, person),
        looks=_seen_by_organisation(engagements, person),
        guided=any(Role.COACHEE in engagement.roles_of(person) for engagement in engagements),
    )


def _line(engagement: Engagement, person: Person) -> Line:
    steps = steps_in(engagement, person)
    return Line(in_list(engagement, person), steps, "" if steps else waiting_in(engagement, person))


def _turn(step: Step, person: Person) -> str:
    roles = step.engagement.roles_of(person)
    return next((str(role) for role in Role if role in roles), "")


def _meeting(found: list[Engagement], person: Person) -> Meeting | None:
    meetings = [
        Meeting(
            engagement,
            engagement.sessions_next_at,
            engagement.sessions_next_number,
            engagement.sessions_next_minutes,
        )
        for engagement in found
        if getattr(engagement, "sessions_next_at", None)
        and engagement.lets(person, Permission.SEE_SESSION_DATES)
    ]
    return min(meetings, key=lambda meeting: meeting.starts_at, default=None)


def _seen_by_organisation(found: list[Engagement], person: Person) -> list[DayOfLooks]:
    """The latest looks of manager and sponsor at what is the reader's own: at most 1 query."""
    own = [e.pk for e in found if Role.COACHEE in e.roles_of(person)]
    if not own:
        return []
    looks = Look.objects.filter(subject__in=own, role__in=[Role.MANAGER, Role.SPONSOR])
    return days_of_looks(looks.select_related("person").order_by("-on", "role", "kind")[:5])
