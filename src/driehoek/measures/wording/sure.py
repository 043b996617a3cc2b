"""How sure a criterion is, in words: never "proved", and too little data is said kindly."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from driehoek.agreements.queries import AgreedCriterion
from driehoek.agreements.wording import in_points, is_percent, plain, shown, with_unit
from driehoek.evidence.certainty import Certainty
from driehoek.evidence.course import FEWEST_FOR_MODEL
from driehoek.evidence.criteria import CHANGE_FORMS, CriterionTerms
from driehoek.kit.templatetags.look import decimal, signed
from driehoek.measures.wording.counts import Row, inside, of_how_many
from driehoek.measures.wording.one import One

STATUS_WORDS: Final = {
    "demonstrated": pgettext_lazy("certainty", "Demonstrated"),
    "not_demonstrated": pgettext_lazy("certainty", "Not demonstrated"),
    "excluded": pgettext_lazy("certainty", "Excluded"),
    "not_assessable": pgettext_lazy("certainty", "Cannot be said"),
}
MARKS: Final = {"demonstrated": "yes", "not_demonstrated": "half", "excluded": "no"}
LATER: Final = gettext_lazy(
    "This is worked out once, when the agreed period is over. "
    "Whoever looks again and again until it turns out well, finds what is not there."
)
NOT_ASKED: Final = gettext_lazy("Without an answer to the first question there is nothing to be sure of.")
REASONS: Final = {
    "counted_in_full": gettext_lazy("Everything was counted, so there is no margin of error."),
    "everybody_answered": gettext_lazy(
        "Everybody who was asked answered, so for this group there is no margin of error."
    ),
    "one_value_before": gettext_lazy(
        "There is one value from before, so nobody can tell how much it goes up and down by itself."
    ),
    "nothing_after": gettext_lazy("There is no value in the agreed period."),
    "too_few_points": gettext_lazy(
        "There are too few values to tell a change from what goes up and down by itself. "
        "That is not the same as no effect."
    ),
    "too_few_raters": gettext_lazy("With fewer than four values no margin of error can be given."),
    "too_few_answered": gettext_lazy("Too few of those who were asked answered."),
    "nobody_answered": gettext_lazy("Nobody answered."),
    "no_spread": gettext_lazy(
        "The values do not differ among themselves, so no margin of error can be given."
    ),
    "answers_not_known": gettext_lazy(
        "Of how many this is a share is not written down, so no margin of error can be given."
    ),
    "ticked_off": gettext_lazy(
        "A list that somebody ticks off tells what was seen, and has no margin of error."
    ),
    "start_not_counted": gettext_lazy(
        "What it started from was not counted in the same way, so no margin of error can be given."
    ),
    "not_counted_in_whole_numbers": gettext_lazy(
        "What was counted are no whole numbers, so no margin of error can be given."
    ),
    "nothing_counted_before": gettext_lazy(
        "Nothing was counted before, so there is nothing to compare with."
    ),
    "no_method_for_this_form": gettext_lazy(
        "For a difference between two rates no margin of error is worked out."
    ),
    "start_not_above_zero": gettext_lazy(
        "It did not start above zero, so a percentage has no margin of error."
    ),
    "start_too_uncertain": gettext_lazy("What it started from is too uncertain to take a percentage of."),
}
A_LEVEL_TAKES: Final = gettext_lazy(
    "To work out how sure a level is takes at least %(fewest)s values from before the period and as many "
    "from in it. Here there are %(before)s and %(after)s."
)
TOO_SHORT: Final = ("one_value_before", "too_few_points")
INTERVALS: Final = frozenset(
    ("reml_ar1", "rate_ratio", "exact_rate", "wilson", "newcombe", "paired_t", "welch", "one_sample_t")
)
"""Methods that give an interval. Where there is none, they were not used after all."""
METHODS: Final = {
    "reml_ar1": gettext_lazy("Two lines through the values, which remember one another (REML, AR(1))"),
    "rate_ratio": gettext_lazy("Exact comparison of two rates"),
    "exact_rate": gettext_lazy("Exact interval of a rate"),
    "wilson": gettext_lazy("Interval of a share (Wilson)"),
    "newcombe": gettext_lazy("Interval of the difference of two shares (Newcombe)"),
    "paired_t": gettext_lazy("The same people before and after (paired t)"),
    "welch": gettext_lazy("Other people before and after (Welch)"),
    "one_sample_t": gettext_lazy("Interval of a mean (t)"),
    "whole_group": gettext_lazy("The whole group"),
    "count": gettext_lazy("Counted in full"),
    "levels": gettext_lazy("Means beside each other"),
    "levels_nap_tau": gettext_lazy("Means and overlap (NAP, Tau)"),
}


def sure(
    criterion: AgreedCriterion, found: Certainty | None, *, is_over: bool, rows: Sequence[Row] = ()
) -> One:
    """The second answer, with its interval, its method and how much stands behind it."""
    if found is None:
        words = NOT_ASKED if is_over else LATER
        return One("unknown", _("Not worked out yet") if not is_over else _("Cannot be said"), str(words))
    mark, answer = MARKS.get(found.status, "unknown"), str(STATUS_WORDS[found.status])
    return One(mark, answer, _says(criterion, found), _facts(criterion, found, rows))


def _says(criterion: AgreedCriterion, found: Certainty) -> str:
    if found.reason == "only_an_indication":
        return _indication(criterion, found)
    if found.low is None or found.high is None:
        return _reason(criterion.terms, found)
    low, high = rounded(found.low, ROUND_FLOOR), rounded(found.high, ROUND_CEILING)
    between = {"low": _size(criterion, low), "high": _size(criterion, high)}
    if found.status == "demonstrated":
        words = _("Chance alone is an unlikely explanation: it lies between %(low)s and %(high)s.")
    elif found.status == "excluded":
        words = _("Also with chance reckoned in it falls short: it lies between %(low)s and %(high)s.")
    else:
        words = _(
            "It may lie anywhere between %(low)s and %(high)s, and the target lies in between: "
            "more data would be needed."
        )
    return words % between


def _reason(terms: CriterionTerms, found: Certainty) -> str:
    """Why there is no interval. A level needs no start, but a long series all the same."""
    if terms.form != "level" or found.reason not in TOO_SHORT:
        return str(REASONS[found.reason])
    before = len(terms.measured_before.values) if terms.measured_before else 0
    return A_LEVEL_TAKES % {"fewest": FEWEST_FOR_MODEL, "before": before, "after": found.n["after"]}


def interval_words(criterion: AgreedCriterion, found: Certainty) -> str:
    """The estimate and both ends of its interval: +12%, −3% to +27%."""
    ends = ((found.estimate, ROUND_HALF_EVEN), (found.low, ROUND_FLOOR), (found.high, ROUND_CEILING))
    sizes = [_size(criterion, rounded(number, how)) for number, how in ends if number is not None]
    facts = dict(zip(("estimate", "low", "high"), sizes, strict=True))
    return _("%(estimate)s, %(low)s to %(high)s") % facts


def _indication(criterion: AgreedCriterion, found: Certainty) -> str:
    """Levels and overlap: to be looked at, and no verdict."""
    facts = {
        "before": _level(criterion, found.beside["mean_before"]),
        "after": _level(criterion, found.beside["mean_after"]),
        "share": decimal(rounded(100 * found.beside["nap"], ROUND_HALF_EVEN)),
    }
    words = _(
        "An indication, and no more: on average %(before)s before and %(after)s after. "
        "Of all pairs of a value before and one after, the later one is better in %(share)s%%."
    )
    return words % facts


def used(found: Certainty) -> str:
    """The method that was used: none, where it gives an interval and could not."""
    return "none" if found.low is None and found.method in INTERVALS else found.method


def method_name(found: Certainty) -> str:
    """What the method is called; nothing where none was used."""
    return str(METHODS.get(used(found), ""))


def _facts(criterion: AgreedCriterion, found: Certainty, rows: Sequence[Row]) -> str:
    """Method and how much stands behind it, in short: also for paper."""
    name, count = method_name(found), counted(found, criterion.terms, rows)
    if found.low is None:
        return ", ".join(filter(None, (name, count)))
    percent = decimal(plain(Decimal(str(found.confidence * 100))))
    return _("%(method)s, interval of %(percent)s%%, %(counted)s") % {
        "method": name,
        "percent": percent,
        "counted": count,
    }


def counted(found: Certainty, terms: CriterionTerms | None = None, rows: Sequence[Row] = ()) -> str:
    """How much stands behind it; with its `rows` also of how many things that were counted are."""
    if terms and terms.counted == "weighted" and (after := of_how_many(inside(terms, rows))):
        return _before_and_after(_volume_before(terms), after)
    before, after_n = found.n.get("before"), found.n.get("after") or 0
    if "of" in found.n:
        return _("%(yes)s of %(all)s") % {"yes": found.n["yes"], "all": found.n["of"]}
    values = ngettext("%(count)s value", "%(count)s values", after_n) % {"count": after_n}
    if before is None:
        return values
    if terms and rows and not terms.measured_before:  # what was agreed as the start was not measured
        return (
            values if terms.form == "level" else _("the agreed start, then %(values)s") % {"values": values}
        )
    return _before_and_after(str(before), str(after_n))


def _volume_before(terms: CriterionTerms) -> str:
    is_change = terms.form in CHANGE_FORMS and terms.measured_before
    return of_how_many(terms.measured_before.values) if is_change and terms.measured_before else ""


def _before_and_after(before: str, after: str) -> str:
    return _("%(before)s before, %(after)s after") % {"before": before, "after": after} if before else after


def _size(criterion: AgreedCriterion, exact: Decimal) -> str:
    """One end of the interval, in the terms of the criterion."""
    if criterion.terms.form == "share_at_least":
        return f"{decimal(shown(exact * 100))}%"
    if criterion.terms.form == "relative_change":
        return f"{signed(shown(exact * 100))}%"
    if criterion.terms.form == "absolute_change":
        size = signed(shown(exact))
        return in_points(size, exact) if is_percent(criterion.unit) else with_unit(size, criterion.unit)
    return with_unit(decimal(shown(exact)), criterion.unit)


def _level(criterion: AgreedCriterion, number: float) -> str:
    return with_unit(decimal(shown(rounded(number, ROUND_HALF_EVEN))), criterion.unit)


def rounded(number: float, rounding: str) -> Decimal:
    """Three figures; the ends of an interval never move inwards."""
    exact = Decimal(repr(number))
    places = max(0, 2 - exact.adjusted()) if exact else 0
    return plain(exact.quantize(Decimal(1).scaleb(-places), rounding=rounding))
