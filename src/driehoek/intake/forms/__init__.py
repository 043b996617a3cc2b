"""What is typed before the agreement."""

from driehoek.intake.forms.acquaintance import AcquaintanceForm
from driehoek.intake.forms.estimate import EstimateForm
from driehoek.intake.forms.questions import ScreenForm
from driehoek.intake.forms.route import AnswerForm, BeginForm, ProblemForm

__all__ = ["AcquaintanceForm", "AnswerForm", "BeginForm", "EstimateForm", "ProblemForm", "ScreenForm"]
