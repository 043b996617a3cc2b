"""Engagements with an agreement in force, and what is measured in them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.test import Client

from driehoek.access import Role, Shape, Stage, default_table
from driehoek.agreements.models import Criterion, Draft, Version
from driehoek.agreements.queries import goals_of
from driehoek.agreements.queries.snapshot import listed, snapshot
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.actions import put_in_force
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.measures import actions
from driehoek.measures.models import Observation
from driehoek.people.models import Person
from tests.agreements.makers import make_criterion, make_goal
from tests.makers import make_engagement, make_person, person_of

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)
"""Past the window of the criterion that `make_agreed` agrees: 1 December 2026 until 15 January 2027."""

WHY = "De cijfers van januari waren op 1 februari bekend"
"""The ordinary reason for a value that is entered after the deadline."""


def make_agreed(
    *,
    shape: Shape = Shape.COACHING,
    goals: int = 1,
    criterion: dict[str, Any] | None = None,
    disclosure: dict[str, Any] | None = None,
    stage: Stage = Stage.ACTIVE,
    draft: dict[str, Any] | None = None,
    foresight: str = "",
    **given: Any,
) -> Engagement:
    """An engagement in which goals with a criterion each were agreed, frozen and put in force."""
    for role, name in _NAMES.items():
        given.setdefault(role, make_person(name))
    engagement = make_engagement(shape=shape, stage=Stage.PREPARING, **given)
    for number in range(1, goals + 1):
        goal = make_goal(engagement, number=number, about=f"de pilot, deel {number}")
        made = make_criterion(goal, **(criterion or {}))
        made.foresight = foresight
        made.save(update_fields=["foresight"])
    table = default_table(shape).as_json() | (disclosure or {})
    logistics = {"changed_at": clock.now()} | (draft or {})
    kept, _made = Draft.objects.update_or_create(engagement=engagement, defaults=logistics)
    kept.disclosure = table
    kept.save()
    freeze(engagement, kept)
    if stage is not Stage.ACTIVE:
        engagement.stage = stage
        engagement.save(update_fields=["stage"])
    return engagement


_NAMES = {
    Role.COACHEE: "Johan Verbeek",
    Role.COACH: "Marijke Aalbers",
    Role.CONSULTANT: "Ruben Terpstra",
    Role.MANAGER: "Anneke de Graaf",
    Role.SPONSOR: "Ellen Brouwer",
}


def freeze(engagement: Engagement, draft: Draft) -> Version:
    """The draft as a version that holds, by the product's own way of freezing."""
    said = snapshot(engagement, draft, goals_of(engagement), 1)
    version = Version.objects.create(
        **listed(draft),
        engagement=engagement,
        number=1,
        canonical=canonical(said).decode(),
        fingerprint=fingerprint(said),
        state=Version.State.IN_FORCE,
        offered_by=engagement.made_by,
        offered_at=clock.now(),
        in_force_at=clock.now(),
    )
    table = type(default_table(engagement.shape_)).from_json(said["disclosure"], engagement.shape_)
    put_in_force(engagement, table=table, fingerprint=version.fingerprint, on=date(2026, 8, 27))
    return version


def the_criterion(engagement: Engagement) -> Criterion:
    return engagement.criteria.get(goal__position=1)


def measure(engagement: Engagement, values: Sequence[tuple[date, str]], by: Person | None = None) -> None:
    """Values of the first criterion, entered by the coach or the consultant."""
    who = by or engagement.made_by
    series = [(on, Decimal(value)) for on, value in values]
    actions.record_series(engagement, the_criterion(engagement).pk, by=who, values=series, reason=WHY)


def make_values(engagement: Engagement, count: int) -> None:
    """Many values on days that follow each other."""
    first = date(2026, 6, 1).toordinal()
    Observation.objects.bulk_create(
        Observation(
            engagement=engagement,
            criterion=the_criterion(engagement),
            on=date.fromordinal(first + number),
            value=Decimal(3),
            entered_by=engagement.made_by,
            entered_at=clock.now(),
        )
        for number in range(count)
    )


def score(engagement: Engagement, role: Role, *levels: int, moment: str = "end", remark: str = "") -> None:
    """The levels of the goals in order, as somebody in this role scores them."""
    who = person_of(engagement, role)
    chosen = {goal.pk: (level, remark) for goal, level in zip(engagement.goals.all(), levels, strict=False)}
    actions.score_levels(engagement, by=who, role=role, moment=moment, levels=chosen)


def signed_in(person: Person, language: str = "en") -> Client:
    """A browser in which this person is signed in."""
    person.language = language
    person.save(update_fields=["language"])
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def as_(engagement: Engagement, role: Role, language: str = "en") -> Client:
    return signed_in(person_of(engagement, role), language)
