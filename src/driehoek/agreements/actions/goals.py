"""Writing down goals and how each is seen to be reached."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driehoek.agreements.actions.desk import open_for_changes, refuse_odd_days, refuse_stale
from driehoek.agreements.actions.foresight import forget_reasons
from driehoek.agreements.models import Criterion, Deliverable, Goal
from driehoek.agreements.queries.foresight import terms_of
from driehoek.agreements.queries.frozen import ever_agreed
from driehoek.agreements.queries.goals import (
    LEVELS,
    MOST_CRITERIA,
    MOST_GOALS,
    MOST_LEARNING_GOALS,
    asks_who_brought,
    goal_in_words,
    lines_of,
)
from driehoek.agreements.wording import criterion_words
from driehoek.engagements.models import Engagement
from driehoek.evidence.criteria import CHANGE_FORMS
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person


@transaction.atomic
def save_goal(
    engagement: Engagement,
    *,
    by: Person,
    by_when: date,
    action: str,
    ability: str = Goal.Ability.CAN,
    about: str = "",
    shown_by: str = "",
    why: str = "",
    learning_goals: str = "",
    levels: Mapping[int, str] | None = None,
    matters_to: str = Goal.MattersTo.BOTH,
    brought_by: str = "",
    language: str | None = None,
    goal_id: UUID | None = None,
    revision: int | None = None,
) -> Goal:
    """Write a new goal down, or change the one with `goal_id`.

    Refuses a fourth and one that was removed meanwhile, and raises Conflict over somebody else's words.
    """
    held = open_for_changes(engagement)
    refuse_odd_days(by_when=by_when)
    _refuse_a_long_list(learning_goals)
    parts = {"by_when": by_when, "ability": str(ability), "action": action, "about": about}
    proof = {"shown_by": shown_by, "why": why, "learning_goals": learning_goals, "levels": _kept(levels)}
    whose = {"matters_to": str(matters_to), "brought_by": str(brought_by) if asks_who_brought(held) else ""}
    whose |= {"language": language or (get_language() or "nl")[:2]}
    written = parts | proof | whose
    goal = _goal(held, goal_id, written)
    write(goal, written, by=by, opened_at=revision, shown=goal_in_words)
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, by: Person) -> None:
    """Take a goal away with its criteria; the goals after it move up. Harmless when it is already gone.

    One that was ever agreed is kept with what was measured for it, outside the draft.
    """
    held = open_for_changes(goal.engagement)
    if str(goal.pk) in ever_agreed(held, "goals"):
        held.goals.filter(pk=goal.pk, dropped_at=None).update(position=None, dropped_at=clock.now())
        held.criteria.filter(goal=goal.pk, dropped_at=None).update(dropped_at=clock.now())
    else:
        held.goals.filter(pk=goal.pk).delete()
    for number, left in enumerate(held.goals.filter(dropped_at=None).order_by("position"), start=1):
        if left.position != number:
            left.position = number
            left.save(update_fields=["position"])


@transaction.atomic
def save_criterion(
    goal: Goal,
    *,
    by: Person,
    measure: str,
    form: str,
    target: Decimal,
    window_starts: date,
    deadline: date,
    unit: str = "",
    direction: str = Criterion.Direction.UP,
    counted: str = Criterion.Counted.LAST,
    baseline: Decimal | None = None,
    criterion_id: UUID | None = None,
    revision: int | None = None,
) -> Criterion:
    """Write down how a goal is seen to be reached.

    Refuses what nobody could judge afterwards, and more criteria than one goal can carry.
    `target` is in the unit of the measure; for a change in percent and for a share it is a fraction.
    """
    held = open_for_changes(goal.engagement)
    refuse_odd_days(window_starts=window_starts, deadline=deadline)
    if deadline < window_starts:
        raise Refused("deadline", _("The deadline lies before the window starts. Choose a later day."))
    _refuse_odd_amounts(form, direction, target, baseline, counted)
    criterion = _criterion(held, goal, criterion_id, measure, form)
    written = {"measure": measure, "unit": unit, "form": str(form), "direction": str(direction)}
    amounts = {"counted": str(counted), "target": target, "baseline": baseline}
    days = {"window_starts": window_starts, "deadline": deadline}
    before = terms_of(criterion) if criterion.revision else None
    write(criterion, written | amounts | days, by=by, opened_at=revision, shown=_criterion_in_words)
    if before and before != terms_of(criterion):
        forget_reasons(criterion)
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, by: Person) -> None:
    """Take a criterion away, or lay it aside when it was ever agreed. Harmless when it is already gone."""
    held = open_for_changes(criterion.engagement)
    if str(criterion.pk) in ever_agreed(held, "criteria"):
        held.criteria.filter(pk=criterion.pk, dropped_at=None).update(dropped_at=clock.now())
    else:
        held.criteria.filter(pk=criterion.pk).delete()


def _refuse_a_long_list(learning_goals: str) -> None:
    if (now := len(lines_of(learning_goals))) > MOST_LEARNING_GOALS:
        words = _("At most %(most)d learning goals fit under one goal; this has %(now)d lines. Choose.")
        raise Refused("learning_goals", words % {"most": MOST_LEARNING_GOALS, "now": now})


def _kept(levels: Mapping[int, str] | None) -> str:
    return json.dumps({str(level): (levels or {}).get(level, "") for level in LEVELS}, ensure_ascii=False)


def _goal(held: Engagement, goal_id: UUID | None, written: Mapping[str, Any]) -> Goal:
    there = list(held.goals.select_for_update().filter(dropped_at=None))
    for goal in there:
        # A second press on the form of a new goal comes without its id.
        same = goal_id is None and reads(goal, written)
        if goal.pk == goal_id or same:
            return goal
    if goal_id is not None:
        raise Refused(None, _("This goal was removed meanwhile. Keep it again to make it a new one."))
    if len(there) >= MOST_GOALS:
        raise Refused(None, too_many_goals())
    return Goal(engagement=held, position=len(there) + 1, changed_at=clock.now())


def reads(row: Goal | Criterion | Deliverable, written: Mapping[str, Any]) -> bool:
    """Whether this stands in the row already."""
    return all(getattr(row, name) == value for name, value in written.items())


def too_many_goals() -> str:
    """Why a fourth goal is not written down."""
    return _(
        "An agreement has at most three goals: with more of them, none gets the attention it needs. "
        "Change one of the three, or remove one first."
    )


def too_many_criteria() -> str:
    """Why a goal gets no seventh criterion."""
    return _(
        "A goal has at most %(most)d criteria: with more of them nobody can say whether it was reached. "
        "Change one of them, or remove one first."
    ) % {"most": MOST_CRITERIA}


def _criterion(held: Engagement, goal: Goal, criterion_id: UUID | None, measure: str, form: str) -> Criterion:
    if not held.goals.filter(pk=goal.pk, dropped_at=None).exists():
        raise Refused(None, _("The goal of this criterion was removed meanwhile."))
    there = list(held.criteria.select_for_update().filter(goal=goal, dropped_at=None))
    for criterion in there:
        # A second press on the form of a new criterion comes without its id.
        same = criterion_id is None and (criterion.measure, criterion.form) == (measure, form)
        if criterion.pk == criterion_id or same:
            return criterion
    if criterion_id is not None:
        raise Refused(None, _("This criterion was removed meanwhile. Save it again as a new one."))
    if len(there) >= MOST_CRITERIA:
        raise Refused(None, too_many_criteria())
    after = max((criterion.position for criterion in there), default=0)
    return Criterion(engagement=held, goal=goal, position=after + 1, changed_at=clock.now())


def write(
    row: Goal | Criterion | Deliverable,
    written: Mapping[str, Any],
    *,
    by: Person,
    opened_at: int | None,
    shown: Any,
) -> None:
    """Put `written` into a row, unless somebody else did so since the form was opened."""
    if row.revision and reads(row, written):
        return
    if row.revision:
        refuse_stale(
            opened_at=opened_at,
            now_at=row.revision,
            mine=written,
            theirs={name: getattr(row, name) for name in written},
            shown=shown(row),
            writer=row.changed_by if row.changed_by_id != by.pk else None,
        )
    for name, value in written.items():
        setattr(row, name, value)
    row.changed_by, row.changed_at, row.revision = by, clock.now(), row.revision + 1
    row.save()


def _criterion_in_words(criterion: Criterion) -> str:
    return f"{criterion.measure}\n{criterion_words(terms_of(criterion))}"


def _refuse_odd_amounts(
    form: str, direction: str, target: Decimal, baseline: Decimal | None, counted: str
) -> None:
    _refuse_odd_counting(form, counted)
    if form in CHANGE_FORMS:
        _refuse_odd_change(form, direction, target, baseline)
    elif form == Criterion.Form.SHARE_AT_LEAST:
        if direction != Criterion.Direction.UP:
            raise Refused("direction", _("A share of at least so much only goes up. Choose up."))
        if not 0 < target <= 1:
            raise Refused("target", _("A share lies between 0 and 100 percent."))
        if baseline is not None and not 0 <= baseline <= 1:
            raise Refused("baseline", _("A share lies between 0 and 100 percent."))
    elif form == Criterion.Form.COUNT and target < 0:
        raise Refused("target", _("A number of times is zero or more."))


def _refuse_odd_counting(form: str, counted: str) -> None:
    if counted == Criterion.Counted.WEIGHTED and form == Criterion.Form.COUNT:
        words = _("A number of times is a running total, so its last value counts. Choose the last value.")
        raise Refused("counted", words)


def _refuse_odd_change(form: str, direction: str, target: Decimal, baseline: Decimal | None) -> None:
    if target <= 0:
        raise Refused("target", _("Type how large the change must be, above zero, and choose up or down."))
    if baseline is None:
        raise Refused("baseline", _("A change is counted from a starting value. Type what it is today."))
    if form == Criterion.Form.RELATIVE_CHANGE and baseline <= 0:
        raise Refused(
            "baseline",
            _(
                "A percentage cannot be counted from zero or less: 15% of nothing is nothing. "
                "Choose a change by a fixed amount, or a level to reach."
            ),
        )
    if form == Criterion.Form.RELATIVE_CHANGE and direction == Criterion.Direction.DOWN and target > 1:
        raise Refused("target", _("Nothing can fall by more than 100 percent."))
