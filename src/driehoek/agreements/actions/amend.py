"""Changing an agreement that is in force: it holds until everybody signed what comes after it."""

import json
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Stage
from driehoek.agreements.actions.desk import draft_of, open_for_changes, take
from driehoek.agreements.models import Criterion, Deliverable, Draft, Goal, Version
from driehoek.agreements.queries.draft import LOGISTICS
from driehoek.agreements.queries.expectations import as_signed
from driehoek.agreements.queries.frozen import Terms, terms, version_in_force
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person


@transaction.atomic
def begin_amendment(engagement: Engagement) -> Draft:
    """Write on the agreement in force, which holds meanwhile. Beginning twice is beginning once.

    The parties talk about the change before they sign it, so the day of an earlier talk does not count.
    """
    held = take(engagement)
    if held.stage_ is not Stage.ACTIVE:
        raise Refused(None, _("Only an agreement that is in force can be changed in this way."))
    draft = draft_of(held)
    if draft.amending_since is None:
        draft.amending_since, draft.three_way_met_on = clock.now(), None
        draft.save(update_fields=["amending_since", "three_way_met_on"])
    return draft


@transaction.atomic
def drop_amendment(engagement: Engagement, *, by: Person) -> None:
    """Leave the agreement as it is: the draft reads again as what is in force. Twice does no harm.

    Refuses while the change lies open for signing.
    """
    held = take(engagement)
    draft = draft_of(held)
    version = version_in_force(held)
    if draft.amending_since is None or version is None:
        return
    open_for_changes(held)
    said = terms(version)
    signed = [goal["id"] for goal in said["goals"]]
    held.goals.exclude(pk__in=signed).filter(dropped_at=None).delete()
    held.goals.filter(pk__in=signed).update(position=None, dropped_at=clock.now())  # each gets its own again
    held.criteria.exclude(pk__in=[one["id"] for one in said["criteria"]]).filter(dropped_at=None).delete()
    _goals_again(held, said, by=by)
    _promises_again(held, said, by=by)
    _draft_again(draft, version, said, by=by)


def end_amendment(engagement: Engagement, said: Terms) -> None:
    """What was written is now in force, and with it the days on which something is due."""
    Draft.objects.filter(engagement=engagement).update(amending_since=None)
    if promised := said.get("deliverables"):
        engagement.deliverables.update(agreed_on=None)
        for one in promised:
            engagement.deliverables.filter(pk=one["id"]).update(agreed_on=one["due_on"])


def _goals_again(held: Engagement, said: Terms, *, by: Person) -> None:
    """Every goal and criterion as it was signed."""
    now = {"changed_by": by, "changed_at": clock.now(), "dropped_at": None}
    rows: dict[str, Any] = {str(row.pk): row for row in (*held.goals.all(), *held.criteria.all())}
    for goal in said["goals"]:
        same = ("ability", "action", "about", "shown_by", "why", "matters_to", "language")
        facts = {name: goal[name] for name in same} | {
            "position": goal["number"],
            "brought_by": goal.get("brought_by", ""),
            "by_when": date.fromisoformat(goal["by_when"]),
            "learning_goals": "\n".join(goal["learning_goals"]),
            "levels": json.dumps(goal["levels"], ensure_ascii=False),
        }
        _set(rows[goal["id"]], facts | now)
    for one in said["criteria"]:
        facts = {name: one[name] for name in ("measure", "unit", "form", "direction")} | {
            "goal_id": UUID(one["goal"]),
            "target": Decimal(one["target"]),
            "baseline": None if one["baseline"] is None else Decimal(one["baseline"]),
            **_period(one),
            "measured_before": one.get("measured_before", {}),
            "counted": one.get("counted", Criterion.Counted.LAST),
            "foresight": json.dumps(one["foresight"], ensure_ascii=False) if one.get("foresight") else "",
        }
        _set(rows[one["id"]], facts | now)


def _period(one: Terms) -> dict[str, Any]:
    """From when until when a criterion is counted, as it was signed."""
    anchor = one.get("anchor") or {"kind": Criterion.Anchor.FIXED, "within": None, "span": "days"}
    return {
        "anchor": anchor["kind"],
        "within": anchor["within"],
        "span": anchor["span"],
        "milestone": UUID(anchor["milestone"]) if "milestone" in anchor else None,
        **{
            name: date.fromisoformat(one[name]) if one[name] else None
            for name in ("window_starts", "deadline")
        },
    }


def _promises_again(held: Engagement, said: Terms, *, by: Person) -> None:
    """Every deliverable as it was signed."""
    promised = said.get("deliverables", [])
    held.deliverables.exclude(pk__in=[one["id"] for one in promised]).delete()
    now = {"changed_by": by, "changed_at": clock.now(), "dropped_at": None}
    rows = {str(row.pk): row for row in held.deliverables.all()}
    for one in promised:
        facts = {name: one[name] for name in ("sort", "name", "accepted_when", "week")}
        _set(rows[one["id"]], facts | {"judged_by": sorted(one["criteria"])} | now)


def _draft_again(draft: Draft, version: Version, said: Terms, *, by: Person) -> None:
    days = {
        name: _as_kept(name, said["logistics"].get(name)) for name in LOGISTICS if name in said["logistics"]
    }
    days.setdefault("cancel_hours", None)  # older versions name no rule, and so it stays
    days.setdefault("language", "")
    texts = {
        "clauses": json.dumps(dict(said["clauses"]), ensure_ascii=False),
        "expectations": as_signed(draft, said, by=by, at=clock.now()),
        "disclosure": dict(said["disclosure"]),
        "stumbling_blocks": version.stumbling_blocks,
        "salt": version.salt,
    }
    _set(draft, days | texts | {"amending_since": None, "changed_at": clock.now()})


def _as_kept(name: str, value: Any) -> Any:
    if value is None or isinstance(value, int) or name == "language":
        return value
    return time.fromisoformat(value) if name == "session_time" else date.fromisoformat(value)


def _set(row: Goal | Criterion | Deliverable | Draft, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    row.revision += 1
    row.save()
