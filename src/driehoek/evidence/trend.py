"""The trend of a series without a model: the median of slopes, and Kendall's test."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from driehoek.evidence.given import Numbers, placed
from driehoek.evidence.undefined import Undefined

# scipy is imported inside the functions that need it: importing it takes two seconds.

MOST_FOR_SLOPE: Final = 5_000
MOST_COMPARED_AT_ONCE: Final = 2_000
"""With more values a cleverer way is worth the two seconds that scipy.stats takes to import."""
MOST_FOR_EXACT_TREND: Final = 33


@dataclass(frozen=True, slots=True)
class Slopes:
    """The line through the medians, and the slope of least squares beside it."""

    slope: float
    intercept_median_residual: float
    ols_slope: float
    n: int


def theil_sen(x: Sequence[float | None], y: Sequence[float | None]) -> Slopes:
    """The slope that one stray point cannot bend: the median of the slopes between all pairs.

    Parameters
    ----------
    x, y : equally long, at most 5,000 points; a point where either is None is left out.

    Returns
    -------
    Slopes: intercept_median_residual is the median of y - slope x, not median(y) - slope median(x).

    Raises
    ------
    Undefined : fewer than two points at different x.
    ValueError : lists of different length, a value that is not a finite number, too many points.

    Source
    ------
    Sen (1968), JASA 63, 1379-1389; intercept of Conover, as R zyp and scipy's theilslopes with "joint".

    Example
    -------
    >>> theil_sen([1, 2, 3, 4, 5], [1, 2, 3, 4, 50]).slope
    1.0
    """
    if len(x) != len(y):
        raise ValueError(f"x and y are equally long, not {len(x)} and {len(y)}")
    points = [(one, other) for one, other in zip(x, y, strict=True) if one is not None and other is not None]
    across, up = placed("x", [one for one, _ in points])[1], placed("y", [other for _, other in points])[1]
    slope, intercept = median_line(across, up)
    away = across - across.mean()
    return Slopes(slope, intercept, float(away @ (up - up.mean()) / (away @ away)), across.size)


def median_line(times: Numbers, values: Numbers) -> tuple[float, float]:
    """The median of the slopes between all pairs of points, and the median of what is left of each value.

    Raises Undefined when no two points differ in time, and ValueError above 5,000 points.

    >>> median_line(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 5.0]))
    (2.0, -1.0)
    """
    if values.size > MOST_FOR_SLOPE:
        raise ValueError(f"a median of slopes takes at most {MOST_FOR_SLOPE} points, not {values.size}")
    if values.size < 2 or np.ptp(times) == 0:
        raise Undefined("a line needs two points at different times")
    first, second = np.triu_indices(values.size, 1)
    runs, rises = times[second] - times[first], values[second] - values[first]
    slope = float(np.median(rises[runs != 0] / runs[runs != 0]))
    return slope, float(np.median(values - slope * times))


def trend_p(values: Numbers) -> float | None:
    """Two-sided p of Kendall's test for a trend in values in the order of time, as R's package Kendall.

    None under 3 values or when all are the same.

    >>> f"{trend_p(np.array([1.0, 2.0, 2.0, 3.0])):.4f}"
    '0.1486'
    """
    n = values.size
    if n < 3 or np.ptp(values) == 0:
        return None
    _, counts = np.unique(values, return_counts=True)
    if counts.max() == 1 and n <= MOST_FOR_EXACT_TREND:
        return _exact_p(n, sign_sum(values))
    score = sign_sum(values)
    tied = float((counts * (counts - 1.0) * (2.0 * counts + 5)).sum())
    variance = (n * (n - 1.0) * (2 * n + 5) - tied) / 18
    return math.erfc(max(abs(score) - 1, 0) / math.sqrt(2 * variance))


def sign_sum(values: Numbers) -> int:
    """How many pairs rise minus how many fall, over all pairs of values in the order of time.

    >>> sign_sum(np.array([3.0, 3.0, 4.0, 5.0]))
    5
    """
    if values.size < 2 or np.ptp(values) == 0:
        return 0
    if values.size <= MOST_COMPARED_AT_ONCE:
        return int(np.triu(np.sign(values - values[:, np.newaxis]), 1).sum())
    from scipy import stats

    n = values.size
    _, counts = np.unique(values, return_counts=True)
    pairs, tied = n * (n - 1) / 2, float((counts * (counts - 1.0)).sum()) / 2
    tau = float(stats.kendalltau(np.arange(n), values, method="asymptotic").statistic)
    return round(tau * math.sqrt(pairs * (pairs - tied)))


def _exact_p(n: int, score: int) -> float:
    """How often values in random order would rise or fall at least so much, over all orders."""
    falling = (n * (n - 1) // 2 - abs(score)) // 2
    return min(1.0, 2 * float(_shares(n)[: falling + 1].sum()))


@cache
def _shares(n: int) -> Numbers:
    """Of all orders of so many values, by the number of pairs that fall."""
    shares = np.ones(1)
    for size in range(2, n + 1):
        shares = np.convolve(shares, np.full(size, 1 / size))
    return shares
