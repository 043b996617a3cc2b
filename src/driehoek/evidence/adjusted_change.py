"""Reliable change that allows for regression to the mean, for unreliable differences or for practice.

Parameters with the same name mean the same everywhere here; `rci` above 0 is a rise.
"""

import math
from dataclasses import dataclass
from typing import Final

from driehoek.evidence.ratings import measurement_error, number, real_spread, usable_reliability
from driehoek.evidence.reliable_change import CRITICAL_VALUE
from driehoek.evidence.undefined import Undefined

CRITICAL_VALUE_EDWARDS_NUNNALLY: Final = 2.0
CRITICAL_VALUE_HAGEMAN_ARRINDELL: Final = 1.65


@dataclass(frozen=True, slots=True)
class AdjustedChange:
    """The score after against the score `expected` without a change, in units of `standard_error`."""

    expected: float
    standard_error: float
    rci: float
    critical_value: float
    reliable: bool


@dataclass(frozen=True, slots=True)
class HagemanArrindellChange:
    """Change corrected for the reliability of difference scores, `r_dd`."""

    sem: float
    r_dd: float
    rci: float
    critical_value: float
    reliable: bool


def edwards_nunnally(
    pre: float, post: float, *, mean_pre: float, sd_pre: float, reliability: float
) -> AdjustedChange:
    """Whether the score after lies outside what the true score before would show by error.

    Parameters as `jacobson_truax`, with `mean_pre` of everybody before. Reliable beyond 2 errors, in
    Speer's form: (post - [r (pre - M) + M]) / (SD sqrt(1 - r)). Raises as `jacobson_truax`.

    Source: Edwards, Yarvis, Mueller, Zingale & Wagman (1978), Eval Q 2, 277-287; Speer (1992), J Consult
    Clin Psychol 60, 402-408.

    >>> f"{edwards_nunnally(30, 2, mean_pre=10, sd_pre=5, reliability=0.8).rci:.4f}"
    '-10.7331'
    """
    expected = _drawn_to_mean(pre, mean_pre, usable_reliability(reliability))
    return _against(post, expected, measurement_error(sd_pre, reliability), CRITICAL_VALUE_EDWARDS_NUNNALLY)


def gulliksen_lord_novick(
    pre: float, post: float, *, mean_pre: float, sd_pre: float, reliability: float
) -> AdjustedChange:
    """Whether the score after differs from the one predicted for somebody who did not change.

    Parameters as `edwards_nunnally`: (post - [r (pre - M) + M]) / (SD sqrt(1 - r^2)), reliable beyond 1.96.
    Raises as `jacobson_truax`.

    Source: Hsu (1989), Behav Assess 11, 459-467, after Lord & Novick (1968).

    >>> f"{gulliksen_lord_novick(30, 2, mean_pre=5, sd_pre=7, reliability=0.8).rci:.4f}"
    '-5.4762'
    """
    r = usable_reliability(reliability)
    # The SEM times sqrt(1 + r) is SD sqrt(1 - r^2).
    error = measurement_error(sd_pre, reliability) * math.sqrt(1 + r)
    return _against(post, _drawn_to_mean(pre, mean_pre, r), error, CRITICAL_VALUE)


def hageman_arrindell(
    pre: float,
    post: float,
    *,
    mean_pre: float,
    sd_pre: float,
    mean_post: float,
    sd_post: float,
    correlation: float,
    reliability: float,
) -> HagemanArrindellChange:
    """Whether one person changed reliably, given how reliable difference scores in this group are.

    Parameters
    ----------
    pre, post : the person's scores. mean_*, sd_* : of the group, the spreads above 0.
    correlation : between before and after in the group, from -1 to 1.
    reliability : of the score before; the one after follows from the same measurement error.

    Returns
    -------
    ((post - pre) r_dd + (M_post - M_pre)(1 - r_dd)) / (sqrt(r_dd) sqrt(2) SEM), reliable beyond 1.65.

    Raises
    ------
    Undefined : difference scores without any reliability, and as `jacobson_truax`.
    ValueError : a correlation outside -1 to 1, and as `jacobson_truax`.

    Source
    ------
    Hageman & Arrindell (1993), Behav Res Ther 31, 693-700.

    Example
    -------
    >>> norms = dict(mean_pre=10, sd_pre=5, mean_post=7, sd_post=6, correlation=0.5, reliability=0.8)
    >>> f"{hageman_arrindell(30, 3, **norms).rci:.4f}"
    '-7.3992'
    """
    before, after, r = number("pre", pre), number("post", post), number("correlation", correlation)
    if not -1 <= r <= 1:
        raise ValueError(f"correlation must lie from -1 to 1, not {correlation}")
    sem, spread_after = measurement_error(sd_pre, reliability), real_spread("sd_post", sd_post)
    spread_before = real_spread("sd_pre", sd_pre)
    # The variance of differences, without the cancellation when both spreads are the same and r is near 1.
    differences = (spread_before - spread_after) ** 2 + 2 * spread_before * spread_after * (1 - r)
    r_dd = 1 - 2 * sem**2 / differences if differences > 0 else 0
    if r_dd <= 0:
        raise Undefined(
            "differences in this group are no larger than measurement error: no change is reliable"
        )
    group = number("mean_post", mean_post) - number("mean_pre", mean_pre)
    rci = ((after - before) * r_dd + group * (1 - r_dd)) / (math.sqrt(r_dd) * math.sqrt(2) * sem)
    critical = CRITICAL_VALUE_HAGEMAN_ARRINDELL
    return HagemanArrindellChange(sem, r_dd, rci, critical, abs(rci) > critical)


def practice_adjusted(
    pre: float, post: float, *, practice_gain: float, sd_pre: float, reliability: float
) -> AdjustedChange:
    """Whether one person changed more than by being measured twice.

    Parameters as `jacobson_truax`, with `practice_gain`: how far the mean of untreated people moved between
    two measurements. Reliable beyond 1.96 S_diff. Raises as `jacobson_truax`.

    Source: Chelune, Naugle, Luders, Sedlak & Awad (1993), Neuropsychology 7, 41-52.

    >>> f"{practice_adjusted(32.5, 47.5, practice_gain=5, sd_pre=7.5, reliability=0.8).rci:.3f}"
    '2.108'
    """
    expected = number("pre", pre) + number("practice_gain", practice_gain)
    return _against(post, expected, math.sqrt(2) * measurement_error(sd_pre, reliability), CRITICAL_VALUE)


def _drawn_to_mean(score: float, mean: float, reliability: float) -> float:
    return reliability * number("score", score) + (1 - reliability) * number("mean", mean)


def _against(post: float, expected: float, error: float, critical: float) -> AdjustedChange:
    rci = (number("post", post) - expected) / error
    return AdjustedChange(expected, error, rci, critical, abs(rci) > critical)
