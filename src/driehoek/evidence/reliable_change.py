"""Whether one person's score moved further than its measurement error.

The reliability must fit the question: internal consistency does not see that days and raters differ, and
makes change look surer than it is; for a mean of raters use ICC(1,k).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

import numpy as np

from driehoek.evidence.ratings import (
    count,
    measurement_error,
    number,
    real_spread,
    size,
    usable_reliability,
    with_gaps,
)
from driehoek.evidence.undefined import Undefined

CRITICAL_VALUE: Final = 1.96


@dataclass(frozen=True, slots=True)
class ReliableChange:
    """One change in units of its error. `percent_change` is None unless the score before is above 0."""

    sem: float
    s_diff: float
    rci: float
    reliable_at_95: bool
    percent_change: float | None


@dataclass(frozen=True, slots=True)
class ReliableChanges:
    """Many changes in units of their error, in the given order; None where the change is missing."""

    sem: float
    s_diff: float
    rci: tuple[float | None, ...]
    reliable_at_95: tuple[bool | None, ...]
    n: int


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """Where a score leaves the lower group (a), enters the better one (b), or is halfway in between (c)."""

    a: float
    b: float
    c: float


@dataclass(frozen=True, slots=True)
class TrueScore:
    """The score drawn towards its group's mean as far as it is unreliable."""

    estimated_true: float
    se_estimate: float


@dataclass(frozen=True, slots=True)
class DetectableChange:
    """Smallest change that exceeds measurement error at 95 and 90 per cent."""

    sem: float
    mdc95: float
    mdc90: float


@dataclass(frozen=True, slots=True)
class DetectableChangeOfMeans:
    """Smallest change between two means of newly drawn raters that exceeds chance."""

    se_difference: float
    mdc95: float
    mdc90: float


def jacobson_truax(pre: float, post: float, *, sd_pre: float, reliability: float) -> ReliableChange:
    """Whether one person changed more than measurement error explains.

    Parameters
    ----------
    pre, post : the score before and after.
    sd_pre : standard deviation between people before, above 0, in the same unit.
    reliability : of the score, from 0 up to but not 1.

    Returns
    -------
    RCI = (post - pre) / S_diff, S_diff = sqrt(2) SD sqrt(1 - r); reliable when above 1.96 in size. The 1984
    version divides by the SEM, without the square root of 2, and finds 41 per cent more.

    Raises
    ------
    Undefined : no spread, a reliability below 0, or one of 1: then there is no error to compare with.
    ValueError : a number that is not finite, a spread below 0, a reliability above 1.

    Source
    ------
    Jacobson & Truax (1991), J Consult Clin Psychol 59, 12-19.

    Example
    -------
    >>> f"{jacobson_truax(32.5, 47.5, sd_pre=7.5, reliability=0.8).rci:.2f}"
    '3.16'
    """
    before, after = number("pre", pre), number("post", post)
    sem = measurement_error(sd_pre, reliability)
    rci = (after - before) / (math.sqrt(2) * sem)
    percent = 100 * (after - before) / before if before > 0 else None
    return ReliableChange(sem, math.sqrt(2) * sem, rci, abs(rci) > CRITICAL_VALUE, percent)


def jacobson_truax_changes(
    changes: Sequence[float | None], *, sd_pre: float, reliability: float
) -> ReliableChanges:
    """`jacobson_truax` for many people at once, given how far each of them moved; None stays None.

    Raises what `jacobson_truax` raises, and Undefined when no change is given at all.

    Source: Jacobson & Truax (1991), J Consult Clin Psychol 59, 12-19.

    >>> jacobson_truax_changes([0, None], sd_pre=5, reliability=0.8).rci
    (0.0, None)
    """
    sem = measurement_error(sd_pre, reliability)
    moved = with_gaps("changes", changes)
    given = ~np.isnan(moved)
    if not given.any():
        raise Undefined("no changes are given")
    rci = moved / (math.sqrt(2) * sem)
    return ReliableChanges(
        sem=sem,
        s_diff=math.sqrt(2) * sem,
        rci=tuple(None if math.isnan(one) else one for one in rci.tolist()),
        reliable_at_95=tuple(None if math.isnan(one) else abs(one) > CRITICAL_VALUE for one in rci.tolist()),
        n=int(given.sum()),
    )


