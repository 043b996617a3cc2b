"""What people do in a round: begin it, name and check who is asked, answer, and close it."""

from driehoek.feedback.actions.answering import answer_yourself, hand_in, keep_draft
from driehoek.feedback.actions.closing import close_early, close_rounds, close_when_over, have_read
from driehoek.feedback.actions.forgetting import forget_answers
from driehoek.feedback.actions.naming import name_rater, take_off
from driehoek.feedback.actions.reminding import remind_raters
from driehoek.feedback.actions.rounds import begin_round, drop_round, hand_to_coach, open_round, put_back

__all__ = [
    "answer_yourself",
    "begin_round",
    "close_early",
    "close_rounds",
    "close_when_over",
    "drop_round",
    "forget_answers",
    "hand_in",
    "hand_to_coach",
    "have_read",
    "keep_draft",
    "name_rater",
    "open_round",
    "put_back",
    "remind_raters",
    "take_off",
]
