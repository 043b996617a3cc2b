"""What a consultant promises to deliver: as it is being written, and as it was signed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from driehoek.access import Shape
from driehoek.agreements.models import Criterion, Deliverable, Draft, Goal, Version
from driehoek.agreements.queries.frozen import Terms, criteria_in, terms, version_in_force
from driehoek.agreements.wording import DELIVERABLE_WORDS, due_words
from driehoek.engagements.models import Engagement
from driehoek.method.series import milestones

MOST_DELIVERABLES: Final = 12
MOST_WEEKS: Final = 260


@dataclass(frozen=True, slots=True)
class AgreedDeliverable:
    """A deliverable as it was signed; `measures` are those of the criteria by which it is judged."""

    deliverable_id: UUID
    number: int
    sort: str
    name: str
    accepted_when: str
    week: int
    due_on: date | None
    judged_by: tuple[UUID, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rework:
    """How long doing it again may take, and how many times that is agreed."""

    days: int
    rounds: int


@dataclass(frozen=True, slots=True)
class DeliverableCard:
    """A deliverable that is being written, as a page shows it."""

    deliverable: Deliverable
    number: int
    sort: str
    due_on: date | None
    measures: list[str]


def promises(shape: Shape) -> bool:
    """Whether something is promised and accepted here: in consultancy, where nobody is coached."""
    return shape is Shape.CONSULTANCY


def deliverables_of(engagement: Engagement) -> list[Deliverable]:
    """What is promised as it stands now, by week: 1 query, none where nothing is promised."""
    if not promises(engagement.shape_):
        return []
    return [one for one in engagement.deliverables.all() if one.dropped_at is None]


def milestone_names(engagement: Engagement) -> dict[UUID, str]:
    """What can be counted from as it stands now, by id: 1 query, none where nothing is promised."""
    return {one.pk: one.name for one in deliverables_of(engagement)}


def deliverable_with(engagement: Engagement, deliverable_id: UUID | None) -> Deliverable | None:
    """The one with this id, or None when it is still to be written or was removed: 1 query."""
    kept = engagement.deliverables.filter(dropped_at=None)
    return kept.filter(pk=deliverable_id).first() if deliverable_id else None


def deliverable_cards(engagement: Engagement, draft: Draft, goals: list[Goal]) -> list[DeliverableCard]:
    """What is promised, in words: 1 query."""
    criteria = criteria_under(goals)
    return [
        DeliverableCard(
            deliverable=one,
            number=number,
            sort=str(DELIVERABLE_WORDS[Deliverable.Sort(one.sort)]),
            due_on=due_on(draft, one.week),
            measures=[criterion.measure for criterion in ties_of(one, criteria)],
        )
        for number, one in enumerate(deliverables_of(engagement), start=1)
    ]


def criteria_under(goals: list[Goal]) -> list[Criterion]:
    """The criteria of these goals, in order: no queries with prefetched criteria."""
    return [criterion for goal in goals for criterion in goal.criteria.all()]


def ties_of(deliverable: Deliverable, criteria: Collection[Criterion]) -> list[Criterion]:
    """The criteria by which it is judged, as far as these are still there: no queries."""
    return [one for one in criteria if str(one.pk) in deliverable.judged_by]


def circle(
    start: UUID, ties: Mapping[UUID, Collection[UUID]], counted_from: Mapping[UUID, UUID | None]
) -> UUID | None:
    """The criterion by which accepting `start` would wait for accepting `start`, also by way of others.

    `ties` says by which criteria each is judged, `counted_from` after what each criterion is counted: no
    queries.
    """
    for first in ties.get(start, ()):
        seen, ahead = set[UUID](), [first]
        while ahead:
            after = counted_from.get(ahead.pop())
            if after == start:
                return first
            if after and after not in seen:
                seen.add(after)
                ahead += ties.get(after, ())
    return None


def waiting(engagement: Engagement) -> tuple[dict[UUID, list[UUID]], dict[UUID, UUID | None]]:
    """By which criteria each is judged, and after what each criterion is counted: 2 queries."""
    ties = {one.pk: [UUID(tie) for tie in one.judged_by] for one in deliverables_of(engagement)}
    return ties, dict(engagement.criteria.filter(dropped_at=None).values_list("pk", "milestone"))


def due_on(draft: Draft, week: int) -> date | None:
    """The day of a week that is counted from the first day; None before that day is known."""
    return milestones(draft.starts_on, [week])[0].due_on if draft.starts_on else None


def promised(engagement: Engagement, draft: Draft, goals: list[Goal]) -> list[dict[str, Any]]:
    """Everything that is promised, as plain data to freeze: 1 query."""
    criteria = criteria_under(goals)
    return [
        {
            "id": str(one.pk),
            "number": number,
            "sort": one.sort,
            "name": one.name,
            "accepted_when": one.accepted_when,
            "week": one.week,
            "due_on": day.isoformat() if (day := due_on(draft, one.week)) else None,
            "criteria": [str(criterion.pk) for criterion in ties_of(one, criteria)],
        }
        for number, one in enumerate(deliverables_of(engagement), start=1)
    ]


def agreed_deliverables(engagement: Engagement, version: Version | None = None) -> list[AgreedDeliverable]:
    """What the version in force promises, by week; nothing before there is one: 1 query, none with it."""
    held = version or version_in_force(engagement)
    return deliverables_in(terms(held)) if held else []


def deliverables_in(agreed: Terms) -> list[AgreedDeliverable]:
    """What one version promises; older versions promised it in their clauses: no queries."""
    measures = {one.criterion_id: one.measure for one in criteria_in(agreed)}
    return [
        AgreedDeliverable(
            deliverable_id=UUID(one["id"]),
            number=one["number"],
            sort=one["sort"],
            name=one["name"],
            accepted_when=one["accepted_when"],
            week=one["week"],
            due_on=date.fromisoformat(one["due_on"]) if one["due_on"] else None,
            judged_by=tuple(UUID(criterion) for criterion in one["criteria"]),
            measures=tuple(measures[UUID(criterion)] for criterion in one["criteria"]),
        )
        for one in agreed.get("deliverables", [])
    ]


def delivered_in_words(agreed: Terms) -> list[dict[str, Any]]:
    """What one version promises, in the blocks of which an agreement is made: no queries."""
    return [block for one in deliverables_in(agreed) for block in _blocks(one)]


def rework_in(agreed: Terms) -> Rework:
    """What was agreed about doing it again: no queries."""
    said = agreed.get("logistics") or {}
    return Rework(days=said.get("rework_days") or 0, rounds=said.get("rework_rounds") or 0)


def _blocks(one: AgreedDeliverable) -> list[dict[str, Any]]:
    """What it is, on which day it is due, and when it is acceptable."""
    sort = DELIVERABLE_WORDS[one.sort]  # type: ignore[index]
    blocks: list[dict[str, Any]] = [
        {"kind": "heading", "text": f"{one.number}. {sort}"},
        {"kind": "said", "text": one.name, "big": True},
        {"kind": "text", "text": due_words(one.week, one.due_on)},
        {"kind": "text", "text": _("Acceptable when:")},
        {"kind": "said", "text": one.accepted_when},
    ]
    if one.measures:
        lines: list[Any] = [{"text": measure, "said": True} for measure in one.measures]
        blocks += [{"kind": "text", "text": _("Judged by:")}, {"kind": "list", "items": lines}]
    return blocks
