"""How goals, drafts and signatures are typed in."""

from driehoek.agreements.forms.comments import AnswerForm, CommentForm
from driehoek.agreements.forms.criteria import CriterionForm
from driehoek.agreements.forms.deliverables import DeliverableForm
from driehoek.agreements.forms.draft import CandourForm, DisclosureForm, DraftForm, MeetingForm, StumblingForm
from driehoek.agreements.forms.expectations import ExpectationForm
from driehoek.agreements.forms.foresight import ForesightForm
from driehoek.agreements.forms.goals import GoalForm
from driehoek.agreements.forms.sign import DeclineForm, SignForm
from driehoek.agreements.forms.starting import StartingPointForm

__all__ = [
    "AnswerForm",
    "CandourForm",
    "CommentForm",
    "CriterionForm",
    "DeclineForm",
    "DeliverableForm",
    "DisclosureForm",
    "DraftForm",
    "ExpectationForm",
    "ForesightForm",
    "GoalForm",
    "MeetingForm",
    "SignForm",
    "StartingPointForm",
    "StumblingForm",
]
