"""Comparing a round that closes with the first one: once, for a second time would tell who was added."""

import json
from typing import Any

from driehoek.evidence.profile import Answer, Asked, thawed
from driehoek.evidence.wave import Wave
from driehoek.evidence.waves import Change, changes, frozen_change, thawed_change
from driehoek.feedback.models import Round
from driehoek.feedback.queries.rounds import GROUPS
from driehoek.method.questionnaires import asked_alike


def answers_of(one: Round) -> list[Answer]:
    """Everything that was answered, as evidence takes it."""
    return [Answer(given["group"], given["scores"], given["texts"], given["key"]) for given in one.given]


def change_since_the_first(one: Round) -> dict[str, Any] | None:
    """What may be told of the change since the first round, to freeze with the report; None for the first.

    All rounds in between are looked at with it: what was told of them is out.
    """
    earlier = list(one.engagement.feedback_rounds.exclude(pk=one.pk).filter(state=Round.State.CLOSED))
    if not earlier:
        return None
    first, now = earlier[0], _wave(one)
    alike, scale = asked_alike(json.loads(first.asked), json.loads(one.asked)), json.loads(one.asked)["scale"]
    asked = Asked(alike, scale["lowest"], scale["highest"], groups=[group.value for group in GROUPS])
    told = changes(_wave(first), now, asked, published=_published(first, earlier[1:]))
    return {"moment": first.moment, "changes": [frozen_change(change) for change in told]}


def _published(first: Round, later: list[Round]) -> list[tuple[Wave, Wave, Change]]:
    start = _wave(first)
    found = []
    for one in later:
        wave, since = _wave(one), json.loads(one.report).get("since") or {}
        found += [(start, wave, thawed_change(change)) for change in since.get("changes", ())]
    return found


def _wave(one: Round) -> Wave:
    return Wave(one.moment, answers_of(one), thawed(json.loads(one.report)))
