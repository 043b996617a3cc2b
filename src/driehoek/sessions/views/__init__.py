"""The pages around a session."""

from driehoek.sessions.views.around import close, prepare, reflect, reflection
from driehoek.sessions.views.keeping import keep, keep_own, keep_question, keep_reflection
from driehoek.sessions.views.series import add, calendar, cancel, index, move, plan, waive
from driehoek.sessions.views.talk import note, own_notes, show, talk

__all__ = [
    "add",
    "calendar",
    "cancel",
    "close",
    "index",
    "keep",
    "keep_own",
    "keep_question",
    "keep_reflection",
    "move",
    "note",
    "own_notes",
    "plan",
    "prepare",
    "reflect",
    "reflection",
    "show",
    "talk",
    "waive",
]
