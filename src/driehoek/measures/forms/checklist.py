"""A list of behaviours as it is written, and as it is ticked off."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from driehoek.kit.forms import DayField, LongText
from driehoek.measures.forms.values import reason_field
from driehoek.measures.models import Checklist

_ANSWERS = [
    ("yes", pgettext_lazy("behaviour", "Seen")),
    ("no", pgettext_lazy("behaviour", "Not seen")),
]


class ChecklistForm(forms.Form):
    items = LongText(
        label=gettext_lazy("What is looked for, one kind of behaviour per line"),
        help_text=gettext_lazy(
            "Two to twelve, each something that can be seen. Once used, the list stays as it is."
        ),
        at_most=2_000,
        rows=7,
    )

    def __init__(self, data: Any = None, *, checklist: Checklist | None, suggested: Sequence[str]):
        lines = checklist.asked if checklist else suggested
        super().__init__(data, initial={"items": "\n".join(lines)})
        self.fields["items"].waits = True  # an empty list is refused by how many there must be

    @property
    def lines(self) -> list[str]:
        said: str = self.cleaned_data["items"]
        return said.splitlines()


class TickForm(forms.Form):
    """A day, and for each kind of behaviour whether it was seen: no answer is no "not seen"."""

    on = DayField(label=gettext_lazy("Seen on"))

    def __init__(self, data: Any = None, *, checklist: Checklist, is_over: bool):
        super().__init__(data)
        self.names = [f"item-{place}" for place, _item in enumerate(checklist.asked)]
        for name, item in zip(self.names, checklist.asked, strict=True):
            beside = forms.RadioSelect(attrs={"class": "choices--row"})
            self.fields[name] = forms.ChoiceField(label=item, choices=_ANSWERS, widget=beside)
        self.fields["replace"] = forms.BooleanField(
            label=gettext_lazy("Replace the value that stands on this day"), required=False
        )
        if is_over:
            self.fields["reason"] = reason_field()

    @property
    def said(self) -> dict[str, Any]:
        """The day, what was seen, and what was said about it."""
        given = self.cleaned_data
        seen = [given[name] == "yes" for name in self.names]
        about = {name: given[name] for name in ("replace", "reason") if name in self.fields}
        return {"on": given["on"], "seen": seen} | about
