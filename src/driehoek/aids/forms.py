"""What is typed about a scale and about somebody on the map."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.aids.models import Scale, Stakeholder
from driehoek.aids.wording import CLOSENESS_WORDS, INFLUENCE_WORDS, STANCE_WORDS
from driehoek.kit.forms import Line, LongText

ROW = {"class": "choices--row"}
TENTHS = [(str(number), str(number)) for number in range(11)]
LONGEST_NAME, LONGEST_ABOUT, LONGEST_TEXT = 80, 200, 2_000


class ScaleForm(forms.Form):
    """A scaling question with its answer."""

    about = Line(
        label=_("On a scale of 0 to 10: what about?"),
        help_text=_("For example: how sure I feel when I ask for something."),
        at_most=LONGEST_ABOUT,
        error_messages={"required": _("Say what the scale is about.")},
    )
    now = forms.ChoiceField(
        label=_("Where are you now?"),
        choices=TENTHS,
        widget=forms.RadioSelect(attrs={"class": "choices--scale"}),
        error_messages={"required": _("Choose a number.")},
    )
    carries = LongText(
        label=_("What keeps it from being lower?"),
        at_most=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wanted = forms.ChoiceField(
        label=_("Where is good enough?"),
        choices=TENTHS,
        widget=forms.RadioSelect(attrs={"class": "choices--scale"}),
        required=False,
    )
    next_sign = LongText(
        label=_("How would you notice that you are one step higher?"),
        at_most=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    scale_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, scale: Scale | None):
        super().__init__(data, initial=_known(scale, "scale_id"))

    def deed(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return typed | {"now": int(typed["now"]), "wanted": int(typed["wanted"]) if typed["wanted"] else None}


class StakeholderForm(forms.Form):
    """Somebody around the question."""

    name = Line(
        label=_("Who?"),
        help_text=_("A name, a role or a group. Only coachee and coach see it."),
        at_most=LONGEST_NAME,
        error_messages={"required": _("Say who it is.")},
    )
    closeness = forms.ChoiceField(
        label=_("How near?"), choices=CLOSENESS_WORDS, widget=forms.RadioSelect(attrs=ROW), initial="2"
    )
    influence = forms.ChoiceField(
        label=_("How much influence?"),
        choices=INFLUENCE_WORDS,
        widget=forms.RadioSelect(attrs=ROW),
        initial="2",
    )
    stance = forms.ChoiceField(
        label=_("How do they stand towards what you want?"),
        choices=list(STANCE_WORDS.items()),
        widget=forms.RadioSelect(attrs=ROW),
        initial=Stakeholder.Stance.UNKNOWN,
    )
    wants = LongText(
        label=_("What matters to them?"), at_most=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    stakeholder_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, stakeholder: Stakeholder | None):
        super().__init__(data, initial=_known(stakeholder, "stakeholder_id"))

    def deed(self) -> dict[str, Any]:
        numbers = {name: int(self.cleaned_data[name]) for name in ("influence", "closeness")}
        return self.cleaned_data | numbers


def _known(row: Scale | Stakeholder | None, name_of_id: str) -> dict[str, Any]:
    """What a form opens with: what is there, or an id by which a second press is the same thing."""
    return {name_of_id: uuid.uuid4()} if row is None else row.facts | {name_of_id: row.pk}
