import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.access import Shape
from driehoek.engagements.queries import starting_points
from driehoek.kit.forms import Explained, LongText
from driehoek.method.route_texts import QuestionText
from driehoek.people.models import Membership

UNKNOWN = "open"  # the value of "I do not know yet": an empty one would be ticked beforehand

NONE = "none"  # the value of "None of these", for the same reason


class ProblemForm(forms.Form):
    problem = LongText(
        rows=3,
        at_most=500,
        required=True,
        label=_("What are you running into? One sentence is enough."),
        error_messages={
            "required": _("Write in one sentence what you are running into. Then the questions follow.")
        },
    )


class AnswerForm(forms.Form):
    """One question of the route choice. Choosing nothing leaves it open."""

    answer = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of these answers.")},
    )

    def __init__(self, data: Any = None, *, question: QuestionText, chosen: str | None = None):
        super().__init__(data, initial={"answer": None if chosen is None else chosen or UNKNOWN})
        self.question = question
        self.fields["answer"].label = question.title
        self.fields["answer"].choices = [
            (choice.value or UNKNOWN, Explained(choice.label, choice.hint)) for choice in question.choices
        ]

    @property
    def value(self) -> str:
        """The value of the method: empty while the question is open."""
        answer = self.cleaned_data["answer"]
        return "" if answer == UNKNOWN else answer


class BeginForm(forms.Form):
    """What an engagement begins with: which organisation hosts it, and a known situation if one resembles it.

    The place is asked only of somebody with more than one. No situation is ticked beforehand.
    """

    place = forms.ChoiceField(label=_("In which organisation?"), widget=forms.Select)
    starting_point = forms.ChoiceField(
        label=_("Do you recognise one of these situations?"),
        help_text=_(
            "Then a first goal, measures and words for some clauses stand ready in the agreement. "
            "Everything in them can be changed, and later you can choose another one."
        ),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of these situations, or none.")},
    )
    engagement_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, places: list[Membership], shape: Shape | None):
        super().__init__(data, initial={"engagement_id": uuid.uuid4()})
        self.places = {str(place.pk): place for place in places}
        known = starting_points(shape) if shape else []
        choices = [(one.value, Explained(one.title, one.hint)) for one in known]
        self.fields["starting_point"].choices = [*choices, (NONE, _("None of these"))]
        self.fields["place"].choices = [(key, place.organisation.name) for key, place in self.places.items()]

    @property
    def chosen(self) -> Membership | None:
        """The one place there is, or the one that was chosen."""
        if len(self.places) == 1:
            return next(iter(self.places.values()))
        self.full_clean()
        return self.places.get(self.cleaned_data.get("place", ""))

    @property
    def point(self) -> str:
        """The situation that was chosen; empty without one."""
        self.full_clean()
        chosen: str = self.cleaned_data.get("starting_point", "")
        return "" if chosen == NONE else chosen

    @property
    def new_id(self) -> uuid.UUID | None:
        """By which two presses on the same page are known to be one."""
        self.full_clean()
        found: uuid.UUID | None = self.cleaned_data.get("engagement_id")
        return found
