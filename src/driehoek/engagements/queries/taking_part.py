"""Who takes part, who was invited, and who looked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.db.models import QuerySet, UUIDField

from driehoek.access import Kind, Permission, Role, Stage, roles_in
from driehoek.audit.models import Look
from driehoek.engagements.models import HERE, Engagement, Party
from driehoek.engagements.queries.seeing import role_words
from driehoek.engagements.wording import KIND_WORDS, ROLE_WORDS, SHAPE_WORDS, stage_words
from driehoek.kit.prepared import Given, Prepared, lay_beside
from driehoek.outbox.queries import came_back
from driehoek.people.models import Person


def engagements_of(person: Person | Given) -> QuerySet[Engagement]:
    """Every engagement `person` takes part in or administers, with names, newest first: 2 queries."""
    return Engagement.objects.open_to(person, Permission.SEE_ENGAGEMENT).seen_by(person).order_by("-made_at")


def _invited() -> QuerySet[Party]:
    found = Party.objects.filter(person=_READER, accepted_at=None, declined_at=None)
    found = found.exclude(engagement__stage=Stage.DROPPED)
    return found.select_related("engagement__organisation", "invited_by")


_READER: Final = Given("person", UUIDField())
_INVITED: Final = Prepared(_invited)


_PARTIES: Final = Prepared(
    lambda: Party.objects.filter(engagement=HERE).select_related("person", "organisation")
)


def with_parties(engagement: Engagement) -> Engagement:
    """The same engagement with everybody in it at hand: 1 query."""
    lay_beside(engagement, "parties", _PARTIES.ask(engagement=engagement))
    return engagement


def with_everybody(engagements: list[Engagement]) -> None:
    """The same for several engagements at once: 1 query."""
    models.prefetch_related_objects(
        engagements, models.Prefetch("parties", Party.objects.select_related("person", "organisation"))
    )


def open_invitations(person: Person) -> list[Party]:
    """Invitations `person` has not answered yet: 1 query."""
    return _INVITED.ask(person=person.pk)


def answerable(person: Person, party_id: UUID) -> Party | None:
    """The invitation of `person`, answered or not, with everybody in the engagement: 2 queries."""
    return (
        Party.objects.filter(pk=party_id, person=person)
        .select_related("engagement__organisation", "invited_by")
        .prefetch_related("engagement__parties__person")
        .first()
    )


def invited_by_link(about: UUID | None) -> Party | None:
    """The invitation a link leads to: who invites, where, in which role; nothing of content: 1 query."""
    if about is None:
        return None
    return (
        Party.objects.filter(pk=about)
        .select_related("engagement__organisation", "invited_by", "person")
        .first()
    )


@dataclass(slots=True)
class Place:
    """One corner of the triangle on the page of parties: who stands there, and the form when nobody does."""

    role: Role
    role_words: str
    party: Party | None
    form: Any = None
    came_back: bool = False

    @property
    def is_empty(self) -> bool:
        return self.party is None or self.party.declined_at is not None

    @property
    def waits(self) -> bool:
        return self.party is not None and not self.party.accepted_at and not self.party.declined_at


def places(engagement: Engagement) -> list[Place]:
    """Every role of this kind of engagement with whoever holds it: no queries when parties are there."""
    return [
        Place(role=role, role_words=str(ROLE_WORDS[role]), party=engagement.party(role))
        for role in roles_in(engagement.shape_)
    ]


def mark_came_back(found: Iterable[Place]) -> None:
    """Mark the places whose latest invitation could not be delivered: 1 query, none when all answered."""
    waiting = [place for place in found if place.waits and place.party]
    if not waiting:
        return
    lost = came_back(place.party.pk for place in waiting if place.party)
    for place in waiting:
        place.came_back = place.party is not None and place.party.pk in lost


def place_of(engagement: Engagement, role: str) -> Place | None:
    """The place with this name, None when this kind of engagement has none: no queries."""
    return next((place for place in places(engagement) if place.role == role), None)


@dataclass(frozen=True, slots=True)
class Row:
    """One engagement in a list."""

    engagement: Engagement
    shape: str
    stage: str
    mine: str
    people: list[Party]


def in_list(engagement: Engagement, person: Person) -> Row:
    """What a list shows: names, kind, stage, the reader's roles; no queries."""
    return Row(
        engagement=engagement,
        shape=str(SHAPE_WORDS[engagement.shape_]),
        stage=stage_words(engagement),
        mine=role_words(engagement, person),
        people=[party for party in engagement.parties_in_order if not party.declined_at],
    )


@dataclass(frozen=True, slots=True)
class LookSeen:
    """One look at the reader's own things, in words."""

    name: str
    role: str
    role_words: str
    what: str


@dataclass(frozen=True, slots=True)
class DayOfLooks:
    on: date
    looks: list[LookSeen] = field(default_factory=list)


def days_of_looks(looks: Iterable[Look]) -> list[DayOfLooks]:
    """Looks gathered by day, the latest first: no queries but that of `looks`."""
    days: list[DayOfLooks] = []
    for look in looks:
        if not days or days[-1].on != look.on:
            days.append(DayOfLooks(look.on))
        words = str(ROLE_WORDS[Role(look.role)])
        what = str(KIND_WORDS[Kind(look.kind)])
        days[-1].looks.append(LookSeen(str(look.person), look.role, words, what))
    return days
