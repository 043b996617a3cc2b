"""Of how many a share or a rate is: beside every such figure, or a word that nobody wrote it down."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.agreements.wording import shown
from driehoek.evidence.criteria import CriterionTerms, Verdict
from driehoek.kit.templatetags.look import decimal

NOT_NOTED: Final = gettext_lazy("of how many is not known")
NONE_NOTED: Final = gettext_lazy("It is not known of how many each value is.")


class Row(Protocol):
    """A value with its day and, where it is known, of how many it is."""

    @property
    def on(self) -> date: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def out_of(self) -> Decimal | None: ...


def is_out_of(terms: CriterionTerms) -> bool:
    """Whether its values are shares or rates, which say nothing without of how many they are."""
    return terms.form == "share_at_least" or terms.counted == "weighted"


def inside(terms: CriterionTerms, rows: Iterable[Row]) -> list[Row]:
    """The values that lie in the agreed period."""
    starts, ends = terms.window_starts, terms.deadline
    return [one for one in rows if starts and ends and starts <= one.on <= ends]


def of_how_many(rows: Sequence[Row]) -> str:
    """So many of so many, taken together, or in so many; empty where it is not known of one of them."""
    if not rows or not all(one.out_of for one in rows):
        return ""
    yes, volume = (sum(map(Fraction, found), Fraction(0)) for found in zip(*map(_pair, rows), strict=True))
    words = _("%(yes)s of %(all)s") if yes <= volume else _("%(yes)s in %(all)s")
    return words % {"yes": decimal(shown(yes)), "all": decimal(shown(volume))}


def beside_value(terms: CriterionTerms, verdict: Verdict, rows: Iterable[Row]) -> str:
    """What stands in brackets behind the value of a verdict; empty where it needs nothing there."""
    if not is_out_of(terms) or verdict.measured_on is None:
        return ""
    judged = [one for one in rows if one.on == verdict.measured_on]
    if verdict.pooled:
        judged = [one for one in inside(terms, rows) if one.on <= verdict.measured_on]
    return (of_how_many(judged) or str(NOT_NOTED)) if judged else ""


def beside_start(terms: CriterionTerms) -> str:
    """What stands in brackets behind the start; empty where it needs nothing there."""
    before = terms.measured_before
    if not is_out_of(terms) or terms.baseline is None or (before and not before.is_weighted):
        return ""
    return of_how_many(before.values if before else ()) or str(NOT_NOTED)


def bracketed(words: str, beside: str) -> str:
    """A figure with what stands in brackets behind it."""
    return f"{words} ({beside})" if words and beside else words


def _pair(row: Row) -> tuple[Decimal, Decimal]:
    return row.value, row.out_of or Decimal(0)
