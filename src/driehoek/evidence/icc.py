"""How well raters tell people apart: the intraclass correlations of Shrout and Fleiss.

A negative one stays negative: the raters then agree on no difference between people.
"""

# scipy takes two seconds to load: only the functions that need it import it.

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np

from driehoek.evidence.ratings import (
    Floats,
    comparable,
    complete_rows,
    confidence_level,
    table,
)
from driehoek.evidence.undefined import Undefined

Form: TypeAlias = Literal["ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"]

# In numbers that are at most 1 in size, less than this is what rounding leaves of nothing.
HAIR: Final = 1e-13

FORMS: Final = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")


@dataclass(frozen=True, slots=True)
class ShroutFleiss:
    """The six forms, for `n_targets` people rated by `n_raters`. With k: of the mean of all raters.

    1: other raters for everybody (360-degree feedback). 2: the same raters, a sample of many; their leniency
    counts. 3: these raters only, leniency left out. `ICC2k` is None where its formula has its pole or lies
    beyond: raters then differ so much more than people that the number says nothing.
    """

    ICC1: float
    ICC2: float
    ICC3: float
    ICC1k: float
    ICC2k: float | None
    ICC3k: float
    n_targets: int
    n_raters: int
    n_dropped: int


@dataclass(frozen=True, slots=True)
class IccInterval:
    """One form with its interval and the F test of no differences between people."""

    icc: float
    lower: float
    upper: float
    F: float
    df1: int
    df2: int
    p: float


def shrout_fleiss(ratings_rows_are_targets: Sequence[Sequence[float | None]]) -> ShroutFleiss:
    """How well raters tell people apart, in the six forms of the intraclass correlation.

    Parameters
    ----------
    ratings_rows_are_targets : one row per person rated, one column per rater; a row with a gap is left out
        and counted. About 30 rows are needed for a usable interval.

    Raises
    ------
    Undefined : fewer than two complete rows, one rater, or people who all have the same mean.
    ValueError : rows of different length, or no numbers.

    Source
    ------
    Shrout & Fleiss (1979), Psychol Bull 86, 420-428.

    Example
    -------
    >>> rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> found = shrout_fleiss(rows)
    >>> f"{found.ICC1:.2f} {found.ICC2:.2f} {found.ICC3:.2f}"
    '0.17 0.29 0.71'
    """
    return _six_forms(_mean_squares(ratings_rows_are_targets))


def shrout_fleiss_interval(
    ratings_rows_are_targets: Sequence[Sequence[float | None]], form: Form, confidence: float = 0.95
) -> IccInterval:
    """One form of the intraclass correlation with its interval.

    Parameters
    ----------
    ratings_rows_are_targets : see `shrout_fleiss`.
    form : `ICC1`, `ICC2`, `ICC3`, or with k for the mean of all raters: `ICC1k`, `ICC2k`, `ICC3k`.
    confidence : between 0 and 1.

    Raises
    ------
    Undefined : raters who all order people alike and as far apart, so that F is infinite; an ICC(2,k) or a
        limit beyond the pole of its formula; and as `shrout_fleiss`.
    ValueError : an unknown form, a confidence outside (0, 1), and as `shrout_fleiss`.

    Source
    ------
    McGraw & Wong (1996), Psychol Methods 1, 30-46; for ICC(2) with Satterthwaite's degrees of freedom.

    Example
    -------
    >>> rows = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> found = shrout_fleiss_interval(rows, "ICC2")
    >>> f"{found.lower:.3f} {found.upper:.3f}"
    '0.019 0.761'
    """
    from scipy import stats

    if form not in FORMS:
        raise ValueError(f"form must be one of {', '.join(FORMS)}, not {form!r}")
    tail = (1 - confidence_level(confidence)) / 2
    squares = _mean_squares(ratings_rows_are_targets)
    n, k, icc = squares.n, squares.k, getattr(_six_forms(squares), form)
    df1, df2 = n - 1, n * (k - 1) if form.startswith("ICC1") else (n - 1) * (k - 1)
    if icc is None:
        raise Undefined("raters differ so much more than people that ICC(2,k) has no value")
    noise = squares.within if form.startswith("ICC1") else squares.error
    if noise == 0:
        raise Undefined("the raters leave no noise between them: F is infinite and there is no interval")
    ratio = squares.between / noise
    # Both limits are one formula, at an upper and at a lower quantile of F.
    if form.startswith("ICC2"):
        lower, upper = _limits_with_leniency(squares, form, tail)
    else:
        others = 0 if form.endswith("k") else k - 1
        quantiles = stats.f.isf(tail, df1, df2), 1 / stats.f.isf(tail, df2, df1)
        lower, upper = (float((ratio / f - 1) / (ratio / f + others)) for f in quantiles)
    return IccInterval(icc, lower, upper, ratio, df1, df2, float(stats.f.sf(ratio, df1, df2)))


