"""Answering by link. What is handed in goes among the others at once, and nothing remembers whose it was."""

import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.feedback.actions.rounds import in_state, new_link
from driehoek.feedback.models import Rater, Round
from driehoek.feedback.queries.links import (
    Draft,
    answer_of,
    draft_key,
    draft_of,
    place_of,
    rater_by_link,
)
from driehoek.feedback.queries.rounds import asked_in
from driehoek.kit.errors import Refused
from driehoek.people.queries import address_of
from driehoek.vault import keys
from driehoek.vault.sealing import derive, seal

_CHANCE: Final = secrets.SystemRandom()


@transaction.atomic
def answer_yourself(one: Round, *, holding: str = "") -> str:
    """A link for the coachee, to answer about themselves; the one they hold already, while it works."""
    held = in_state(one, Permission.NAME_RATERS, Round.State.OPEN)
    known = rater_by_link(holding)
    if known and known.round_id == held.pk and known.group == Rater.Group.SELF:
        return holding
    rater = held.raters.filter(group=Rater.Group.SELF, has_answered=False).first()
    if rater is None or not held.takes_answers:
        raise Refused(None, _("You have handed in, or the last day has passed."))
    return new_link(rater)


@transaction.atomic
def keep_draft(
    token: str,
    *,
    scores: Mapping[str, int | None] | None = None,
    texts: Mapping[str, str] | None = None,
    knows: bool = False,
) -> Draft:
    """Keep what was filled in so far, readable with this link only. Refuses a link that works no more."""
    rater = _rater(token)
    draft = draft_of(rater, token)
    draft.scores |= scores or {}
    draft.texts |= texts or {}
    draft.knows |= knows
    rater.draft = seal(draft_key(token), draft.packed(), place=place_of(rater))
    rater.save(update_fields=["draft"])
    return draft


@transaction.atomic
def hand_in(token: str) -> None:
    """Put the answers of this link among the others, and let go of the link and the draft.

    Refuses a link that works no more, a manager who did not say to know that they are recognised, and
    nothing at all.
    """
    rater = _rater(token)
    one, draft = rater.round, draft_of(rater, token)
    answer = answer_of(draft, asked_in(one))
    if rater.group == Rater.Group.MANAGER and not draft.knows:
        raise Refused("knows", _("Say first that you know your answers can be recognised."))
    if not any(answer.values()):
        raise Refused(None, _("You have not answered anything yet. One sentence is enough to hand in."))
    given = [*one.given, {"group": rater.group, "key": _wave_key(rater), **answer}]
    _CHANCE.shuffle(given)
    one.answers = json.dumps(given)
    one.save(update_fields=["answers"])
    rater.link_hash, rater.draft, rater.has_answered = "", b"", True
    rater.save(update_fields=["link_hash", "draft", "has_answered"])


def _rater(token: str) -> Rater:
    """Whoever holds this link, with the round locked: what is handed in at the same moment waits its turn."""
    found = rater_by_link(token)
    if found is not None:
        Round.objects.select_for_update().get(pk=found.round_id)
        found = rater_by_link(token)
    if found is None:
        raise Refused(None, _("This link no longer works."))
    return found


def _wave_key(rater: Rater) -> str:
    """The same for one address in each round of this engagement; without its key it means nothing."""
    engagement = rater.round.engagement
    if engagement.data_key_id is None:
        raise Refused(None, _("This link no longer works."))
    secret = derive(keys.key(engagement.data_key_id), "feedback waves")
    return hmac.digest(secret, address_of(rater.email).encode(), "sha256").hex()[:32]
