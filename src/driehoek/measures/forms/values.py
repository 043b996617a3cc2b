"""One value as it is typed, and one that is struck out."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from driehoek.agreements.queries import AgreedCriterion
from driehoek.agreements.wording import plain
from driehoek.evidence.series_number import Trouble, read_number
from driehoek.evidence.series_row import SeriesRow
from driehoek.evidence.series_terms import as_agreed
from driehoek.kit import clock
from driehoek.kit.forms import DayField, Line, NumberField
from driehoek.kit.templatetags.look import decimal
from driehoek.measures.queries import is_over, kind_of
from driehoek.measures.wording import bare, trouble

_SO_MANY_OF_SO_MANY = re.compile(r"(?P<part>\d{1,6})\s*(?:/|van de|van|out of|of)\s*(?P<all>\d{1,6})")


class MeasuredField(NumberField):
    """A measured number. One that can be read in two ways, such as 1.234, is asked again, not guessed.

    With `percents` a percent sign may stand behind it; whether it did is told in `percent`. With `shares` it
    may be so many of so many, such as 41 of 50; of how many is told in `out_of`.
    """

    percents = percent = shares = False
    out_of: Decimal | None = None

    def to_python(self, value: object) -> object:
        self.out_of = None
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        plain = value.strip()
        if self.shares and (pair := _SO_MANY_OF_SO_MANY.fullmatch(plain)):
            self.out_of = Decimal(pair["all"])
            return Decimal(pair["part"])
        self.percent = self.percents and plain.endswith("%")
        number = read_number(plain.removesuffix("%") if self.percent else plain)
        if isinstance(number, Trouble):
            raise ValidationError(trouble(number))
        return number


def is_weighted(criterion: AgreedCriterion) -> bool:
    """Whether everything counts together here, each value by its volume."""
    return criterion.terms.counted == "weighted"


def origin_field() -> Line:
    """Where numbers come from; asked wherever they come in."""
    return Line(
        label=gettext_lazy("Where do the numbers come from?"),
        help_text=gettext_lazy("For example the weekly list of the order desk. It stands with the result."),
        required=False,
        at_most=160,
    )


def reason_field() -> Line:
    """Why a value comes, or another one no longer counts, once the deadline has passed."""
    field = Line(
        label=gettext_lazy("Why is this entered after the deadline?"),
        help_text=gettext_lazy(
            "Needed for values of the agreed period, for example: the numbers of September were known on "
            "5 October. If you replace one: why the other does not count. Whoever reads the values reads "
            "this too."
        ),
        required=False,
        at_most=300,
    )
    field.waits = True  # for a value of the agreed period, or one that is replaced
    return field


def _counted() -> MeasuredField:
    label = gettext_lazy("How many were counted?")
    return MeasuredField(label=label, max_digits=18, decimal_places=6, min_value=0)


def _volume() -> MeasuredField:
    label, hint = gettext_lazy("Out of how many?"), gettext_lazy("For example all orders of that week.")
    return MeasuredField(label=label, help_text=hint, max_digits=18, decimal_places=6)


class StrikeForm(forms.Form):
    """The day of a value that is struck out, and why."""

    on = DayField()
    reason = Line(required=False, at_most=300)


class ValueForm(forms.Form):
    """One value on one day. A share is typed as a percentage."""

    on = DayField(label=gettext_lazy("Measured on"))
    value = MeasuredField(label=pgettext_lazy("measurement", "Value"), max_digits=18, decimal_places=6)
    origin = origin_field()
    replace = forms.BooleanField(
        label=gettext_lazy("Replace the value that stands on this day"), required=False
    )

    def __init__(self, *args: Any, criterion: AgreedCriterion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        if is_over(criterion):
            self.fields["reason"] = reason_field()
        if is_weighted(criterion):
            self.fields |= {"value": _counted(), "out_of": _volume()}
        elif kind_of(criterion) != "number":
            self._may_be_a_share()
        elif criterion.unit:
            self.fields["value"].help_text = _("In %(unit)s.") % {"unit": criterion.unit}

    def _may_be_a_share(self) -> None:
        self.fields["value"].percents = True
        self.fields["value"].help_text = _("As a percentage: 70 or 70%.")
        if kind_of(self.criterion) == "share":
            self.fields["value"].shares = True
            self.fields["value"].help_text = _(
                "A number out of a total, such as 41 of 50: then it can also be said how sure that is. "
                "Or as a percentage: 70 or 70%."
            )

    def clean(self) -> dict:
        """The value as it was agreed. What lies off the scale that was written down is asked about."""
        given = super().clean() or {}
        if given.get("value") is not None and not is_weighted(self.criterion):
            if self.fields["value"].out_of is not None:
                return given | {"out_of": self.fields["value"].out_of}
            self._take(given)
        return given

    def _take(self, given: dict) -> None:
        row = SeriesRow(1, clock.today(), given["value"], percent=self.fields["value"].percent)
        kind = kind_of(self.criterion)
        found = as_agreed([row], kind=kind, today=clock.today(), percents="whole" if row.percent else None)
        if found.problems:
            self.add_error("value", _said(found.problems[0].id, given["value"]))
            return
        given["value"] = found.rows[0].value
        self._ask_off_the_scale(given["value"])

    def _ask_off_the_scale(self, value: Decimal) -> None:
        """Nobody is sure where a scale ends: one that was written down is asked about."""
        if not (scale := off_the_scale(value, self.criterion)):
            return
        self.fields["sure"] = forms.BooleanField(label=_("This value is right"), required=False)
        if "sure" not in self.data:
            words = _("The scale that was written down runs %(scale)s. If this value is right, say so below.")
            self.add_error("value", words % {"scale": scale})


def _said(problem: Any, value: Decimal) -> str:
    if problem != "percents_unclear":
        return bare(problem)
    return trouble(Trouble(problem, {"whole": decimal(plain(value * 100)), "part": decimal(plain(value))}))


def off_the_scale(value: Decimal, criterion: AgreedCriterion) -> str:
    """The scale in words when `value` lies off it; "" when it does not, or none was written down."""
    known = (criterion.foresight or {}).get("known", {})
    lowest, highest = (Decimal(known[end]) if known.get(end) else None for end in ("lowest", "highest"))
    is_off = (lowest is not None and value < lowest) or (highest is not None and value > highest)
    if is_weighted(criterion) or not is_off:
        return ""
    if lowest is None or highest is None:
        words = _("up to %(end)s") if lowest is None else _("from %(end)s")
        return words % {"end": decimal(highest if lowest is None else lowest)}
    return _("from %(lowest)s to %(highest)s") % {"lowest": decimal(lowest), "highest": decimal(highest)}
