"""The list that is ticked off for one series, and what was seen so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from driehoek.agreements.queries import AgreedCriterion
from driehoek.engagements.models import Engagement
from driehoek.evidence.criteria import CHANGE_FORMS
from driehoek.measures.models import Checklist, Sighting

SHOWN: Final = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """Whether one item was seen on one day."""

    on: date
    seen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One item with what was ticked off at the moments that are shown."""

    item: str
    cells: Sequence[Tick]


def can_be_ticked_off(criterion: AgreedCriterion) -> bool:
    """Whether the share of what was seen was agreed: not where errors per order are counted."""
    terms = criterion.terms
    is_part = terms.form in CHANGE_FORMS or 0 <= terms.target <= 1
    weighs = terms.counted == "weighted" and terms.direction == "up" and not criterion.unit and is_part
    return terms.form == "share_at_least" or weighs


def checklist_of(engagement: Engagement, criterion_id: UUID) -> Checklist | None:
    """The list of one series, if one was written: 1 query."""
    return engagement.checklists.filter(criterion=criterion_id).first()


def last_seen(checklist: Checklist) -> tuple[list[Sighting], list[Row]]:
    """The last moments in the order of their days, and each item beside them: 1 query.

    Of what was ticked off twice for one value the later one; nothing that was struck out.
    """
    rows = checklist.sightings.filter(observation__struck=None).select_related("observation", "by")
    by_day = {one.observation.on: one for one in rows}
    shown = [by_day[on] for on in sorted(by_day)][-SHOWN:]
    return shown, [
        Row(item, [Tick(one.observation.on, one.ticks[place : place + 1] == "y") for one in shown])
        for place, item in enumerate(checklist.asked)
    ]


def suggested(criterion: AgreedCriterion) -> list[str]:
    """What the list could hold: the learning goals that were agreed under the goal: no queries."""
    return [one for one in criterion.goal.learning_goals if one.strip()]
