"""The small form below the answers to one question."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.forms.fields import Saving, words_of
from driehoek.agreements.models import Draft
from driehoek.agreements.queries.expectations import Talked
from driehoek.agreements.wording import EXPECTATION_WORDS
from driehoek.kit.forms import Explained

_HINTS = {
    Draft.Finding.AGREE: _("You mean the same, and say it in one text."),
    Draft.Finding.DIFFER: _("An honest outcome. It stands in the agreement as it is."),
    Draft.Finding.UNKNOWN: _("You say so, and come back to it."),
}


class ExpectationForm(Saving):
    """What the people found, and the text they agree on; nothing is chosen beforehand."""

    finding = forms.ChoiceField(
        label=_("What did you find together?"),
        choices=[(value, Explained(words, _HINTS[value])) for value, words in EXPECTATION_WORDS.items()],
        widget=forms.RadioSelect(attrs={"class": "choices--three"}),
        error_messages={"required": _("Choose what you found together.")},
    )
    text = words_of(
        _("What we agreed to expect"),
        rows=4,
        help_text=_(
            "In your own words, for all of you. "
            "If you differ, write what each of you holds on to, as you want it read."
        ),
    )

    def __init__(self, *args: Any, talked: Talked, **options: Any):
        said = talked.expected
        there = {"finding": said.finding, "text": said.text} if said else {}
        super().__init__(*args, initial=there | {"revision": talked.revision}, **options)
