"""How sure a figure over time is, and how sure a rate of things that were counted."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any, Literal

from driehoek.evidence.certainty import Certainty, check, judged_by
from driehoek.evidence.counts import poisson_rate_ratio
from driehoek.evidence.course import levels, sayable
from driehoek.evidence.criteria import CHANGE_FORMS, Direction, Form
from driehoek.evidence.interrupted import segmented_ar1
from driehoek.evidence.overlap import baseline_corrected_tau, nap
from driehoek.evidence.undefined import Undefined

Improvement = Literal["increase", "decrease"]


def of_series(
    before: Sequence[float | None],
    after: Sequence[float | None],
    *,
    form: Form,
    direction: Direction,
    target: float,
    baseline: float | None = None,
    confidence: float = 0.95,
) -> Certainty:
    """How sure it is that what lies behind a figure over time meets the target at the end.

    Parameters
    ----------
    before, after : values at equal distances in time; None keeps its place.
    baseline : the registered start from which a change is counted, taken as it was agreed; None for the mean
        of `before`.

    Returns
    -------
    Certainty. From 12 values in each phase two lines with errors that remember the one before (REML-AR(1)):
    the second line at its last point stands beside the target. `beside` then holds how far that lies from the
    continued first line, which is the third question and not this one. From 5 to 11 not_assessable, with
    levels, NAP and Tau as an indication; below that levels alone; with one value before nothing at all.

    Raises
    ------
    ValueError : a share or a count as form, or what `segmented_ar1` refuses.

    Source
    ------
    Turner et al. (2021), BMC Med Res Methodol 21, 181; limits from simulation of null series in the house.

    Example
    -------
    >>> found = of_series([3, 4, 3], [5, 6, 5], form="level", direction="up", target=5)
    >>> found.status, found.reason, sorted(found.beside)
    ('not_assessable', 'too_few_points', ['mean_after', 'mean_before'])
    """
    check(form, direction, target, confidence)
    if form not in (*CHANGE_FORMS, "level"):
        raise ValueError("a figure over time tells of a change or a level")
    n = {"before": _known(before), "after": _known(after)}
    carries = sayable(n["before"], n["after"])
    if carries == "not_assessable":
        reason = "nothing_after" if not n["after"] else "one_value_before"
        return Certainty("not_assessable", "none", reason, n, confidence=confidence)
    beside = _levels(before, after)
    if carries == "describe":
        return Certainty(
            "not_assessable", "levels", "too_few_points", n, confidence=confidence, beside=beside
        )
    better: Improvement = "increase" if direction == "up" else "decrease"
    beside |= _overlap(before, after, better)
    if carries == "indicative":
        return Certainty(
            "not_assessable", "levels_nap_tau", "only_an_indication", n, confidence=confidence, beside=beside
        )
    return _by_model(before, after, n, beside, form, direction, target, baseline, confidence)


def of_counts(
    events_before: int,
    exposure_before: float,
    events_after: int,
    exposure_after: float,
    *,
    form: Form,
    direction: Direction,
    target: float,
    confidence: float = 0.95,
) -> Certainty:
    """How sure a change or a level is of things that were counted: errors in so many orders.

    Returns
    -------
    Certainty with the exact interval of a ratio of two rates for a relative change, or of one rate for a
    level. not_assessable for an absolute change, and for a relative one when nothing was counted before.

    Raises
    ------
    ValueError : negative counts, no exposure, another form.

    Source
    ------
    Exact conditional test, as R poisson.test; Garwood (1936), Biometrika 28, 437-442.

    Example
    -------
    >>> found = of_counts(41, 3100, 18, 3000, form="relative_change", direction="down", target=0.5)
    >>> found.status, f"{found.low:.2f} {found.high:.2f}"
    ('not_demonstrated', '-0.75 -0.19')
    """
    check(form, direction, target, confidence)
    n = {"before": events_before, "after": events_after}
    facts: dict[str, Any] = {"form": form, "direction": direction, "target": target, "confidence": confidence}
    if form == "level":
        if events_after < 0 or exposure_after <= 0:
            raise ValueError("events are at least 0, and an exposure is above 0")
        low, high = _rate_interval(events_after, exposure_after, confidence)
        return judged_by((events_after / exposure_after, low, high), "exact_rate", n, **facts)
    if form == "absolute_change":
        return Certainty("not_assessable", "none", "no_method_for_this_form", n, confidence=confidence)
    if form != "relative_change":
        raise ValueError("what was counted tells of a relative change or a level")
    if not events_before:
        return Certainty("not_assessable", "rate_ratio", "nothing_counted_before", n, confidence=confidence)
    found = poisson_rate_ratio(
        events_pre=events_before,
        exposure_pre=exposure_before,
        events_post=events_after,
        exposure_post=exposure_after,
        confidence=confidence,
    )
    change = found.rate_ratio - 1, found.ci_low - 1, found.ci_high - 1
    return judged_by(change, "rate_ratio", n, **facts)


def _by_model(
    before: Sequence[float | None],
    after: Sequence[float | None],
    n: Mapping[str, int],
    beside: dict[str, Any],
    form: Form,
    direction: Direction,
    target: float,
    baseline: float | None,
    confidence: float,
) -> Certainty:
    try:
        fitted = segmented_ar1(before, after, confidence=confidence)
    except Undefined:
        return Certainty("not_assessable", "reml_ar1", "no_spread", n, confidence=confidence, beside=beside)
    start = fmean(one for one in before if one is not None) if baseline is None else baseline
    if form == "relative_change" and start <= 0:
        return Certainty(
            "not_assessable", "reml_ar1", "start_not_above_zero", n, confidence=confidence, beside=beside
        )
    zero, size = {"level": (0.0, 1.0), "absolute_change": (start, 1.0)}.get(form, (start, start))
    stands = fitted.standing
    found = ((stands.level - zero) / size, (stands.ci_low - zero) / size, (stands.ci_high - zero) / size)
    beside |= {"effect": fitted.effect.effect, "effect_low": fitted.effect.ci_low}
    beside |= {"effect_high": fitted.effect.ci_high, "phi": fitted.phi}
    facts: dict[str, Any] = {"form": form, "direction": direction, "target": target, "confidence": confidence}
    return judged_by(found, "reml_ar1", n, beside=beside, **facts)


def _rate_interval(events: int, exposure: float, confidence: float) -> tuple[float, float]:
    from scipy.special import gammaincinv

    tail = (1 - confidence) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    return low / exposure, float(gammaincinv(events + 1, 1 - tail)) / exposure


def _levels(before: Sequence[float | None], after: Sequence[float | None]) -> dict[str, Any]:
    found = levels(before, after)
    return {"mean_before": found.mean_before, "mean_after": found.mean_after}


def _overlap(
    before: Sequence[float | None], after: Sequence[float | None], better: Improvement
) -> dict[str, Any]:
    """Overlap, and overlap without the trend that was there already; the second may not exist."""
    found: dict[str, Any] = {"nap": nap(before, after, improvement=better).nap}
    try:
        corrected = baseline_corrected_tau(before, after, improvement=better)
    except Undefined:
        return found
    return found | {"tau": corrected.tau, "tau_bc": corrected.tau_bc}


def _known(values: Sequence[float | None]) -> int:
    return sum(1 for one in values if one is not None)
