"""How far two phases of one series overlap: NAP, Tau, Tau-U and baseline-corrected Tau."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from driehoek.evidence.given import Numbers, Values, placed, present, two_sided_z
from driehoek.evidence.trend import median_line, sign_sum, trend_p
from driehoek.evidence.undefined import Undefined

# scipy is imported inside the functions that need it: importing it takes two seconds.

Improvement = Literal["increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Nap:
    """`se` is None where the unbiased variance does not exist: one value in a phase, or a negative one."""

    nap: float
    tau_nonoverlap: float
    se: float | None
    ci_low: float
    ci_high: float
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True)
class TauU:
    """Tau, and Tau minus the trend of the first phase; `s_` are sums of signs over pairs."""

    tau: float
    tau_u: float
    s_between: int
    s_before: int


@dataclass(frozen=True, slots=True)
class BaselineCorrectedTau:
    """Always both: `tau_b` as measured, and `tau_bc` after the trend of the first phase is taken away.

    `tau` counts ties as half a win, `tau_b` and `tau_bc` are Kendall's correlation with the phase.
    `baseline_trend_p` is None under 3 values, or when all of them are the same.
    """

    tau: float
    tau_u: float
    tau_b: float
    se_tau_b: float
    tau_bc: float
    se: float
    ci_low: float
    ci_high: float
    baseline_slope: float
    baseline_intercept: float
    baseline_trend_p: float | None
    n_before: int
    n_after: int


def nap(
    before: Values, after: Values, *, improvement: Improvement = "increase", confidence: float = 0.95
) -> Nap:
    """Share of (before, after) pairs in which the later value is the better one; ties count half.

    Parameters
    ----------
    before, after : at least one number each, in the same unit; None is left out. Order does not matter.
    improvement : whether "increase" or "decrease" is better.
    confidence : of the interval, between 0 and 1.

    Returns
    -------
    Nap: nap in [0, 1] (0.5 is no change), tau_nonoverlap = 2 nap - 1, unrounded.

    Raises
    ------
    Undefined : a phase has no values.
    ValueError : a value is not a finite number; improvement or confidence is unknown or out of range.

    Source
    ------
    Parker & Vannest (2009), Behavior Therapy 40, 357-367. Unbiased variance: Sen (1967), Mee (1990), with
    NAP kept half a pair away from 0 and 1 as R SingleCaseES does. Interval: Newcombe (2006), Statistics in
    Medicine 25, 559-573, method 5. At NAP 0 or 1 its equation has a second root at that very end, which R
    returns as an interval without width; here the inner root is taken.

    Example
    -------
    >>> nap([3, 4], [4, 5]).nap
    0.875
    """
    earlier, later = _two_phases(before, after, improvement)
    wins, ties = _wins_and_ties(later, earlier)
    m, n = earlier.size, later.size
    share = float((wins + ties / 2).sum()) / (m * n)
    low, high = _score_interval(share, m, n, two_sided_z(confidence))
    return Nap(share, 2 * share - 1, _unbiased_se(earlier, later, share), low, high, m, n)


def tau_u(before: Values, after: Values, *, improvement: Improvement = "increase") -> TauU:
    """Tau between the phases, and the same minus the trend inside the first phase.

    Can leave -1..1, and knows many incompatible variants: no headline.

    Parameters
    ----------
    before, after : as for `nap`, but `before` in the order of time.

    Raises
    ------
    Undefined, ValueError : as `nap`.

    Source
    ------
    Parker, Vannest, Davis & Sauber (2011), Behavior Therapy 42, 284-299: A versus B minus trend A.

    Example
    -------
    >>> tau_u([3, 3, 4, 5], [4, 5, 6, 7, 7]).tau_u
    0.55
    """
    earlier, later = _two_phases(before, after, improvement)
    between, inside = _sign_sum_between(earlier, later), sign_sum(earlier)
    pairs = earlier.size * later.size
    return TauU(between / pairs, (between - inside) / pairs, between, inside)


def baseline_corrected_tau(
    before: Values, after: Values, *, improvement: Improvement = "increase", confidence: float = 0.95
) -> BaselineCorrectedTau:
    """Tau before and after taking away the trend that was there already.

    The p of the trend is for showing only. Whether it passes a limit decides nothing here: that choice
    hangs on how p is computed.

    Parameters
    ----------
    before : at least 2 numbers, at most 5,000, in the order of time at equal distances; None keeps its place.
    after : at least one number; the times go on where `before` stops.

    Returns
    -------
    BaselineCorrectedTau; where all values are the same after the correction, tau_bc is 0: no difference.

    Raises
    ------
    Undefined : fewer than 2 values before, or none after.
    ValueError : as `nap`; more than 5,000 values before.

    Source
    ------
    Tarlow (2017), Behavior Modification 41, 427-467: Theil-Sen on the first phase with the intercept
    median(y - slope t), then Kendall's tau-b with the phase, SE = sqrt(2 / n (1 - tau^2)). The trend's p is
    that of R Kendall: exact without ties, otherwise normal with continuity correction.

    Example
    -------
    >>> found = baseline_corrected_tau([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
    >>> found.tau, found.tau_u, found.tau_bc
    (1.0, 0.6, 0.0)
    """
    times_before, earlier, times_after, later = _timed_phases(before, after, improvement)
    slope, intercept = median_line(times_before, earlier)
    plain = tau_u(earlier, later)
    raw = _tau_with_phase(earlier, later)
    line = intercept + slope * np.concatenate((times_before, times_after))
    rest = np.concatenate((earlier, later)) - line
    levels = _levels(rest, float(np.abs(line).max() + np.abs(rest).max()))
    tau = _tau_with_phase(levels[: earlier.size], levels[earlier.size :])
    se, se_raw = (math.sqrt(2 / rest.size * (1 - one * one)) for one in (tau, raw))
    half = two_sided_z(confidence) * se
    sign = _sign(improvement)
    return BaselineCorrectedTau(
        tau=plain.tau,
        tau_u=plain.tau_u,
        tau_b=raw,
        se_tau_b=se_raw,
        tau_bc=tau,
        se=se,
        ci_low=max(tau - half, -1.0),
        ci_high=min(tau + half, 1.0),
        baseline_slope=sign * slope,
        baseline_intercept=sign * intercept,
        baseline_trend_p=trend_p(earlier),
        n_before=earlier.size,
        n_after=later.size,
    )


def _sign(improvement: str) -> int:
    if improvement not in ("increase", "decrease"):
        raise ValueError(f'improvement is "increase" or "decrease", not {improvement!r}')
    return 1 if improvement == "increase" else -1


def _two_phases(before: Values, after: Values, improvement: str) -> tuple[Numbers, Numbers]:
    sign = _sign(improvement)
    return sign * present("before", before), sign * present("after", after)


def _timed_phases(
    before: Values, after: Values, improvement: str
) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    sign, given = _sign(improvement), list(before)
    times_before, earlier = placed("before", given)
    times_after, later = placed("after", after)
    if earlier.size < 2 or later.size < 1:
        raise Undefined("a trend taken away needs two values before and one after")
    return times_before, sign * earlier, times_after + len(given), sign * later


def _wins_and_ties(one: Numbers, others: Numbers) -> tuple[Numbers, Numbers]:
    # By search in a sorted list: a table of all pairs would not fit for long series.
    row = np.sort(others)
    below, up_to = np.searchsorted(row, one, "left"), np.searchsorted(row, one, "right")
    return below.astype(float), (up_to - below).astype(float)


def _sign_sum_between(earlier: Numbers, later: Numbers) -> int:
    wins, ties = _wins_and_ties(later, earlier)
    return round(float((2 * wins + ties - earlier.size).sum()))


def _tau_with_phase(earlier: Numbers, later: Numbers) -> float:
    n = earlier.size + later.size
    _, counts = np.unique(np.concatenate((earlier, later)), return_counts=True)
    untied = (n * (n - 1.0) - float((counts * (counts - 1.0)).sum())) / 2
    if untied == 0:
        return 0.0
    return _sign_sum_between(earlier, later) / math.sqrt(untied * earlier.size * later.size)


def _levels(rest: Numbers, size: float) -> Numbers:
    """The rank of each value, where values that differ by rounding only share one."""
    order = np.argsort(rest, kind="stable")
    steps = np.diff(rest[order], prepend=rest[order[0]]) > 1e-12 * size
    levels = np.empty(rest.size)
    levels[order] = np.cumsum(steps)
    return levels


def _unbiased_se(earlier: Numbers, later: Numbers, share: float) -> float | None:
    m, n = earlier.size, later.size
    if m == 1 or n == 1:
        return None
    wins, ties = _wins_and_ties(later, earlier)
    won, tied = float(wins.sum()), float(ties.sum())
    columns = wins + ties / 2 - m * share
    lost_before, tied_before = _wins_and_ties(earlier, later)
    rows = n - lost_before - tied_before / 2 - n * share
    cells = won * (1 - share) ** 2 + tied * (0.5 - share) ** 2 + (m * n - won - tied) * share**2
    inside = min(max(share, 0.5 / (m * n)), 1 - 0.5 / (m * n))
    spread = float(rows @ rows) / (m * n) + float(columns @ columns) / (m * n) - 2 * cells / (m * n)
    variance = (inside * (1 - inside) + spread) / ((m - 1) * (n - 1))
    return math.sqrt(variance) if variance > 0 else None


def _score_interval(share: float, m: int, n: int, z: float) -> tuple[float, float]:
    low = 0.0 if share == 0 else _lower_root(share, m, n, z)
    return low, 1.0 if share == 1 else 1 - _lower_root(1 - share, m, n, z)


def _lower_root(share: float, m: int, n: int, z: float) -> float:
    from scipy.optimize import brentq

    half = (m + n) / 2 - 1

    def score(x: float) -> float:
        # Both sides divided by 1 - x where the share is 1, so that only the inner root is left.
        distance, rest = (1 - x, 1.0) if share == 1 else ((share - x) ** 2, 1 - x)
        spread = z * z * x * rest * (2 + half + (1 + 2 * half) * x * (1 - x))
        return m * n * distance * (2 - x) * (1 + x) - spread

    return float(brentq(score, 0, share, xtol=1e-14))
