"""What people do with a survey: begin it, answer, and close it."""

from driehoek.surveys.actions.answering import hand_in
from driehoek.surveys.actions.asking import begin_survey
from driehoek.surveys.actions.closing import close_early, close_surveys, close_when_over
from driehoek.surveys.actions.reminding import remind_of_surveys

__all__ = ["begin_survey", "close_early", "close_surveys", "close_when_over", "hand_in", "remind_of_surveys"]