def cutoffs(
    *,
    mean_dysfunctional: float,
    sd_dysfunctional: float,
    mean_functional: float,
    sd_functional: float,
    higher_is_better: bool = True,
) -> Cutoffs:
    """The three scores beyond which somebody belongs to the better group. Only with real norm groups.

    Raises ValueError for a negative spread, or when the better group does not have the better mean;
    Undefined when neither group has any spread.

    Source: Jacobson & Truax (1991): a = M1 + 2 s1, b = M0 - 2 s0, c = (s0 M1 + s1 M0) / (s0 + s1), 1 for the
    lower group and 0 for the better one; with signs turned round when lower is better.

    >>> cutoffs(mean_dysfunctional=40, sd_dysfunctional=7.5, mean_functional=60, sd_functional=7.5)
    Cutoffs(a=55.0, b=45.0, c=50.0)
    """
    lower, better = (
        number("mean_dysfunctional", mean_dysfunctional),
        number("mean_functional", mean_functional),
    )
    spread_lower, spread_better = (
        size("sd_dysfunctional", sd_dysfunctional),
        size("sd_functional", sd_functional),
    )
    up = 1 if higher_is_better else -1
    if up * (better - lower) <= 0:
        raise ValueError("the functional group must have the better mean")
    if spread_lower + spread_better == 0:
        raise Undefined("neither group has any spread, so there is no cutoff")
    share = spread_lower / (spread_lower + spread_better)
    return Cutoffs(
        lower + up * 2 * spread_lower, better - up * 2 * spread_better, lower + share * (better - lower)
    )


def kelley(observed: float, *, group_mean: float, sd: float, reliability: float) -> TrueScore:
    """The best guess at the true score behind an observed one, and its standard error.

    T = r x + (1 - r) M, with error SD sqrt(r (1 - r)). Raises Undefined without spread or for a negative
    reliability, ValueError as `jacobson_truax`. Source: Kelley (1947), Fundamentals of Statistics.

    >>> kelley(2.6, group_mean=3.5, sd=0.5, reliability=0.7).estimated_true
    2.87
    """
    r, spread = usable_reliability(reliability), real_spread("sd", sd)
    return TrueScore(
        r * number("observed", observed) + (1 - r) * number("group_mean", group_mean),
        spread * math.sqrt(r * (1 - r)),
    )


def minimal_detectable_change(*, sd: float, reliability: float) -> DetectableChange:
    """The smallest change of one person that is more than measurement error.

    MDC = z sqrt(2) SEM. Raises as `kelley`. Source: Weir (2005), J Strength Cond Res 19, 231-240.

    >>> f"{minimal_detectable_change(sd=0.55, reliability=0.78).mdc95:.3f}"
    '0.715'
    """
    sem = real_spread("sd", sd) * math.sqrt(1 - usable_reliability(reliability))
    return DetectableChange(sem, _z(0.95) * math.sqrt(2) * sem, _z(0.90) * math.sqrt(2) * sem)


def minimal_detectable_change_of_means(
    *, sd_within: float, k_before: int, k_after: int
) -> DetectableChangeOfMeans:
    """The smallest change between means of raters, newly drawn each time, that is more than chance.

    `sd_within` is the spread between raters of one person. SE = sqrt(s^2 / k1 + s^2 / k2). Raises Undefined
    without spread, ValueError for fewer than one rater. Source: Weir (2005), for means of k raters.

    >>> f"{minimal_detectable_change_of_means(sd_within=0.8, k_before=6, k_after=6).mdc95:.2f}"
    '0.91'
    """
    before, after = count("k_before", k_before), count("k_after", k_after)
    error = real_spread("sd_within", sd_within) * math.sqrt(1 / before + 1 / after)
    return DetectableChangeOfMeans(error, _z(0.95) * error, _z(0.90) * error)


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)
