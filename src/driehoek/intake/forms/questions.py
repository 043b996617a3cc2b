from collections.abc import Mapping
from typing import Any

from django import forms

from driehoek.intake.queries.marks import marks_of, merge
from driehoek.intake.queries.questions import Screen
from driehoek.kit.forms import LongText


class ScreenForm(forms.Form):
    """One of the six questions: one text, or one for each part."""

    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, screen: Screen):
        self.screen = screen
        self.theirs: Mapping[str, str] = {}
        there = {field.key: field.text for field in screen.fields}
        super().__init__(data, initial={**there, "opened": marks_of(there)})
        for field in screen.fields:
            label = field.label or screen.question.title
            self.fields[field.key] = LongText(rows=5 if len(screen.fields) == 1 else 3, label=label)

    @property
    def texts(self) -> dict[str, str]:
        """Key -> text."""
        return {field.key: self.cleaned_data[field.key] for field in self.screen.fields}

    @property
    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """Each field, with the other text where it was changed in another window."""
        return [(self[field.key], self.theirs.get(field.key, "")) for field in self.screen.fields]

    def with_theirs(self, screen: Screen) -> "ScreenForm":
        """The same form after a clash: what was typed, the other text above it, ready to be kept."""
        there = {field.key: field.text for field in screen.fields}
        merged = merge(self.texts, there, self.cleaned_data["opened"])
        form = ScreenForm({**self.data.dict(), **merged.kept, "opened": marks_of(there)}, screen=screen)
        form.theirs = merged.clashes
        return form
