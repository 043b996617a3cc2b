"""The course of one figure over time, without a model: levels, percentages and a break."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from driehoek.evidence.given import Numbers, Values, placed, present, two_sided_z
from driehoek.evidence.undefined import Undefined

Sayable = Literal["not_assessable", "describe", "indicative", "model"]

FEWEST_INDICATIVE: Final = 5
FEWEST_FOR_MODEL: Final = 12
SHARE_OF_SEGMENT: Final = 0.15


@dataclass(frozen=True, slots=True)
class Levels:
    """Two means and their difference; a spread is None for a phase of one value."""

    mean_before: float
    mean_after: float
    difference: float
    sd_before: float | None
    sd_after: float | None
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True)
class PercentChange:
    """`se` and the interval are None for a phase of one value, and when neither phase varies at all."""

    percent_change: float
    lrr: float
    se: float | None
    percent_ci_low: float | None
    percent_ci_high: float | None
    lrr_bias_corrected: float | None
    percent_change_bias_corrected: float | None
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True)
class GoalObtained:
    """Percent of the agreed distance; `se` and the interval are None as in `PercentChange`."""

    pogo: float
    se: float | None
    ci_low: float | None
    ci_high: float | None
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True)
class MeanShift:
    """The best single break: after how many values, and the means on both sides.

    `bic_prefers_break` tells whether one break describes the series better than none; a best place exists
    in any series.
    """

    break_after_index: int
    break_after_year: float | None
    mean_before: float
    mean_after: float
    bic_prefers_break: bool
    n: int


def sayable(n_before: int, n_after: int) -> Sayable:
    """What so many points in each phase can carry.

    "model" from 12 in each, "indicative" from 5, "describe" below; "not_assessable" without a second point
    before or without any after.

    Source
    ------
    Limits from simulation of null series in the house, and the pilot standard of WWC (2022).

    Example
    -------
    >>> sayable(12, 14), sayable(6, 12), sayable(3, 9), sayable(1, 20)
    ('model', 'indicative', 'describe', 'not_assessable')
    """
    if min(n_before, n_after) < 0:
        raise ValueError("a number of points is at least 0")
    if n_before < 2 or n_after < 1:
        return "not_assessable"
    fewest = min(n_before, n_after)
    if fewest < FEWEST_INDICATIVE:
        return "describe"
    return "model" if fewest >= FEWEST_FOR_MODEL else "indicative"


def levels(before: Values, after: Values) -> Levels:
    """The mean of each phase, and how far the second lies above the first.

    Parameters
    ----------
    before, after : at least one number each, in the same unit; None is left out.

    Raises
    ------
    Undefined : a phase has no values.
    ValueError : a value is not a finite number.

    Source
    ------
    Arithmetic: means, and standard deviations over n - 1.

    Example
    -------
    >>> levels([70, 72], [80, None, 84]).difference
    11.0
    """
    earlier, later = present("before", before), present("after", after)
    low, high = float(earlier.mean()), float(later.mean())
    return Levels(low, high, high - low, _sd(earlier), _sd(later), earlier.size, later.size)


def percent_change(before: Values, after: Values, *, confidence: float = 0.95) -> PercentChange:
    """By how many percent the mean changed, with an interval through the logarithm of the ratio.

    Takes the points as independent of one another; a rising or falling series is not.

    Parameters
    ----------
    before, after : at least one number each, on a scale where 0 means nothing; None is left out.
    confidence : of the interval, between 0 and 1.

    Returns
    -------
    PercentChange: percent_change from -100 up, lrr as the natural logarithm of the ratio, unrounded.

    Raises
    ------
    Undefined : a phase is empty, a mean is 0, or a value lies below 0.
    ValueError : a value is not a finite number, or confidence outside (0, 1).

    Source
    ------
    Pustejovsky (2018), Journal of School Psychology 68, 99-112; R SingleCaseES::LRRd without truncation.
    Bias correction: + s2_B / (2 n_B M_B^2) - s2_A / (2 n_A M_A^2). The interval is the uncorrected one.

    Example
    -------
    >>> f"{percent_change([4, 4, 5, 3], [2, 2, 1, 3]).percent_change:.1f}"
    '-50.0'
    """
    z, earlier, later = two_sided_z(confidence), present("before", before), present("after", after)
    if min(earlier.min(), later.min()) < 0:
        raise Undefined("a percentage needs a scale that starts at 0, and a value lies below it")
    if earlier.max() == 0 or later.max() == 0:
        raise Undefined("a phase is 0 throughout, and the logarithm of the ratio needs both above 0")
    lrr = float(np.log(later.mean()) - np.log(earlier.mean()))
    noise = [_relative_variance(phase) for phase in (earlier, later)]
    se = low = high = corrected = corrected_percent = None
    if noise[0] is not None and noise[1] is not None:
        corrected = lrr + (noise[1] - noise[0]) / 2
        corrected_percent = 100 * math.expm1(corrected)
        se = math.sqrt(noise[0] + noise[1]) or None
    if se is not None:
        low, high = (100 * math.expm1(lrr + sign * z * se) for sign in (-1, 1))
    percent = 100 * math.expm1(lrr)
    return PercentChange(percent, lrr, se, low, high, corrected, corrected_percent, earlier.size, later.size)


def pogo(before: Values, after: Values, *, goal: float, confidence: float = 0.95) -> GoalObtained:
    """How much of the agreed distance from the first level to the goal was covered, in percent.

    Parameters
    ----------
    before, after : at least one number each, in the same unit as the goal; None is left out.
    goal : the agreed level, above or below the mean before.

    Returns
    -------
    GoalObtained: 100 is exactly the goal, 0 no change; below 0 and above 100 exist.

    Raises
    ------
    Undefined : a phase is empty, or the mean before is the goal.
    ValueError : a number is not finite, or confidence outside (0, 1).

    Source
    ------
    Ferron, Goldstein, Olszewski & Rohrer (2020), Evidence-Based Communication Assessment and Intervention
    14, 6-27; R SingleCaseES::PoGO, normal interval. Its standard error takes the change and the distance
    as independent, though both hold the first level: too wide above 0 percent, too narrow below.

    Example
    -------
    >>> pogo([70, 72, 68], [84, 86, 88], goal=90).pogo
    80.0
    """
    z, earlier, later = two_sided_z(confidence), present("before", before), present("after", after)
    if not math.isfinite(goal):
        raise ValueError("goal must be a finite number")
    start, end = float(earlier.mean()), float(later.mean())
    distance, covered = goal - start, end - start
    if abs(distance) <= 1e-12 * max(abs(goal), abs(start)):
        raise Undefined("the first level is the goal already: there is no distance to cover")
    percent = 100 * covered / distance
    noise = [_variance_of_mean(phase) for phase in (earlier, later)]
    if noise[0] is None or noise[1] is None or noise[0] + noise[1] == 0:
        return GoalObtained(percent, None, None, None, earlier.size, later.size)
    se = 100 * math.sqrt(noise[0] + noise[1] + noise[0] * (covered / distance) ** 2) / abs(distance)
    return GoalObtained(percent, se, percent - z * se, percent + z * se, earlier.size, later.size)


def mean_shift(values: Values, *, years: Sequence[float] | None = None) -> MeanShift:
    """Where the level of a series changed most, were it to change once.

    Parameters
    ----------
    values : at least 14 numbers in the order of time; None is left out, and the index counts what is there.
    years : one for each value, also for None; the answer then names the last one before the break.

    Raises
    ------
    Undefined : fewer than 14 values, or all of them the same.
    ValueError : years of another length, or a value that is not a finite number.

    Source
    ------
    Bai & Perron (2003), Journal of Applied Econometrics 18, 1-22, for one break: least squares, each side at
    least floor(0.15 n) values (the default of R strucchange). BIC as there: 2 and 4 parameters.

    Example
    -------
    >>> mean_shift([1, 2] * 6 + [8, 9] * 6).break_after_index
    12
    """
    given = list(values)
    if years is not None and len(years) != len(given):
        raise ValueError(f"years has {len(years)} entries for {len(given)} values")
    places, there = placed("values", given)
    n, fewest = there.size, int(SHARE_OF_SEGMENT * there.size + 1e-9)
    if fewest < 2:
        raise Undefined(f"a break is looked for in at least 14 values, and there are {n}")
    if np.ptp(there) == 0:
        raise Undefined("all values are the same: nothing breaks")
    centred = there - there.mean()
    size = np.arange(fewest, n - fewest + 1)
    gain = np.cumsum(centred)[size - 1] ** 2 * (n / (size * (n - size)))
    at = int(size[np.argmax(gain)])
    left = sum(float(((side - side.mean()) ** 2).sum()) for side in (there[:at], there[at:]))
    ratio = left / float(centred @ centred)
    prefers = ratio == 0 or n * math.log(ratio) + 2 * math.log(n) < 0
    year = None if years is None else years[int(places[at - 1]) - 1]
    return MeanShift(at, year, float(there[:at].mean()), float(there[at:].mean()), prefers, n)


def _sd(phase: Numbers) -> float | None:
    variance = _variance_of_mean(phase)
    return None if variance is None else math.sqrt(variance * phase.size)


def _variance_of_mean(phase: Numbers) -> float | None:
    if np.ptp(phase) == 0:  # rounding in the mean would leave a speck of variance in equal values
        return 0.0 if phase.size > 1 else None
    return float(phase.var(ddof=1)) / phase.size


def _relative_variance(phase: Numbers) -> float | None:
    # Divided before squaring: a mean of 1e-200 squared would be 0.
    return _variance_of_mean(phase / phase.mean())
