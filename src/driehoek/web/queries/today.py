"""What is asked of a person now, across engagements and rooms."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from driehoek.access import Role, Stage
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
from driehoek.web.queries.rooms import meets_in, steps_in, waiting_in, with_signs

AT_MOST = 30
LOADED = 60
"""So many of the newest engagements are asked what they need; nobody has more of them under way."""


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
    own: list[Engagement]


def today_for(person: Person) -> Today:
    """What is asked of `person` now: 5 queries, 7 for a coachee, however many engagements there are."""
    stages = dict(_under_way(person).values_list("pk", "stage"))  # the newest first
    found = with_signs(engagements_of(person), person).filter(pk__in=list(stages)[:LOADED])
    lines = [_line(engagement, person) for engagement in found]
    lines = [line for line in lines if line.steps or line.row.engagement.stage_ is not Stage.CLOSED]
    lines.sort(key=lambda line: line.rank)
    own = own_engagements(person)
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
        more=_not_shown(stages, lines[:AT_MOST]),
        meeting=_meeting(engagements, person),
        looks=_seen_by_organisation(own),
        own=own,
    )


def _not_shown(stages: dict[UUID, str], shown: list[Line]) -> int:
    """How many engagements under way are left out of the page: no queries."""
    pages = {line.row.engagement.pk for line in shown}
    return sum(stage != Stage.CLOSED and pk not in pages for pk, stage in stages.items())


def _under_way(person: Person) -> QuerySet[Engagement]:
    """What may ask something: where `person` takes part, or made it and only has to invite.

    A closed one asks at most for a release, of its coachee.
    """
    mine = Party.objects.filter(engagement=OuterRef("pk"), person=person, accepted_at__isnull=False)
    begun = Q(made_by=person, stage=Stage.PREPARING)
    guided = Q(Exists(mine.filter(role=Role.COACHEE)))
    return engagements_of(person).filter(Exists(mine) | begun).filter(~Q(stage=Stage.CLOSED) | guided)


def own_engagements(person: Person) -> list[Engagement]:
    """The latest engagements in which `person` is the coachee: 1 query."""
    mine = Party.objects.filter(person=person, role=Role.COACHEE, accepted_at__isnull=False)
    return list(Engagement.objects.filter(pk__in=mine.values("engagement")).order_by("-made_at")[:5])


def _line(engagement: Engagement, person: Person) -> Line:
    steps = steps_in(engagement, person)
    return Line(in_list(engagement, person), steps, "" if steps else waiting_in(engagement, person))


def _turn(step: Step, person: Person) -> str:
    roles = step.engagement.roles_of(person)
    return next((str(role) for role in Role if role in roles), "")


def _meeting(found: list[Engagement], person: Person) -> Meeting | None:
    meetings = [
        Meeting(one, one.ahead_starts_at, one.ahead_number, one.ahead_minutes)
        for one in found
        if getattr(one, "ahead_starts_at", None) and meets_in(one, person)
    ]
    return min(meetings, key=lambda meeting: meeting.starts_at, default=None)


def _seen_by_organisation(own: list[Engagement]) -> list[DayOfLooks]:
    """The latest looks of manager and sponsor at what is the reader's own: at most 1 query."""
    if not own:
        return []
    looks = Look.objects.filter(subject__in=[one.pk for one in own], role__in=[Role.MANAGER, Role.SPONSOR])
    return days_of_looks(looks.select_related("person").order_by("-on", "role", "kind")[:5])
