"""Beginning a survey, and answering one."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.agreements.queries import AgreedCriterion
from driehoek.kit import clock
from driehoek.kit.forms import DayField, Explained, Line, LongText, NumberField
from driehoek.method.questionnaires import Questionnaire
from driehoek.surveys.wording import STEM_HINTS, STEM_WORDS, STEMS, USUAL, WAYS

OPEN_FOR: Final = timedelta(days=10)
FIELD: Final = "item-"
"""Before the name of each field: a question may be called "errors", and so is something of every form."""


class BeginForm(forms.Form):
    """What is asked, about what, of whom, and until when."""

    stem = forms.ChoiceField(
        label=gettext_lazy("What do you want to ask?"),
        widget=forms.RadioSelect,
        choices=[(stem, Explained(STEM_WORDS[stem], STEM_HINTS[stem])) for stem in STEMS],
    )
    subject = Line(
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy(
            "For example: the new planning system, or the team. Whoever is asked reads it."
        ),
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How do people get the questions?"),
        widget=forms.RadioSelect,
        choices=[(way, Explained(*WAYS[way])) for way in WAYS],
    )
    addresses = LongText(
        label=gettext_lazy("Mail addresses, for a letter to each"),
        help_text=gettext_lazy("One on each line, at least five."),
        required=False,
        rows=5,
    )
    invited = NumberField(
        label=gettext_lazy("How many people do you ask, for a link to share?"),
        help_text=gettext_lazy("At least ten. Whoever answers reads it too."),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=0,
    )
    at_least = NumberField(
        label=gettext_lazy("From which answer on does somebody count?"),
        help_text=gettext_lazy("Empty: a 7 of 10, or “mostly”. Chosen now, and not when the answers are in."),
        required=False,
        max_digits=2,
        decimal_places=0,
    )
    closes_on = DayField(label=gettext_lazy("Last day to answer"))
    criterion = forms.ChoiceField(
        label=gettext_lazy("Which criterion does it answer?"),
        help_text=gettext_lazy(
            "At the close the share of the first question is written down as its value. Only with letters."
        ),
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, shares: Sequence[AgreedCriterion]):
        super().__init__(
            data, initial={"closes_on": clock.today() + OPEN_FOR, "stem": STEMS[0], "way": "letters"}
        )
        self.fields["addresses"].waits = self.fields["invited"].waits = True  # for the way that is chosen
        if not shares:
            del self.fields["criterion"]
            return
        none = ("", _("None"))
        self.fields["criterion"].choices = [none, *((str(one.criterion_id), one.measure) for one in shares)]

    def clean_addresses(self) -> list[str]:
        """Each address, by lines, commas or semicolons."""
        found = [one for one in re.split(r"[\s,;]+", self.cleaned_data["addresses"]) if one]
        for one in found:
            try:
                validate_email(one)
            except ValidationError:
                raise ValidationError(_("“%(what)s” is not a mail address.") % {"what": one[:80]}) from None
        return found

    def clean(self) -> None:
        """What was typed for one way is not silently left out in the other."""
        way, addresses = self.cleaned_data.get("way"), self.cleaned_data.get("addresses")
        if way == "letters" and not addresses and "addresses" not in self.errors:
            self.add_error("addresses", _("Write the mail addresses of whoever gets a letter."))
        if way == "link" and addresses:
            self.add_error("addresses", _("With a link to share nobody gets a letter. Take these out."))

    @property
    def facts(self) -> dict[str, Any]:
        """What the action asks for."""
        given = self.cleaned_data
        usual = USUAL[given["stem"]]
        return {
            "stem": given["stem"],
            "subject": given["subject"],
            "addresses": given["addresses"],
            "invited": int(given["invited"] or 0),
            "at_least": usual if given["at_least"] is None else int(given["at_least"]),
            "closes_on": given["closes_on"],
            "criterion_id": UUID(given["criterion"]) if given.get("criterion") else None,
        }


class Score(forms.ChoiceField):
    """May be left open."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class AnswerForm(forms.Form):
    """Everything that is asked, on one page: there is nothing to keep in between."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, asked: Questionnaire):
        super().__init__(data)
        self.asked = asked
        look = "choices--scale" if asked.scale.highest > 5 else "choices--thumb"
        for item in asked.items:
            self.fields[f"{FIELD}{item.id}"] = Score(
                label=item.others,
                choices=[(str(n), words) for n, words in asked.scale.choices],
                widget=forms.RadioSelect(attrs={"class": look}),
            )
        for question in asked.open:
            self.fields[f"{FIELD}{question.id}"] = LongText(label=question.others, at_most=2_000, rows=3)

    @property
    def facts(self) -> dict[str, Any]:
        """What was filled in: what was left open stays open."""
        given, items = self.cleaned_data, [item.id for item in self.asked.items]
        return {
            "scores": {name: int(given[f"{FIELD}{name}"]) for name in items if given[f"{FIELD}{name}"]},
            "texts": {one.id: given[f"{FIELD}{one.id}"] for one in self.asked.open},
        }
