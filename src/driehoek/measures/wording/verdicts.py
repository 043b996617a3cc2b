"""Verdicts and values in words. Rounding happens here, never below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from driehoek.agreements.queries import AgreedCriterion
from driehoek.agreements.wording import (
    criterion_words,
    in_points,
    is_percent,
    milestone_words,
    shown,
    starting_value,
    two_digits,
    with_unit,
)
from driehoek.evidence.criteria import CHANGE_FORMS, Verdict
from driehoek.kit.templatetags.look import day, decimal, signed
from driehoek.measures.models import Observation, Strike
from driehoek.measures.wording.counts import Row, beside_start, beside_value, bracketed, of_how_many

AT_LENGTH = 5  # so many values that were struck out at once are named one by one

STATUS_WORDS = {
    "reached": pgettext_lazy("criterion", "Reached"),
    "not_reached": pgettext_lazy("criterion", "Not reached"),
    "not_due": pgettext_lazy("criterion", "Not due yet"),
    "no_data": pgettext_lazy("criterion", "No data"),
    "not_assessable": pgettext_lazy("criterion", "Cannot be assessed"),
    "stopped_early": pgettext_lazy("criterion", "Stopped early"),
}
STATUS_KINDS = {
    "reached": "ok",
    "not_reached": "bad",
    "not_due": "open",
}
STATUS_MARKS = {
    "reached": "yes",
    "not_reached": "no",
    "not_due": "open",
}
REASON_SENTENCES = {
    "target_met": gettext_lazy("The last value in the agreed period reaches the target."),
    "target_missed": gettext_lazy("The last value in the agreed period does not reach the target."),
    "before_deadline": gettext_lazy("The agreed period runs until %(deadline)s, that day included."),
    "stopped_in_window": gettext_lazy(
        "The work stopped before the agreed period ended on %(deadline)s: neither reached nor missed."
    ),
    "anchor_not_reached": gettext_lazy(
        "Not due: %(milestone)s has not been reached, so the agreed period has not begun."
    ),
    "stopped_before_anchor": gettext_lazy(
        "The work stopped before %(milestone)s was reached, so the agreed period never began."
    ),
    "nothing_measured": gettext_lazy(
        "Nothing was measured in the agreed period. That is not the same as no effect."
    ),
    "measured_early": gettext_lazy("All values were measured before the agreed period."),
    "measured_late": gettext_lazy(
        "The value was measured after the deadline. That departs from what was agreed."
    ),
    "baseline_missing": gettext_lazy("Without a baseline nobody can tell how much it changed."),
    "baseline_zero": gettext_lazy("The baseline is zero, and of zero no percentage can be taken."),
    "baseline_negative": gettext_lazy("The baseline is below zero, so a percentage would mean the opposite."),
    "baseline_after_start": gettext_lazy(
        "The period of the starting value ran on into the agreed period, so it does not show what was before."
    ),
    "share_out_of_range": gettext_lazy("A share lies between 0 and 100 percent; this value does not."),
    "volume_missing": gettext_lazy(
        "A value in the period does not say what it is out of, so nobody can tell how much it weighs."
    ),
    "two_values_on_one_day": gettext_lazy(
        "Two values stand on the day that counts. Nobody agreed which one holds."
    ),
}
ON_TARGET: dict[tuple[str, bool | None], Any] = {
    ("not_due", True): gettext_lazy("It meets the target now; a later value can still change that."),
    ("not_due", False): gettext_lazy("It does not meet the target now; a later value can still change that."),
    ("stopped_early", True): gettext_lazy("It met the target at that moment."),
    ("stopped_early", False): gettext_lazy("It did not meet the target at that moment."),
}
POOLED_SENTENCES = {
    "target_met": gettext_lazy("Everything in the agreed period together reaches the target."),
    "target_missed": gettext_lazy("Everything in the agreed period together does not reach the target."),
}
MOMENT_SHUT = {
    "interim": gettext_lazy("The interim score stands as it is: the closing has begun. Score the end now."),
    "end": gettext_lazy(
        "The end is scored from the day of the last session or goal, or once the closing has begun."
    ),
}


@dataclass(frozen=True)
class Answer:
    """A verdict in words: the first of the three answers, as agreed. Put in words when a page says it.

    `rows` are the values it was judged on: a share or a rate is told with of how many it is.
    """

    criterion: AgreedCriterion
    verdict: Verdict
    rows: Sequence[Row] = ()

    @property
    def status(self) -> str:
        return str(STATUS_WORDS[self.verdict.status])

    @property
    def kind(self) -> str:
        return STATUS_KINDS.get(self.verdict.status, "neutral")

    @property
    def mark(self) -> str:
        return STATUS_MARKS.get(self.verdict.status, "unknown")

    @property
    def reason(self) -> str:
        return reason(self.criterion, self.verdict)

    @property
    def agreed(self) -> str:
        return agreed(self.criterion)

    @property
    def start(self) -> str:
        terms = self.criterion.terms
        return bracketed(starting_value(terms), beside_start(terms))

    @cached_property
    def value(self) -> str:  # a template asks it thrice
        beside = beside_value(self.criterion.terms, self.verdict, self.rows)
        return bracketed(value(self.verdict.value, self.criterion), beside)

    @property
    def change(self) -> str:
        return change(self.verdict, self.criterion)


def agreed(criterion: AgreedCriterion) -> str:
    """What was agreed for this criterion, in one line."""
    return criterion_words(criterion.terms)


def reason(criterion: AgreedCriterion, verdict: Verdict) -> str:
    """Why the verdict is what it is, in one sentence."""
    pooled = POOLED_SENTENCES.get(verdict.reason) if verdict.pooled else None
    anchor = criterion.terms.anchor
    facts = {"deadline": day(verdict.deadline), "milestone": milestone_words(anchor) if anchor else ""}
    return str(pooled or REASON_SENTENCES[verdict.reason]) % facts


def value(number: Decimal | Fraction | None, criterion: AgreedCriterion) -> str:
    """A measured or agreed value with its unit; a share as a percentage."""
    if number is None:
        return ""
    if criterion.terms.form == "share_at_least":
        return f"{decimal(shown(number * 100))}%"
    return with_unit(decimal(shown(number)), criterion.unit)


def entered(row: Observation, criterion: AgreedCriterion) -> str:
    """A value as it was entered; where it weighs, also what it is out of: "0.08 errors (24 of 300)"."""
    if row.out_of is None:
        return value(row.rate, criterion)
    words = value(_to_read(row.rate, 100 if criterion.terms.form == "share_at_least" else 1), criterion)
    return bracketed(words, of_how_many([row]))


def _to_read(rate: Decimal | Fraction, factor: int) -> Decimal:
    """A rate as it is rounded on a page: what it was worked out of stands beside it."""
    exact = Fraction(rate * factor)
    return two_digits(Decimal(exact.numerator) / exact.denominator) / factor


def change(verdict: Verdict, criterion: AgreedCriterion) -> str:
    """How much it changed, signed; nothing when no change was agreed."""
    if verdict.change is None:
        return ""
    if criterion.terms.form == "relative_change":
        return f"{signed(shown(verdict.change * 100))}%"
    size = signed(shown(verdict.change))
    if is_percent(criterion.unit):
        return in_points(size, verdict.change)
    return with_unit(size, criterion.unit)


def struck_lines(criterion: AgreedCriterion, struck: Iterable[Observation]) -> list[str]:
    """One line for each time that somebody struck something out: what, who, when and why."""
    deeds: dict[Strike, list[Observation]] = {}
    for row in struck:
        if row.struck:
            deeds.setdefault(row.struck, []).append(row)
    return [
        " ".join(
            (
                _("%(what)s: struck out by %(name)s on %(day)s.")
                % {"what": several(rows, criterion), "name": deed.by, "day": day(deed.at)},
                deed.reason,
            )
        ).strip()
        for deed, rows in sorted(deeds.items(), key=lambda one: one[0].at)
    ]


def several(rows: list[Observation], criterion: AgreedCriterion) -> str:
    """Values with their days; many of them as how many there are."""
    if len(rows) > AT_LENGTH:
        days = {"count": len(rows), "first": day(rows[0].on), "last": day(rows[-1].on)}
        return _("%(count)s values from %(first)s to %(last)s") % days
    return ", ".join(
        _("%(value)s of %(day)s") % {"value": entered(row, criterion), "day": day(row.on)} for row in rows
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """How a criterion's values are drawn: a share as a percentage, and where the target lies."""

    factor: int
    unit: str
    target: Decimal | None

    @property
    def target_words(self) -> str:
        """The words beside the target line."""
        if self.target is None:
            return ""
        return _("target: %(value)s") % {"value": f"{decimal(shown(self.target))}{self.unit}"}


def scale_of(criterion: AgreedCriterion) -> Scale:
    """The axis of a criterion; no target line where the agreed change has nothing to start from."""
    terms = criterion.terms
    if terms.form == "share_at_least":
        return Scale(100, "%", terms.target * 100)
    if terms.form not in CHANGE_FORMS:
        return Scale(1, "", terms.target)
    if terms.baseline is None:
        return Scale(1, "", None)
    start, size = Fraction(terms.baseline), Fraction(terms.target)
    size = size * start if terms.form == "relative_change" else size
    return Scale(1, "", shown(start + size if terms.direction == "up" else start - size))
