import uuid
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from driehoek.method.bank_words import axes
from driehoek.method.questions import count_questions
from driehoek.method.style import ABLE, WILLING, StyleAdvice, choose_style
from driehoek.method.texts import Language, texts

SIDE_BY_SIDE = {"class": "choices--three"}
CHOOSE = {"required": _("Choose one of these answers."), "invalid_choice": _("Choose one of these answers.")}


class StyleForm(forms.Form):
    """One person, one task. No name is asked."""

    once = forms.UUIDField(required=False, widget=forms.HiddenInput)
    able = forms.ChoiceField(widget=forms.RadioSelect(attrs=SIDE_BY_SIDE), error_messages=CHOOSE)
    willing = forms.ChoiceField(widget=forms.RadioSelect(attrs=SIDE_BY_SIDE), error_messages=CHOOSE)
    urgent = forms.ChoiceField(widget=forms.RadioSelect(attrs=SIDE_BY_SIDE), error_messages=CHOOSE)

    def __init__(self, data: Any = None, *, language: Language, initial: dict[str, str] | None = None):
        super().__init__(data, initial={"once": uuid.uuid4(), **(initial or {})})
        for name, values in {"able": ABLE, "willing": WILLING, "urgent": ("yes", "no")}.items():
            words = texts("style", language)["questions"][name]
            self.fields[name].label, self.fields[name].help_text = words["title"], words["hint"]
            self.fields[name].choices = [(value, words[value]) for value in values]

    @property
    def advice(self) -> StyleAdvice:
        """The style the method chooses for these answers."""
        given = self.cleaned_data
        return choose_style(given["able"], given["willing"], given["urgent"] == "yes")

    @property
    def address(self) -> dict[str, str]:
        """The three choices, for the address of the answer. They name nobody."""
        return {name: self.cleaned_data[name] for name in ("able", "willing", "urgent")}


class QuestionsForm(forms.Form):
    """By what to choose questions; beside each value how many there are with the rest as it is chosen."""

    use_required_attribute = False

    def __init__(self, *, initial: dict[str, str], language: Language):
        super().__init__(initial=initial)
        counted = count_questions(**initial)
        for axis in axes(language):
            values = [(value, f"{name} ({counted[axis.id][value]})") for value, name in axis.values.items()]
            self.fields[axis.id] = forms.ChoiceField(label=axis.name, choices=[("", axis.any), *values])

    @property
    def further(self) -> list[BoundField]:
        """All but the moment, which everybody chooses first."""
        return [field for field in self if field.name != "phase"]

    @property
    def goes_further(self) -> bool:
        """Whether one of these is chosen, and so must be in sight."""
        return bool(self.initial.keys() - {"phase"})
