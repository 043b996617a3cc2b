"""How the actions of a plan went, as a picture: one line each, and a stretch for each way it stood."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from driehoek.access import POLICY, Permission
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.people.models import OneTimeLink, Person
from driehoek.plans.models import Action, ActionState
from driehoek.plans.wording import COLOUR_STATES, COLOUR_WORDS

WIDTH: Final = 480
THINNEST: Final = 24
"""A stretch of one day still shows, with its mark in it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when until when an action stood so, and where that lies on the line, in user units of an SVG."""

    state: ActionState
    kind: str
    words: str
    x: int
    width: int

    @property
    def middle(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Course:
    """One action with its stretches, the earliest first, on a line that begins `since` and ends today."""

    action: Action
    owner: str
    stretches: list[Stretch]
    since: datetime

    @property
    def says(self) -> str:
        """The same in one sentence, for whoever does not see the picture."""
        return ", ".join(one.words for one in self.stretches)


@dataclass(frozen=True, slots=True)
class Report:
    """What a link from a letter asks: of whom, and about which action. Its day is all that is shown of it."""

    action: Action
    person: Person


def courses(engagement: Engagement, actions: Sequence[Action]) -> list[Course]:
    """How each of these actions went until today, or until it was done, on one scale of time: 1 query."""
    states: dict[UUID, list[ActionState]] = defaultdict(list)
    found = engagement.action_states.filter(action__in=[one.pk for one in actions]).select_related("by")
    for state in found.order_by("at"):
        states[state.action_id].append(state)
    if not states:
        return []
    first = min(rows[0].at for rows in states.values())
    names = {party.role: party.person.first_name_only for party in engagement.parties.all()}
    return [
        Course(one, names.get(one.owner, ""), _stretches(states[one.pk], first, clock.now()), first)
        for one in actions
        if one.pk in states
    ]


def _stretches(states: list[ActionState], first: datetime, now: datetime) -> list[Stretch]:
    whole = max((now - first).total_seconds(), 1)
    starts = [round((one.at - first).total_seconds() / whole * WIDTH) for one in states]
    for number in reversed(range(len(starts))):  # each keeps room before the next, as far as the line goes
        after = starts[number + 1] if number + 1 < len(starts) else WIDTH
        starts[number] = max(min(starts[number], after - THINNEST), 0)
    found = []
    for state, x, end in zip(states, starts, [*starts[1:], WIDTH], strict=True):
        kind, words = _standing(state)
        found.append(Stretch(state, kind, words, x, THINNEST if state.is_done else max(end - x, 1)))
    return found


def _standing(state: ActionState) -> tuple[str, str]:
    if state.is_done:
        return "done", _("Done")
    colour = Action.Colour(state.colour)
    return COLOUR_STATES[colour], str(COLOUR_WORDS[colour])


def asked_by_link(link: OneTimeLink | None) -> Report | None:
    """What this link asks; None when it works no longer, or nothing is asked any more: 2 queries."""
    if link is None or not link.is_open or link.about is None:
        return None
    action = Action.objects.select_related("engagement").filter(pk=link.about, done_on=None).first()
    if action is None or action.engagement.stage_ not in POLICY[Permission.CHANGE_PLAN].stages:
        return None
    engagement = action.engagement
    parties = engagement.parties.filter(role=action.owner, accepted_at__isnull=False, person__is_active=True)
    if (party := parties.select_related("person").first()) is None:
        return None
    return Report(action, party.person)
