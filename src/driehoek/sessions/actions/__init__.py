"""What people do around a session."""

from driehoek.sessions.actions.cancelling import cancel_session, let_go
from driehoek.sessions.actions.closing import round_off
from driehoek.sessions.actions.ending import cancel_after, cancel_from
from driehoek.sessions.actions.free import hold_people, named_moment
from driehoek.sessions.actions.holding import hold_session
from driehoek.sessions.actions.notes import write_notes, write_private_note, write_reflection
from driehoek.sessions.actions.reminding import ask_back, remind_before
from driehoek.sessions.actions.series import (
    add_session,
    mark_held,
    move_session,
    plan_series,
    put_at,
    put_elsewhere,
)

__all__ = [
    "add_session",
    "ask_back",
    "cancel_after",
    "cancel_from",
    "cancel_session",
    "hold_people",
    "hold_session",
    "let_go",
    "mark_held",
    "move_session",
    "named_moment",
    "plan_series",
    "put_at",
    "put_elsewhere",
    "remind_before",
    "round_off",
    "write_notes",
    "write_private_note",
    "write_reflection",
]
