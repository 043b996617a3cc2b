"""Closing a round: what may be told is worked out once, and who answered is forgotten."""

import json
import secrets
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from driehoek.access import Permission, Role
from driehoek.evidence.profile import Asked, frozen, profile
from driehoek.feedback.actions.comparing import answers_of, changes_to_tell
from driehoek.feedback.actions.rounds import in_state
from driehoek.feedback.actions.telling import tell_it_is_in
from driehoek.feedback.models import Round
from driehoek.feedback.queries.rounds import GROUPS, asked_in
from driehoek.kit import clock
from driehoek.people.models import Person

_CHANCE: Final = secrets.SystemRandom()


@transaction.atomic
def close_early(one: Round) -> Round:
    """Close before its last day: whoever has not answered can no more. Refuses a round that is not open."""
    return _close(in_state(one, Permission.CHECK_RATERS, Round.State.OPEN))


@transaction.atomic
def close_when_over(round_id: UUID) -> bool:
    """Close a round whose last day has passed, whatever became of its engagement; says whether it did."""
    found = Round.objects.select_for_update(of=("self",)).select_related("engagement").filter(pk=round_id)
    one = found.filter(state=Round.State.OPEN).first()
    if one is None or one.takes_answers:
        return False
    _close(one)
    return True


def close_rounds() -> int:
    """Close what is over; says how many: 1 query for none."""
    soon = clock.today() + timedelta(days=1)  # the day ends earlier in the east
    over = Round.objects.filter(state=Round.State.OPEN, closes_on__lte=soon)
    return sum(close_when_over(pk) for pk in over.values_list("pk", flat=True)[:100])


@transaction.atomic
def have_read(one: Round, *, by: Person) -> None:
    """Remember that coachee or coach has seen what came in: 1 query, none when it is known."""
    held = one.engagement.roles_of(by)
    fields = {Role.COACHEE: "coachee_has_read", Role.COACH: "coach_has_read"}
    unread = {name: True for role, name in fields.items() if role in held and not getattr(one, name)}
    if unread:
        Round.objects.filter(pk=one.pk).update(**unread)


def _close(one: Round) -> Round:
    told = frozen(profile(answers_of(one), _asked(one), shuffle=_CHANCE.shuffle))
    one.report = json.dumps(told)
    one.report = json.dumps(told | changes_to_tell(one))
    one.state, one.closed_at = Round.State.CLOSED, clock.now()
    one.save(update_fields=["report", "state", "closed_at"])
    one.raters.update(link_hash="", draft=b"", has_answered=False, reminded_on=None)
    tell_it_is_in(one)
    return one


def _asked(one: Round) -> Asked:
    asked = asked_in(one)
    named = set(one.raters.values_list("group", flat=True))
    return Asked(
        behaviours={one.id: [item.id for item in one.items] for one in asked.behaviours},
        lowest=asked.scale.lowest,
        highest=asked.scale.highest,
        open=[question.id for question in asked.open],
        groups=[group.value for group in GROUPS if group in named],
    )
