from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.kit.forms import Explained
from driehoek.method.intake import help_relationships
from driehoek.method.texts import Language


class EstimateForm(forms.Form):
    relationship = forms.ChoiceField(
        label=_("How does the coachee come to you now?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the one that comes closest.")},
    )

    def __init__(self, data: Any = None, *, language: Language, chosen: str = ""):
        super().__init__(data, initial={"relationship": chosen or None})
        self.fields["relationship"].choices = [
            (text.id, Explained(text.name, text.text)) for text in help_relationships(language)
        ]
