"""Saying something about the draft, and settling it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.forms.fields import Saving, words_of
from driehoek.agreements.queries.comments import page_of, parts_of
from driehoek.engagements.models import Engagement


class CommentForm(Saving):
    """What one says about a part, and for a clause the text one would rather read."""

    part = forms.ChoiceField(
        label=_("About which part?"), error_messages={"required": _("Choose the part that you mean.")}
    )
    text = words_of(_("What do you want to say about it?"), rows=3)
    proposal = words_of(
        _("Would you rather read another text?"),
        rows=6,
        help_text=_("Change the words as they should read. Leave them as they are if you propose nothing."),
    )

    def __init__(self, *args: Any, engagement: Engagement, part: str = "", now: str = "", **options: Any):
        super().__init__(*args, initial={"part": part, "proposal": now}, **options)
        self.fields["part"].choices = [("", "–"), *parts_of(engagement)]
        if part:
            self.fields["part"].widget = forms.HiddenInput()
        if not part or page_of(engagement, part) is None:
            del self.fields["proposal"]
            _must(self.fields["text"], _("Say what you mean."))

    def typed(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("part", "text", "proposal") if name in self.fields}


class AnswerForm(Saving):
    """What one does with a comment."""

    answer = words_of(
        _("What do you do with it, and why?"), rows=3, help_text=_("Everybody in this engagement reads this.")
    )

    def __init__(self, *args: Any, takes: bool = False, **options: Any):
        super().__init__(*args, **options)
        self.takes = takes  # the other text is taken over, which says enough
        if not takes:
            _must(self.fields["answer"], _("Write what you do with it, and why."))

    def typed(self) -> dict[str, Any]:
        return {} if self.takes else {"answer": self.cleaned_data["answer"]}


def _must(field: forms.Field, words: Any) -> None:
    field.required = True
    field.error_messages["required"] = words
