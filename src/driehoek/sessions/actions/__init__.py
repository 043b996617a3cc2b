"""What people do around a session."""

from driehoek.sessions.actions.closing import round_off
from driehoek.sessions.actions.ending import cancel_after
from driehoek.sessions.actions.notes import write_notes, write_private_note, write_reflection
from driehoek.sessions.actions.reminding import ask_back, remind_before
from driehoek.sessions.actions.series import (
    add_session,
    cancel_session,
    mark_held,
    move_session,
    plan_series,
)

__all__ = [
    "add_session",
    "ask_back",
    "cancel_after",
    "cancel_session",
    "mark_held",
    "move_session",
    "plan_series",
    "remind_before",
    "round_off",
    "write_notes",
    "write_private_note",
    "write_reflection",
]
