"""Standardised sizes of a change in one group, or of the difference between two groups."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from driehoek.evidence.given import Numbers, Values, placed, present, two_sided_t, two_sided_z
from driehoek.evidence.undefined import Undefined

# scipy is imported inside the functions that need it: importing it takes two seconds.

FEWEST_TO_PRINT: Final = 10
"""People in each group from which a standardised size may be printed; below it, the difference itself."""


@dataclass(frozen=True, slots=True)
class PairedEffect:
    """One change, standardised in several ways; `ci_` is the interval of the mean change in its own unit.

    `d_z` grows with the correlation `r` and is never to be held against a g from other studies; `d_av` and
    `d_pre` may be. What needs a spread before, or a correlation, is None where there is none.
    """

    mean_change: float
    ci_low: float
    ci_high: float
    t: float
    df: int
    p: float
    d_z: float
    d_av: float
    d_pre: float | None
    d_rm: float | None
    g_z_exact: float
    g_av_approx: float
    g_av_exact: float
    r: float | None
    n: int
    n_left_out: int


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """The difference of two means by their pooled spread: d as it is, g without the bias of small samples."""

    d: float
    g: float
    var_g: float
    ci_low_normal: float
    ci_high_normal: float
    n_treated: int
    n_control: int


def exact_j(df: int) -> float:
    """The factor that takes the small-sample bias out of d.

    Parameters
    ----------
    df : degrees of freedom of the spread, at least 2.

    Returns
    -------
    float in (0, 1), unrounded.

    Raises
    ------
    Undefined : df below 2.

    Source
    ------
    Hedges (1981), Journal of Educational Statistics 6, 107-128: the gamma form, not 1 - 3 / (4 df - 1).

    Example
    -------
    >>> f"{exact_j(13):.4f}"
    '0.9410'
    """
    if df < 2:
        raise Undefined("the correction for small samples needs 2 degrees of freedom")
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)


def paired_effect(
    pre: Sequence[float | None], post: Sequence[float | None], *, confidence: float = 0.95
) -> PairedEffect:
    """How much the same people changed, in their own unit and in spreads.

    Parameters
    ----------
    pre, post : one for each person, in the same order; who misses either is left out and counted.
    confidence : of the interval, between 0 and 1.

    Returns
    -------
    PairedEffect, unrounded; a positive size is a rise.

    Raises
    ------
    Undefined : fewer than 3 people with both, or everybody changed by the same.
    ValueError : lists of different length, a value that is not a finite number, confidence outside (0, 1).

    Source
    ------
    Lakens (2013), Frontiers in Psychology 4, 863: d_z = M / SD of the changes, d_av = M / root of the mean
    variance, d_rm = d_z sqrt(2 (1 - r)); d_pre is Glass's delta. Exact J of Hedges (1981) with n - 1.

    Example
    -------
    >>> found = paired_effect([3.0, 2.0, 4.0, 3.0], [3.5, 3.0, 4.0, 3.5])
    >>> found.mean_change, f"{found.d_pre:.2f}"
    (0.5, '0.61')
    """
    first, second = pairs("pre", pre, "post", post)
    n = first.size
    if n < 3:
        raise Undefined(f"{n} people with both measurements, and at least 3 are needed")
    changes = second - first
    mean, spread = float(changes.mean()), spread_of(changes)
    # Changes of 0.1 each, computed from decimals, differ in their last digit: that is no spread.
    if spread <= 1e-12 * float(np.abs(first).max() + np.abs(second).max()):
        raise Undefined("everybody changed by the same: no spread to compare the change with")
    quantile, error, df = two_sided_t(confidence, n - 1), spread / math.sqrt(n), n - 1
    before, after = spread_of(first), spread_of(second)
    r = _correlation(first, second) if before and after else None
    d_av, d_z = mean / math.sqrt((before * before + after * after) / 2), mean / spread
    return PairedEffect(
        mean_change=mean,
        ci_low=mean - quantile * error,
        ci_high=mean + quantile * error,
        t=mean / error,
        df=df,
        p=two_sided_p(mean / error, df),
        d_z=d_z,
        d_av=d_av,
        d_pre=mean / before if before else None,
        d_rm=None if r is None else d_z * math.sqrt(2 * (1 - r)),
        g_z_exact=exact_j(df) * d_z,
        g_av_approx=(1 - 3 / (4 * df - 1)) * d_av,
        g_av_exact=exact_j(df) * d_av,
        r=r,
        n=n,
        n_left_out=len(pre) - n,
    )


def hedges_g(treated: Values, control: Values, *, confidence: float = 0.95) -> GroupEffect:
    """How far one group lies above another, in pooled spreads.

    Parameters
    ----------
    treated, control : at least 2 numbers each, in the same unit; None is left out.
    confidence : of the interval, between 0 and 1.

    Returns
    -------
    GroupEffect, unrounded; positive when the treated lie higher.

    Raises
    ------
    Undefined : fewer than 2 values in a group, or no spread in either.
    ValueError : a value that is not a finite number, or confidence outside (0, 1).

    Source
    ------
    Hedges (1981), Journal of Educational Statistics 6, 107-128, exact J; variance
    1/n1 + 1/n2 + g^2 / (2 (n1 + n2)) and normal interval as R metafor::escalc("SMD", vtype = "LS").

    Example
    -------
    >>> found = hedges_g([4, 5, 6], [2, 3, 4])
    >>> found.d, f"{found.g:.3f}"
    (2.0, '1.596')
    """
    z, one, other = two_sided_z(confidence), present("treated", treated, 2), present("control", control, 2)
    m, n = one.size, other.size
    pooled = math.sqrt(((m - 1) * spread_of(one) ** 2 + (n - 1) * spread_of(other) ** 2) / (m + n - 2))
    if pooled == 0:
        raise Undefined("nobody differs from anybody in the same group: no spread to compare with")
    d = float(one.mean() - other.mean()) / pooled
    g = exact_j(m + n - 2) * d
    variance = 1 / m + 1 / n + g * g / (2 * (m + n))
    half = z * math.sqrt(variance)
    return GroupEffect(d, g, variance, g - half, g + half, m, n)


def pairs(
    name: str, one: Sequence[float | None], other_name: str, other: Sequence[float | None]
) -> tuple[Numbers, Numbers]:
    """The values of those who have both, in two arrays of the same length.

    >>> [found.tolist() for found in pairs("pre", [1, None, 3], "post", [2, 2, 4])]
    [[1.0, 3.0], [2.0, 4.0]]
    """
    if len(one) != len(other):
        raise ValueError(f"{name} and {other_name} are equally long, not {len(one)} and {len(other)}")
    both = [pair for pair in zip(one, other, strict=True) if None not in pair]
    first, second = [pair[0] for pair in both], [pair[1] for pair in both]
    return placed(name, first)[1], placed(other_name, second)[1]


def spread_of(values: Numbers) -> float:
    """The standard deviation with n - 1; exactly 0 for equal values, whatever rounding does to their mean."""
    return 0.0 if np.ptp(values) == 0 else float(values.std(ddof=1))


def two_sided_p(t: float, df: float) -> float:
    """The p of Student's t."""
    from scipy import stats

    return float(2 * stats.t.sf(abs(t), df))


def _correlation(one: Numbers, other: Numbers) -> float:
    first, second = one - one.mean(), other - other.mean()
    found = float(first @ second / math.sqrt(float(first @ first) * float(second @ second)))
    return min(max(found, -1.0), 1.0)
