"""The second question about one criterion, from what was agreed and what was measured."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from driehoek.evidence.certainty import Certain, Certainty, judged_by
from driehoek.evidence.certainty_of_series import of_counts, of_series
from driehoek.evidence.criteria import CriterionTerms, Number, Observation, Verdict
from driehoek.evidence.proportions import wilson_interval
from driehoek.evidence.shares import difference_newcombe

ANSWERED = ("reached", "not_reached")


def certainty_of(
    terms: CriterionTerms, observations: Sequence[Observation], verdict: Verdict
) -> Certainty | None:
    """How sure it is that what lies behind the numbers meets the target; None until that can be asked.

    It is asked once, when the agreed period is over and the first question has its answer: whoever looks
    again and again until it turns out well, finds in the end what is not there.

    Parameters
    ----------
    terms, observations, verdict : as judged; values inside the window count, and as the start what was
        measured before it.

    Returns
    -------
    Certainty. A running total is known and not sampled. A share of which is known how many answered has the
    interval of a share; of a percentage nobody knows that, and a list that is ticked off has no answers. What
    weighs by its volume is a share of it, or a rate where that can exceed it; all the rest is a series.

    Example
    -------
    >>> from datetime import date
    >>> terms = CriterionTerms("count", "up", Decimal(6), date(2026, 1, 1), date(2026, 6, 30))
    >>> seen = [Observation(date(2026, 6, 1), Decimal(6))]
    >>> from driehoek.evidence.criteria import judge
    >>> certainty_of(terms, seen, judge(terms, seen, date(2026, 7, 1))).reason
    'counted_in_full'
    >>> terms = CriterionTerms("share_at_least", "up", Decimal("0.8"), date(2026, 1, 1), date(2026, 6, 30))
    >>> seen = [Observation(date(2026, 6, 1), Decimal(41), Decimal(50))]
    >>> found = certainty_of(terms, seen, judge(terms, seen, date(2026, 7, 1)))
    >>> found.status, f"{found.low:.3f} {found.high:.3f}"
    ('not_demonstrated', '0.692 0.902')
    """
    if verdict.status not in ANSWERED or terms.window_starts is None or terms.deadline is None:
        return None
    inside = [one for one in observations if terms.window_starts <= one.on <= terms.deadline]
    inside.sort(key=lambda one: one.on)
    if terms.form == "count":
        status: Certain = "demonstrated" if verdict.status == "reached" else "excluded"
        n = {"after": len(inside)}
        return Certainty(status, "count", "counted_in_full", n, estimate=_as_float(verdict.value))
    if terms.form == "share_at_least":
        return _share(terms, inside)
    if terms.counted == "weighted":
        return _weighted(terms, inside)
    before = [float(one.value) for one in terms.measured_before.values] if terms.measured_before else []
    if not before and terms.baseline is not None:
        before = [float(terms.baseline)]
    return of_series(
        before,
        [float(one.value) for one in inside],
        form=terms.form,
        direction=terms.direction,
        target=float(terms.target),
        baseline=_as_float(terms.baseline),
    )


def _share(terms: CriterionTerms, inside: Sequence[Observation]) -> Certainty:
    """So many of so many: of the value that counts, or of all of them together where they weigh."""
    judged = inside if terms.counted == "weighted" else inside[-1:]
    yes, volume, is_part = _sums([(one.value, one.out_of) for one in judged])
    if any(one.ticked for one in judged) or not all(one.out_of for one in judged):
        reason = "ticked_off" if any(one.ticked for one in judged) else "answers_not_known"
        return Certainty("not_assessable", "none", reason, {"after": len(inside)})
    n = {"yes": int(yes), "of": int(volume)}
    if not is_part or yes != n["yes"] or volume != n["of"]:
        return Certainty("not_assessable", "none", "not_counted_in_whole_numbers", {"after": len(inside)})
    low, high = wilson_interval(n["yes"], n["of"])
    facts: dict[str, Any] = {"form": terms.form, "direction": terms.direction, "confidence": 0.95}
    return judged_by((float(yes / volume), low, high), "wilson", n, target=float(terms.target), **facts)


def _weighted(terms: CriterionTerms, inside: Sequence[Observation]) -> Certainty:
    after = _sums([(one.value, one.out_of) for one in inside])
    earlier = terms.measured_before.values if terms.measured_before else ()
    before = _sums([(one.value, one.out_of) for one in earlier])
    whole = all(number == int(number) for number in (*after[:2], *before[:2]))
    n = {"before": int(before[0]), "after": int(after[0])}
    if any(one.ticked for one in inside):
        return Certainty("not_assessable", "none", "ticked_off", {"after": len(inside)})
    if not whole:
        return Certainty("not_assessable", "none", "not_counted_in_whole_numbers", n)
    facts: dict[str, Any] = {"form": terms.form, "direction": terms.direction, "target": float(terms.target)}
    if terms.form == "relative_change":
        if not before[1]:
            return Certainty("not_assessable", "rate_ratio", "start_not_counted", n)
        return of_counts(int(before[0]), float(before[1]), int(after[0]), float(after[1]), **facts)
    if not (after[2] and before[2]):  # more than one per piece: a rate, and no share
        return of_counts(int(before[0]), float(before[1]), int(after[0]), float(after[1]), **facts)
    yes, volume = int(after[0]), int(after[1])
    facts["confidence"] = 0.95
    if terms.form == "level":
        low, high = wilson_interval(yes, volume)
        return judged_by((yes / volume, low, high), "wilson", {"yes": yes, "of": volume}, **facts)
    if not before[1]:
        return Certainty("not_assessable", "newcombe", "start_not_counted", n)
    found = difference_newcombe(yes, volume, int(before[0]), int(before[1]))
    return judged_by((found.difference, found.low, found.high), "newcombe", n, **facts)


def _sums(rows: Sequence[tuple[Number, Number | None]]) -> tuple[Fraction, Fraction, bool]:
    """What was counted, out of how much, and whether it never was more than that."""
    counted = sum((Fraction(value) for value, _ in rows), Fraction(0))
    volume = sum((Fraction(out_of or 0) for _, out_of in rows), Fraction(0))
    return counted, volume, all(Fraction(value) <= Fraction(out_of or 0) for value, out_of in rows)


def _as_float(number: Decimal | Fraction | None) -> float | None:
    return None if number is None else float(number)
