"""Comparing a round that closes with those before: once, for a second time would tell who was added."""

import json
from typing import Any

from driehoek.evidence.profile import Answer, Asked, thawed
from driehoek.evidence.wave import Wave
from driehoek.evidence.waves import Change, changes, frozen_change, thawed_change
from driehoek.feedback.models import Round
from driehoek.feedback.queries.rounds import GROUPS
from driehoek.method.questionnaires import asked_alike

Told = list[tuple[Wave, Wave, Change]]


def answers_of(one: Round) -> list[Answer]:
    """Everything that was answered, as evidence takes it."""
    return [Answer(given["group"], given["scores"], given["texts"], given["key"]) for given in one.given]


def changes_to_tell(one: Round) -> dict[str, Any]:
    """What may be told of the change since the first round and since the one before, to freeze.

    Since the first comes first: since the one before only tells what the disclosure audit allows beside that
    and beside all that was told earlier. Nothing for the first round, nor where answers were thrown away.
    """
    earlier = list(one.engagement.feedback_rounds.exclude(pk=one.pk).filter(state=Round.State.CLOSED))
    if not earlier or any(before.answers_gone_on for before in earlier):
        return {}
    first, latest, told = earlier[0], earlier[-1], _published(earlier)
    found = {"since": _compared(first, one, told)}
    if latest is not first:
        found["since_latest"] = _compared(latest, one, told)
    return found


def _compared(before: Round, one: Round, told: Told) -> dict[str, Any]:
    """One comparison; what it tells is told from then on."""
    alike, scale = (
        asked_alike(json.loads(before.asked), json.loads(one.asked)),
        json.loads(one.asked)["scale"],
    )
    asked = Asked(alike, scale["lowest"], scale["highest"], groups=[group.value for group in GROUPS])
    then, now = _wave(before), _wave(one)
    found = changes(then, now, asked, published=tuple(told))
    told += [(then, now, change) for change in found]
    return {"moment": before.moment, "changes": [frozen_change(change) for change in found]}


def _published(earlier: list[Round]) -> Told:
    """Every change that was told before."""
    waves = {one.moment: _wave(one) for one in earlier}
    return [
        (waves[since["moment"]], waves[one.moment], thawed_change(change))
        for one in earlier
        for name in ("since", "since_latest")
        if (since := json.loads(one.report).get(name))
        for change in since["changes"]
    ]


def _wave(one: Round) -> Wave:
    return Wave(one.moment, answers_of(one), thawed(json.loads(one.report)))
