from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.intake.models import HelpEstimate
from driehoek.kit.forms import Explained, LongText
from driehoek.method.bank_words import axes
from driehoek.method.intake import help_relationships
from driehoek.method.texts import Language


class EstimateForm(forms.Form):
    relationship = forms.ChoiceField(
        label=_("How does the coachee come to you now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that comes closest.")},
    )
    self_steering = forms.ChoiceField(
        label=_("How far does the coachee steer their own learning?"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("With little you give more structure; with a lot you hold back more."),
    )
    learns_by = LongText(
        label=_("In which way does the coachee learn best?"),
        required=False,
        help_text=_("Talking, reading, trying out, a role play, going along at the workplace."),
    )

    def __init__(self, data: Any = None, *, language: Language, made: HelpEstimate | None = None):
        names = ("relationship", "self_steering", "learns_by")
        super().__init__(data, initial={name: getattr(made, name) for name in names} if made else None)
        self.fields["relationship"].choices = [
            (text.id, Explained(text.name, text.text)) for text in help_relationships(language)
        ]
        steering = next(axis for axis in axes(language) if axis.id == "self_steering")
        self.fields["self_steering"].choices = [("", _("I do not know yet")), *steering.values.items()]
