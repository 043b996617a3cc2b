"""The form of looking ahead: how something will be measured, and why a warning is accepted."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from driehoek.agreements.forms.before import as_typed
from driehoek.agreements.forms.fields import Amount, Saving, words_of
from driehoek.agreements.models import Criterion
from driehoek.agreements.queries.foresight import UNREACHABLE, known_of, warnings_of

_SCALED = ("lowest", "highest", "spread", "chosen_for_it", "mean_of_all", "reliability")
_CHOSEN = ("chosen_for_it", "mean_of_all")
_REASON = "reason_"


class ForesightForm(Saving):
    """Everything may stay empty: what is not known gives no warning."""

    answers = forms.IntegerField(
        label=_("How many people answer?"),
        required=False,
        max_value=1_000_000,
        help_text=_("At the start, and again at the end."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input--number"}),
        error_messages={
            "invalid": _("This is not a number. Type digits, for example 12."),
            "max_value": _("This is more than anybody asks. Type the number of people who answer."),
        },
    )
    lowest = Amount(label=_("The scale begins at"), required=False)
    highest = Amount(label=_("The scale ends at"), required=False)
    spread = Amount(
        label=_("How much do people differ?"),
        required=False,
        help_text=_("The standard deviation of their answers, if somebody knows it."),
    )
    chosen_for_it = forms.BooleanField(
        label=_("These people or this team were chosen because they scored badly on this"), required=False
    )
    mean_of_all = Amount(
        label=_("The mean of everybody"), required=False, help_text=_("Of the whole group they come from.")
    )
    reliability = Amount(
        label=_("Reliability of the measurement"),
        required=False,
        help_text=_("From 0 to 1, as the maker of the questionnaire gives it."),
    )

    def __init__(self, *args: Any, criterion: Criterion, **options: Any):
        known = known_of(criterion)
        kept = {name: getattr(known, name) for name in (*_SCALED, "answers")}
        kept = {n: as_typed(value) if isinstance(value, Decimal) else value for n, value in kept.items()}
        super().__init__(*args, initial=kept | {"revision": criterion.revision}, **options)
        if criterion.form in (Criterion.Form.SHARE_AT_LEAST, Criterion.Form.COUNT):
            for name in _SCALED:
                del self.fields[name]
        elif criterion.counted == Criterion.Counted.WEIGHTED:  # things are counted, and nobody answers
            for name in ("answers", *(name for name in _SCALED if name not in _CHOSEN)):
                del self.fields[name]
        self.warnings = warnings_of(criterion)
        for one in self.warnings:
            needed = one.id == UNREACHABLE  # before it is offered, not before it is kept
            words = words_of(_("Why do you agree to it all the same?"), rows=2, wanted=needed)
            self.fields[_REASON + one.id] = words
            self.initial[_REASON + one.id] = one.reason

    def warned(self) -> list[tuple[str, forms.BoundField]]:
        """Each warning with the field for its reason."""
        return [(one.words, self[_REASON + one.id]) for one in self.warnings]

    def measuring(self) -> list[forms.BoundField]:
        """How it will be measured, as far as this kind of criterion asks for it."""
        return [self[name] for name in ("answers", *_SCALED) if name in self.fields]

    def typed(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        reasons = {name: given.pop(name) for name in list(given) if name.startswith(_REASON)}
        revision = given.pop("revision")
        told = {name.removeprefix(_REASON): text for name, text in reasons.items()}
        return {"known": given, "reasons": told, "revision": revision}
