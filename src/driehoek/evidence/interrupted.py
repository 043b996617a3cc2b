"""One series before and after a day: level and slope by segmented regression, with two kinds of errors."""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from driehoek.evidence.given import two_sided_t
from driehoek.evidence.segments import PARAMETERS, Effect, Memory, Segments, Series, Standing, fit
from driehoek.evidence.undefined import Undefined

# scipy is imported inside the functions that need it: importing it takes two seconds.

SinceStart = Literal[0, 1]

WIDEST_PHI: Final = 0.9995


@dataclass(frozen=True, slots=True)
class SegmentedNeweyWest:
    """Least squares with three standard errors of the jump; `effect` uses the last of them.

    These errors are too small in short series: chance alone then looks like an effect in one of four or five.
    """

    b_t: float
    b_post: float
    b_since: float
    se_post_ols: float
    se_post_nw: float
    se_post_nw_smallsample: float
    durbin_watson: float | None
    maxlags: int
    effect: Effect
    n_before: int
    n_after: int


@dataclass(frozen=True, slots=True)
class SegmentedAr1:
    """Generalised least squares with errors that remember the one before by `phi`; sigma is their spread."""

    phi: float
    intercept: float
    b_t: float
    b_post: float
    b_since: float
    se_intercept: float
    se_t: float
    se_post: float
    se_since: float
    sigma: float
    effect: Effect
    standing: Standing
    n_before: int
    n_after: int


def segmented_newey_west(
    before: Series,
    after: Series,
    *,
    maxlags: int | None = None,
    at_point: int | None = None,
    since_starts_at: SinceStart = 1,
    confidence: float = 0.95,
) -> SegmentedNeweyWest:
    """The jump and the change of slope, with errors that allow for memory up to `maxlags` points.

    y = b0 + b_t t + b_post post + b_since since + e, with t = 1, 2, 3...; post is 1 from the first point
    after; since is 0 before, and counts up by 1 from `since_starts_at` at the first point after. With 1,
    b_post is the jump seen one point before the first; with 0, the jump at the first itself.

    Parameters
    ----------
    before, after : at equal distances in time, at least 2 values each and 5 together; None keeps its place.
    maxlags : how many points the memory reaches; None for floor(4 (n / 100)^(2/9)).
    at_point : for which point after the change the effect is given, 1 for the first; None for the last.

    Returns
    -------
    SegmentedNeweyWest, unrounded. The interval uses t with n - 4 degrees of freedom.

    Raises
    ------
    Undefined : too few values, or values that lie on the lines exactly.
    ValueError : a value is not a finite number; an option is out of its range.

    Source
    ------
    Wagner et al. (2002), J Clin Pharm Ther 27, 299-309; Newey & West (1987), Econometrica 55, 703-708, as R
    sandwich::NeweyWest(prewhite=FALSE), small sample: times n / (n - 4). Over a gap as Parzen (1963).

    Example
    -------
    >>> found = segmented_newey_west([3, 4, 3, 4, 3], [8, 9, 8, 9, 8], maxlags=1)
    >>> f"{found.b_post:.1f}"
    '5.0'
    """
    values = Segments.of(before, after, since_starts_at)
    at = values.at_point(at_point)
    quantile = two_sided_t(confidence, values.freedom)
    n, span = values.y.size, int(values.times[-1])
    lags = math.floor(4 * (n / 100) ** (2 / 9)) if maxlags is None else maxlags
    if not isinstance(lags, int) or not 0 <= lags < n:
        raise ValueError(f"maxlags is a whole number from 0 to {n - 1}, not {lags!r}")
    found = fit(values.design, values.y)
    scores = np.zeros((span, PARAMETERS))
    scores[values.times.astype(int) - 1] = values.design * found.rest[:, np.newaxis]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        product = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (lags + 1)) * (product + product.T)
    plain = found.inverse * (float(found.rest @ found.rest) / values.freedom)
    robust = found.inverse @ middle @ found.inverse
    small = robust * (n / values.freedom)
    steps = np.diff(found.rest)
    return SegmentedNeweyWest(
        b_t=float(found.b[1]),
        b_post=float(found.b[2]),
        b_since=float(found.b[3]),
        se_post_ols=math.sqrt(plain[2, 2]),
        se_post_nw=math.sqrt(robust[2, 2]),
        se_post_nw_smallsample=math.sqrt(small[2, 2]),
        durbin_watson=float(steps @ steps / (found.rest @ found.rest)) if n == span else None,
        maxlags=lags,
        effect=values.effect(at, found.b, small, quantile),
        n_before=values.n_before,
        n_after=n - values.n_before,
    )


def segmented_ar1(
    before: Series,
    after: Series,
    *,
    at_point: int | None = None,
    since_starts_at: SinceStart = 1,
    confidence: float = 0.95,
) -> SegmentedAr1:
    """The jump and the change of slope, with errors of which each remembers the one before (REML).

    The model and the coding of `since` are those of `segmented_newey_west`. Meant for 12 points or more in
    each phase; below that even these errors are too small.

    Parameters
    ----------
    before, after, at_point, since_starts_at, confidence : as there. A gap of g points remembers phi^g.

    Returns
    -------
    SegmentedAr1, unrounded; phi in (-1, 1). Standard errors take phi as known, as R does.

    Raises
    ------
    Undefined : as there, and when the best phi lies at the end of its range: the memory then cannot be told
        from the trend.
    ValueError : as there.

    Source
    ------
    R nlme::gls(correlation = corAR1(), method = "REML"); Turner et al. (2021), BMC Med Res Methodol 21, 181.

    Example
    -------
    >>> found = segmented_ar1([9.1, 8.7, 9.4, 9.0, 8.8, 9.3], [8.1, 7.9, 7.6, 7.8, 7.2, 7.3])
    >>> f"{found.b_since:.2f}"
    '-0.20'
    """
    values = Segments.of(before, after, since_starts_at)
    at = values.at_point(at_point)
    quantile = two_sided_t(confidence, values.freedom)
    fit(values.design, values.y)  # refuses what lies on the lines exactly
    phi = _best_phi(values)
    design, y, _ = values.whitened(phi)
    found = fit(design, y)
    variance = float(found.rest @ found.rest) / values.freedom
    covariance = found.inverse * variance
    errors = np.sqrt(np.diag(covariance))
    return SegmentedAr1(
        phi=phi,
        intercept=float(found.b[0]),
        b_t=float(found.b[1]),
        b_post=float(found.b[2]),
        b_since=float(found.b[3]),
        se_intercept=float(errors[0]),
        se_t=float(errors[1]),
        se_post=float(errors[2]),
        se_since=float(errors[3]),
        sigma=math.sqrt(variance),
        effect=values.effect(at, found.b, covariance, quantile),
        standing=values.standing(at, found.b, covariance, quantile),
        n_before=values.n_before,
        n_after=values.y.size - values.n_before,
    )


def _best_phi(values: Segments) -> float:
    from scipy.optimize import minimize_scalar

    unlikeliness = Memory.of(values).unlikeliness
    # The curve can have two tops, so first everywhere, closer together towards the ends.
    grid = np.tanh(np.linspace(-1, 1, 161) * math.atanh(WIDEST_PHI))
    heights = [unlikeliness(float(phi)) for phi in grid]
    at = int(np.argmin(heights))
    if at in (0, len(grid) - 1):
        raise Undefined("the memory of the series cannot be told from its trend")
    best = minimize_scalar(
        unlikeliness, bounds=(grid[at - 1], grid[at + 1]), method="bounded", options={"xatol": 1e-10}
    )
    return float(best.x)
