"""What people do around a session."""

from driehoek.sessions.actions.closing import round_off
from driehoek.sessions.actions.ending import cancel_after
from driehoek.sessions.actions.notes import write_notes, write_private_note, write_reflection
from driehoek.sessions.actions.series import (
    add_session,
    cancel_session,
    mark_held,
    move_session,
    plan_series,
)

__all__ = [
    "add_session",
    "cancel_after",
    "cancel_session",
    "mark_held",
    "move_session",
    "plan_series",
    "round_off",
    "write_notes",
    "write_private_note",
    "write_reflection",
]
