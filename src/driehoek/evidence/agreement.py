"""How far the raters of one person agree. Complete agreement discloses every answer beside a mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from driehoek.evidence.ratings import Floats, complete_rows, count, ends_of_scale, number, scores, table
from driehoek.evidence.undefined import Undefined

Null: TypeAlias = Literal["uniform", "slight_skew", "moderate_skew", "heavy_skew", "triangular", "normal"]

# Variance of answers by chance on five options: LeBreton & Senter (2008), Org Res Methods 11, 815, table 2.
NULL_VARIANCES: Final = {
    "slight_skew": 1.34,
    "moderate_skew": 0.90,
    "heavy_skew": 0.44,
    "triangular": 1.32,
    "normal": 1.04,
}
FEWEST_RATERS_TO_INTERPRET: Final = 5


@dataclass(frozen=True, slots=True)
class WithinGroupAgreement:
    """`rwg` is what is reported, never below 0; `rwg_raw` is below 0 when raters differ more than chance."""

    rwg: float
    rwg_raw: float
    rwg_reported: float
    s2: float
    sigma2_eu: float
    n: int


@dataclass(frozen=True, slots=True)
class ItemsAgreement:
    """rwg(j), which grows with the number of items, beside two that do not: `rwg_star_j` and `ad_m_j`.

    `rwg_star_j` is not truncated: below 0 raters differ more than chance. `ad_cutoff` belongs to `ad_m_j`.
    """

    rwg_j: float
    rwg_star_j: float
    ad_m_j: float
    ad_cutoff: float
    n_raters: int
    n_dropped: int
    n_items: int
    mean_item_variance: float
    sigma2_eu: float


@dataclass(frozen=True, slots=True)
class AdjustedAgreement:
    """awg from -1 (as far apart as this mean allows) to 1 (all the same)."""

    awg: float
    mean: float
    s2: float
    n: int


@dataclass(frozen=True, slots=True)
class AverageDeviation:
    """Mean distance to the mean and to the median, in scale points; agreement is at most `cutoff` = A / 6."""

    ad_mean: float
    ad_median: float
    cutoff: float
    within_cutoff: bool
    n: int


def null_variance(scale_options: int, null: Null | float = "uniform") -> float:
    """The variance that raters would show if they answered by chance.

    Parameters
    ----------
    scale_options : number of answers on the scale, at least 2.
    null : how chance answers: evenly, or with a named lean (five options only), or a variance of your own.

    Raises
    ------
    ValueError : an unknown name, a named lean without five options, or a variance the scale cannot have.

    Source
    ------
    James, Demaree & Wolf (1984), J Appl Psychol 69, 85-98: (A^2 - 1) / 12; LeBreton & Senter (2008).

    Example
    -------
    >>> null_variance(5), null_variance(7), null_variance(5, "slight_skew")
    (2.0, 4.0, 1.34)
    """
    options = count("scale_options", scale_options, at_least=2)
    if null == "uniform":
        return (options**2 - 1) / 12
    if isinstance(null, str):
        return _leaning(null, options)
    own = number("null", null)
    if not 0 < own <= (options - 1) ** 2 / 4:
        raise ValueError(f"null must be a variance above 0 that a scale of {options} options can have")
    return own


def rwg(
    ratings: Sequence[float | None], scale_options: int, null: Null | float = "uniform"
) -> WithinGroupAgreement:
    """How much less raters differ on one question than by chance.

    Parameters
    ----------
    ratings : one score per rater, None where there is none; interpret from five raters on.
    scale_options : number of answers on the scale (5 for 1-5).
    null : see `null_variance`; report the uniform one and slight skew beside each other.

    Returns
    -------
    rwg = 1 - s2 / sigma2_eu with s2 over n - 1; reported as 0 when it is negative, as R multilevel does.

    Raises
    ------
    Undefined : no raters, or one.
    ValueError : scores further apart than the scale is wide, and as `null_variance`.

    Source
    ------
    James, Demaree & Wolf (1984), J Appl Psychol 69, 85-98, and (1993) 78, 306-309.

    Example
    -------
    >>> rwg([4, 4, 5, 3, 4], 5).rwg
    0.75
    """
    chance = null_variance(scale_options, null)
    given = _two_or_more(scores("ratings", ratings))
    _fits(given, scale_options)
    s2 = float(_variance(given))
    raw = 1 - s2 / chance
    reported = max(raw, 0.0)
    return WithinGroupAgreement(reported, raw, reported, s2, chance, len(given))


def rwg_j(
    ratings: Sequence[Sequence[float | None]], scale_options: int, null: Null | float = "uniform"
) -> ItemsAgreement:
    """How far raters agree over several questions that belong together.

    Parameters
    ----------
    ratings : one row per rater, one column per question; a rater with a gap is left out and counted.
    scale_options, null : see `rwg`.

    Returns
    -------
    rwg(j) = J (1 - S) / (J (1 - S) + S), S the mean variance per question over the chance variance, taken
    as 1 when above 1: beyond that the formula has a pole. rwg*(j) = 1 - S, without that limit.

    Raises
    ------
    Undefined : fewer than two raters who answered every question.
    ValueError : rows of different length, and as `rwg`.

    Source
    ------
    James, Demaree & Wolf (1984); Lindell, Brandt & Whitney (1999), Appl Psychol Meas 23, 127-135.

    Example
    -------
    >>> agreement = rwg_j([[4, 4], [4, 5], [5, 4]], 5)
    >>> f"{agreement.rwg_j:.3f} {agreement.rwg_star_j:.3f}"
    '0.909 0.833'
    """
    chance = null_variance(scale_options, null)
    given, dropped = complete_rows(table("ratings", ratings))
    _two_or_more(given)
    _fits(given, scale_options)
    items = given.shape[1]
    mean_variance = float(_variance(given).mean())
    share = mean_variance / chance
    agreed = items * (1 - min(share, 1.0))
    return ItemsAgreement(
        rwg_j=agreed / (agreed + min(share, 1.0)),
        rwg_star_j=1 - share,
        ad_m_j=_mean_distance(given),
        ad_cutoff=scale_options / 6,
        n_raters=len(given),
        n_dropped=dropped,
        n_items=items,
        mean_item_variance=mean_variance,
        sigma2_eu=chance,
    )


def awg(ratings: Sequence[float | None], scale: tuple[float, float]) -> AdjustedAgreement:
    """How far raters agree, measured against the most that they could differ around the mean they gave.

    Parameters
    ----------
    ratings : one score per rater, None where there is none.
    scale : lowest and highest answer.

    Returns
    -------
    awg = 1 - 2 s2 / {[(H + L) M - M^2 - H L] k / (k - 1)}, k raters, mean M, s2 over k - 1.

    Raises
    ------
    Undefined : fewer than two raters, or a mean outside [(L (k - 1) + H) / k, (H (k - 1) + L) / k].
    ValueError : a score outside the scale, or a scale without width.

    Source
    ------
    Brown & Hauenstein (2005), Org Res Methods 8, 165-184.

    Example
    -------
    >>> awg([2, 3, 3, 4], (1, 5)).awg
    0.75
    """
    low, high = ends_of_scale(scale)
    given = scores("ratings", ratings)
    if len(given) and (given.min() < low or given.max() > high):
        raise ValueError(f"ratings must lie on the scale from {low} to {high}")
    raters = len(_two_or_more(given))
    from_low = float((given - low).mean())
    width, step = high - low, (high - low) / raters
    hair = 1e-12 * width  # the limits belong to the range; arithmetic must not push them out
    if not step - hair <= from_low <= width - step + hair:
        raise Undefined("the mean lies outside the range in which awg can be interpreted")
    s2 = float(_variance(given))
    # (M - L)(H - M) is (H + L) M - M^2 - H L without the cancellation.
    most = from_low * (width - from_low) * raters / (raters - 1)
    return AdjustedAgreement(1 - 2 * s2 / most, low + from_low, s2, raters)


def average_deviation(ratings: Sequence[float | None], scale_options: int) -> AverageDeviation:
    """How many scale points raters are away from what they say together.

    Parameters
    ----------
    ratings, scale_options : see `rwg`.

    Raises
    ------
    Undefined : fewer than two raters.
    ValueError : scores further apart than the scale is wide.

    Source
    ------
    Burke, Finkelstein & Dusig (1999), Org Res Methods 2, 49-68; Burke & Dunlap (2002) 5, 159-172.

    Example
    -------
    >>> deviation = average_deviation([4, 4, 5, 3, 4], 5)
    >>> deviation.ad_mean, deviation.ad_median, deviation.within_cutoff
    (0.4, 0.4, True)
    """
    cutoff = count("scale_options", scale_options, at_least=2) / 6
    given = _two_or_more(scores("ratings", ratings))
    _fits(given, scale_options)
    from_mean = _mean_distance(given)
    from_median = float(np.abs(given - np.median(given)).mean())
    return AverageDeviation(from_mean, from_median, cutoff, from_mean <= cutoff + 1e-12, len(given))


def _leaning(null: str, options: int) -> float:
    if null not in NULL_VARIANCES:
        raise ValueError(f"null must be uniform, a variance, or one of {', '.join(NULL_VARIANCES)}")
    if options != 5:
        raise ValueError("a named lean is known for scales of five options; give its variance instead")
    return NULL_VARIANCES[null]


def _two_or_more(given: Floats) -> Floats:
    if len(given) == 0:
        raise Undefined("no raters")
    if len(given) == 1:
        raise Undefined("one rater: agreement does not exist")
    return given


def _fits(given: Floats, scale_options: int) -> None:
    if np.ptp(given) > scale_options - 1:
        raise ValueError(f"ratings lie further apart than a scale of {scale_options} options is wide")


# Both from the first rating on: equal answers then give exactly 0, and a far-off scale loses no digits.


def _variance(given: Floats) -> Any:
    return (given - given[0]).var(axis=0, ddof=1)


def _mean_distance(given: Floats) -> float:
    near = given - given[0]
    return float(np.abs(near - near.mean(axis=0)).mean())
