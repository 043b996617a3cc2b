"""Remembering which way a conversation went."""

from collections.abc import Iterable
from typing import Final

from driehoek.kit import clock
from driehoek.sessions.models import Session, Turn
from driehoek.sessions.wording import CLOSING, PHASES

PHASE_OF: Final = {part: phase for phase, parts in PHASES.items() for part in parts} | dict.fromkeys(
    CLOSING, "closing"
)
MOST_TURNS: Final = 60
"""As many as a picture can show; who goes to and fro more often is not followed any further."""


def remember_turns(session: Session, written: Iterable[str]) -> None:
    """A line for each phase in which something was written, unless the last one was the same: 2 queries.

    The preparation is no part of the conversation, and nor is what is added once a session was held.
    """
    phases = [PHASE_OF[part] for part in PHASE_OF if part in set(written)]
    if not phases or session.is_held:
        return
    latest = Turn.objects.filter(session=session).last()
    number, phase = (latest.number, latest.phase) if latest else (0, "")
    turns = []
    for one in dict.fromkeys(phases):
        if one != phase and number < MOST_TURNS:
            number, phase = number + 1, one
            turns.append(
                Turn(
                    engagement=session.engagement,
                    session=session,
                    number=number,
                    phase=phase,
                    at=clock.now(),
                )
            )
    Turn.objects.bulk_create(turns)
