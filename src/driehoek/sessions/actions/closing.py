"""Rounding a session off."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from driehoek.kit.errors import Conflict
from driehoek.people.models import Person
from driehoek.plans.actions import add_action, set_colour
from driehoek.plans.models import Action
from driehoek.sessions.actions.notes import write_notes
from driehoek.sessions.actions.series import mark_held
from driehoek.sessions.models import Session

DONE = "done"


@transaction.atomic
def round_off(
    session: Session,
    *,
    texts: Mapping[str, str],
    by: Person,
    opened: Mapping[str, str] | None = None,
    minutes: int | None = None,
    colours: Mapping[Action, str] | None = None,
    new_action: Mapping[str, Any] | None = None,
) -> list[Conflict]:
    """Keep what the session brought, how the plan goes and what is new on it; with `minutes` it was held.

    A colour may be "done". Gives back the texts that somebody else changed meanwhile.
    Refuses as `mark_held` and `add_action` do, and then keeps nothing.
    """
    if minutes is not None:
        mark_held(session, minutes=minutes)
    conflicts = write_notes(session, texts=texts, by=by, opened=opened)
    for action, colour in (colours or {}).items():
        set_colour(action, colour=action.colour if colour == DONE else colour, done=colour == DONE, by=by)
    if new_action:
        add_action(session.engagement, made_in_session=session.pk, by=by, **new_action)
    return conflicts
