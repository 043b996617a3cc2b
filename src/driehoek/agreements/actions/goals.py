"""Writing down goals."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.agreements.actions.desk import open_for_changes, refuse_odd_days, refuse_stale
from driehoek.agreements.models import Criterion, Deliverable, Goal
from driehoek.agreements.queries.draft import draft_as_it_stands, first_day
from driehoek.agreements.queries.frozen import ever_agreed
from driehoek.agreements.queries.goals import (
    LEVELS,
    MOST_GOALS,
    MOST_LEARNING_GOALS,
    asks_who_brought,
    goal_in_words,
    lines_of,
)
from driehoek.agreements.queries.language import language_of
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day
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

    Refuses a fourth, one that was removed meanwhile and a day that lies too early, and raises Conflict over
    somebody else's words.
    """
    held = open_for_changes(engagement)
    refuse_odd_days(by_when=by_when)
    _refuse_a_long_list(learning_goals)
    parts = {"by_when": by_when, "ability": str(ability), "action": action, "about": about}
    proof = {"shown_by": shown_by, "why": why, "learning_goals": learning_goals, "levels": _kept(levels)}
    whose = {"matters_to": str(matters_to), "brought_by": str(brought_by) if asks_who_brought(held) else ""}
    whose |= {"language": language or language_of(held, draft_as_it_stands(held))}
    written = parts | proof | whose
    goal = _goal(held, goal_id, written)
    _refuse_too_early(held, goal, by_when)
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


def _refuse_too_early(held: Engagement, goal: Goal, by_when: date) -> None:
    """A day on which nothing can be reached any more. One that was written earlier may have passed since."""
    if goal.revision and goal.by_when == by_when:
        return
    if by_when < clock.today(held.time_zone):
        raise Refused("by_when", _("This day has passed. Choose today or a later day."))
    first = first_day(draft_as_it_stands(held))
    if first and by_when < first:
        words = _("This lies before the first day of the work, %(day)s. Choose that day or a later one.")
        raise Refused("by_when", words % {"day": day(first)})


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