@dataclass(frozen=True, slots=True)
class _MeanSquares:
    """Of people (between), of raters, of what is left (error), and within people; in one common unit."""

    between: float
    raters: float
    error: float
    within: float
    n: int
    k: int
    dropped: int


def _mean_squares(rows: Sequence[Sequence[float | None]]) -> _MeanSquares:
    complete, dropped = complete_rows(table("ratings_rows_are_targets", rows))
    n, k = complete.shape
    if k < 2:
        raise Undefined("one rater: how well raters tell people apart does not exist")
    if n < 2:
        raise Undefined("fewer than two people were rated by every rater")
    found = comparable(complete)
    means = found.mean(axis=1)
    if np.ptp(means) <= HAIR:
        raise Undefined("everybody has the same mean: there are no differences between people to find")
    raters = found.mean(axis=0) - found.mean()
    inside = nothing_is_zero(found - means[:, np.newaxis])
    left = nothing_is_zero(inside - raters)
    between = k * float(((means - means.mean()) ** 2).sum()) / (n - 1)
    return _MeanSquares(
        between=between,
        raters=n * float((raters**2).sum()) / (k - 1),
        error=float((left**2).sum()) / ((n - 1) * (k - 1)),
        within=float((inside**2).sum()) / (n * (k - 1)),
        n=n,
        k=k,
        dropped=dropped,
    )


def nothing_is_zero(found: Floats) -> Floats:
    """The same differences, with exactly 0 where only rounding is left."""
    return np.where(np.abs(found) <= HAIR, 0, found)


def _six_forms(squares: _MeanSquares) -> ShroutFleiss:
    return ShroutFleiss(
        ICC1=single_rater(squares.between, squares.within, squares.k),
        ICC2=_one_with_leniency(squares),
        ICC3=single_rater(squares.between, squares.error, squares.k),
        ICC1k=1 - squares.within / squares.between,
        ICC2k=_mean_with_leniency(squares),
        ICC3k=1 - squares.error / squares.between,
        n_targets=squares.n,
        n_raters=squares.k,
        n_dropped=squares.dropped,
    )


def _one_with_leniency(squares: _MeanSquares) -> float:
    between, error, k = squares.between, squares.error, squares.k
    return (between - error) / (between + (k - 1) * error + k * (squares.raters - error) / squares.n)


def _mean_with_leniency(squares: _MeanSquares) -> float | None:
    leniency = (squares.raters - squares.error) / squares.n
    whole = squares.between + leniency
    beyond_pole = whole <= 1e-12 * (squares.between + abs(leniency))
    return None if beyond_pole else (squares.between - squares.error) / whole


def single_rater(between: float, within: float, k: float) -> float:
    """The intraclass correlation of one rater, from mean squares between and within."""
    return (between - within) / (between + (k - 1) * within)


def _limits_with_leniency(squares: _MeanSquares, form: str, tail: float) -> tuple[float, float]:
    """Limits of ICC(2,1) or ICC(2,k): McGraw & Wong, table 7, with the degrees of freedom of the first."""
    from scipy import stats

    between, raters, error, n, k = squares.between, squares.raters, squares.error, squares.n, squares.k
    single = _one_with_leniency(squares)
    a = k * single / (n * (1 - single)) * raters
    b = (1 + k * single * (n - 1) / (n * (1 - single))) * error
    df = (a + b) ** 2 / (a**2 / (k - 1) + b**2 / ((n - 1) * (k - 1)))
    quantiles = (stats.f.isf(tail, n - 1, df), 1 / stats.f.isf(tail, df, n - 1)) if df > 0 else (math.nan,)
    noise = (raters - error) if form == "ICC2k" else k * raters + (k * n - k - n) * error
    limits = []
    for f in map(float, quantiles):
        whole = f * noise + n * between
        if not (math.isfinite(f) and whole > 1e-12 * (f * abs(noise) + n * between)):
            raise Undefined("raters differ so much more than people that this interval has no end")
        limits.append(n * (between - f * error) / whole)
    return limits[0], limits[1]
