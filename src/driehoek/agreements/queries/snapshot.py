"""Freezing: everything that is agreed as plain data, the same in every language."""

import hashlib
from datetime import date
from typing import Any

from driehoek.access import must_sign
from driehoek.agreements.models import Criterion, Draft, Goal, Version
from driehoek.agreements.queries.deliverables import promised, promises
from driehoek.agreements.queries.draft import (
    CANCELLING,
    clause_texts,
    clauses_here,
    logistics_of,
    table_as_it_stands,
)
from driehoek.agreements.queries.expectations import to_freeze
from driehoek.agreements.queries.foresight import foresight_to_freeze
from driehoek.agreements.queries.goals import levels_of, lines_of
from driehoek.agreements.queries.programme_lead import lead_to_freeze
from driehoek.engagements.models import Engagement

SCHEMA = "driehoek/agreement/1"


def snapshot(engagement: Engagement, draft: Draft, goals: list[Goal], number: int) -> dict[str, Any]:
    """Everything that is agreed, as plain data, the same in every language: 1 query in consultancy."""
    written = clause_texts(draft)
    delivered = promised(engagement, draft, goals) if promises(engagement.shape_) else None
    expected = to_freeze(draft)
    said = {
        "schema": SCHEMA,
        "engagement": str(engagement.pk),
        "number": number,
        "title": engagement.title,
        "shape": str(engagement.shape),
        "time_zone": engagement.time_zone,
        "parties": _parties(engagement),
        "goals": [_goal(goal) for goal in goals],
        "criteria": [_criterion(goal, one) for goal in goals for one in goal.criteria.all()],
        "clauses": {
            clause.id: written[clause.id] for clause in clauses_here(engagement) if written.get(clause.id)
        },
        "logistics": _logistics(engagement, draft),
        "disclosure": table_as_it_stands(engagement, draft).as_json(),
        "programme_lead": lead_to_freeze(),
        "stumbling_blocks": {"commitment": commitment_of(draft)},
    }
    # Older versions have neither, nor a programme lead: where there is nothing, nothing is said.
    said |= {} if delivered is None else {"deliverables": delivered}
    return said | ({"expectations": expected} if expected else {})


def listed(draft: Draft) -> dict[str, Any]:
    """What a version also keeps outside its text, for lists of all engagements: no queries."""
    return {
        name: getattr(draft, name)
        for name in (
            "first_session_on",
            "every_weeks",
            "review_after_session",
            "ends_on",
            "session_count",
            "review_by_days",
            "manager_scales",
        )
    }


def commitment_of(written: Draft | Version) -> str | None:
    """A salted hash of the stumbling blocks: binds their text without showing it. None when there is none.

    SHA-256 over the salt, a line break and the text, so that whoever holds both can check it.
    """
    if not written.stumbling_blocks:
        return None
    return hashlib.sha256(f"{written.salt}\n{written.stumbling_blocks}".encode()).hexdigest()


def _parties(engagement: Engagement) -> list[dict[str, Any]]:
    present = [party for party in engagement.parties_in_order if party.accepted_at]
    signing = must_sign(engagement.shape_, [party.role_ for party in present])
    return [
        {
            "role": party.role,
            "person": str(party.person_id),
            "name": party.name,
            "organisation": party.organisation.name if party.organisation else "",
            "signs": party.role_ in signing,
        }
        for party in present
    ]


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "id": str(goal.pk),
        "number": goal.position,
        "language": goal.language,
        "by_when": goal.by_when.isoformat(),
        "ability": goal.ability,
        "action": goal.action,
        "about": goal.about,
        "shown_by": goal.shown_by,
        "why": goal.why,
        "learning_goals": lines_of(goal.learning_goals),
        "levels": {str(level): text for level, text in levels_of(goal).items() if text},
        "matters_to": goal.matters_to,
    } | ({"brought_by": goal.brought_by} if goal.brought_by else {})


def _criterion(goal: Goal, one: Criterion) -> dict[str, Any]:
    ahead = foresight_to_freeze(one)
    return (
        {
            "id": str(one.pk),
            "goal": str(goal.pk),
            "measure": one.measure,
            "unit": one.unit,
            "form": one.form,
            "direction": one.direction,
            "target": _exact(one.target),
            "baseline": None if one.baseline is None else _exact(one.baseline),
            "window_starts": one.window_starts.isoformat() if one.window_starts else None,
            "deadline": one.deadline.isoformat() if one.deadline else None,
        }
        | _how(one)
        | _from_what(one)
        | ({"measured_before": one.measured_before} if one.measured_before else {})
        | ({"foresight": ahead} if ahead else {})
    )


def _how(one: Criterion) -> dict[str, str]:
    """Named only where it is not the last value that counts: older versions knew no other way."""
    return {"counted": one.counted} if one.counted != Criterion.Counted.LAST else {}


def _from_what(one: Criterion) -> dict[str, Any]:
    """Named only where the last day is counted: older versions name both days."""
    if one.anchor == Criterion.Anchor.FIXED:
        return {}
    anchor = {"kind": one.anchor, "within": one.within, "span": one.span}
    return {"anchor": anchor | ({"milestone": str(one.milestone)} if one.milestone else {})}


def _logistics(engagement: Engagement, draft: Draft) -> dict[str, Any]:
    plain = {}
    for name in logistics_of(engagement.shape_):
        value = getattr(draft, name)
        if name in CANCELLING and draft.cancel_hours is None:
            continue  # older versions name no rule
        if name == "language" and not value:
            continue
        if name == "session_time" and value:
            plain[name] = value.strftime("%H:%M")
        else:
            plain[name] = value.isoformat() if isinstance(value, date) else value
    return plain


def _exact(value: Any) -> str:
    return f"{value.normalize():f}"
