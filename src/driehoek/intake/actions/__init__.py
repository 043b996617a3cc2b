"""What people do before the agreement."""

from driehoek.intake.actions.acquaintance import keep_acquaintance
from driehoek.intake.actions.estimate import keep_estimate
from driehoek.intake.actions.questions import hand_in, keep_answers, reopen, show_now
from driehoek.intake.actions.route import begin, forget, keep_answer, start

__all__ = [
    "begin",
    "forget",
    "hand_in",
    "keep_acquaintance",
    "keep_answer",
    "keep_answers",
    "keep_estimate",
    "reopen",
    "show_now",
    "start",
]
