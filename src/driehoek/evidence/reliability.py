"""How much of a score is the person and how much is noise: alpha, Spearman-Brown and measurement error."""

# scipy takes two seconds to load: only the functions that need it import it.

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from driehoek.evidence.icc import HAIR
from driehoek.evidence.ratings import (
    Floats,
    both_given,
    comparable,
    complete_rows,
    confidence_level,
    count,
    number,
    real_spread,
    table,
    usable_reliability,
)
from driehoek.evidence.undefined import Undefined


@dataclass(frozen=True, slots=True)
class CronbachAlpha:
    """Alpha with Feldt's interval. `is_negative` means an item is scored the wrong way round.

    `alpha_standardised` and `average_r` are None when an item has the same answer from everybody.
    """

    alpha: float
    ci_low: float
    ci_high: float
    is_negative: bool
    alpha_standardised: float | None
    average_r: float | None
    n: int
    n_items: int
    n_dropped: int


@dataclass(frozen=True, slots=True)
class TwoItemReliability:
    """Reliability of the sum of two items that correlate `r`."""

    reliability: float
    r: float
    n: int
    n_dropped: int


@dataclass(frozen=True, slots=True)
class MeasurementError:
    """Standard error of one score, and how far a 95 per cent interval reaches to either side."""

    sem: float
    ci95_halfwidth: float


def cronbach_alpha(rows: Sequence[Sequence[float | None]], confidence: float = 0.95) -> CronbachAlpha:
    """How consistently the items of a questionnaire measure together.

    Parameters
    ----------
    rows : one row per person, one column per item; a person with a gap is left out and counted (listwise).
    confidence : between 0 and 1.

    Returns
    -------
    k / (k - 1) (1 - sum of item variances / variance of the sum); below 0 it stays below 0.

    Raises
    ------
    Undefined : fewer than two complete rows, one item, or the same sum for everybody.
    ValueError : rows of different length, no numbers, or a confidence outside (0, 1).

    Source
    ------
    Cronbach (1951), Psychometrika 16, 297-334; interval of Feldt, Woodruff & Salih (1987), Appl Psychol
    Meas 11, 93-103.

    Example
    -------
    >>> f"{cronbach_alpha([[1, 2], [2, 2], [3, 4], [4, 5]]).alpha:.3f}"
    '0.967'
    """
    from scipy import stats

    level = confidence_level(confidence)
    complete, dropped = complete_rows(table("rows", rows))
    people, items = complete.shape
    if items < 2:
        raise Undefined("one item: how items hang together does not exist")
    if people < 2:
        raise Undefined("fewer than two people answered every item")
    found = around_item_means(complete)
    sums = found.sum(axis=1)
    if np.ptp(sums) <= HAIR * items:
        raise Undefined("everybody has the same sum: there are no differences between people to find")
    variances = found.var(axis=0, ddof=1)
    noise = float(variances.sum() / sums.var(ddof=1))
    alpha = items / (items - 1) * (1 - noise)
    average = _average_correlation(found, variances)
    df1, df2, tail = people - 1, (people - 1) * (items - 1), (1 - level) / 2
    return CronbachAlpha(
        alpha=alpha,
        ci_low=1 - (1 - alpha) * float(stats.f.isf(tail, df1, df2)),
        ci_high=1 - (1 - alpha) / float(stats.f.isf(tail, df2, df1)),
        is_negative=alpha < 0,
        alpha_standardised=_standardised(average, items),
        average_r=average,
        n=people,
        n_items=items,
        n_dropped=dropped,
    )


def spearman_brown(reliability: float, factor: float) -> float:
    """The reliability of a measure `factor` times as long, or of the mean of `factor` raters.

    k r / (1 + (k - 1) r). Raises Undefined for a negative reliability, of which the formula makes nonsense;
    ValueError for one above 1 or a factor that is not above 0.

    Source: Spearman (1910) and Brown (1910), Br J Psychol 3, 271-295 and 296-322.

    >>> f"{spearman_brown(0.35, 8):.2f}"
    '0.81'
    """
    r, longer = usable_reliability(reliability), number("factor", factor)
    if longer <= 0:
        raise ValueError(f"factor must be above 0, not {factor}")
    # Divided by the factor where that is large, so that 1 is reached and never passed.
    return r / (1 / longer + r * (1 - 1 / longer)) if longer > 1 else longer * r / (1 - (1 - longer) * r)


def two_item_reliability(item1: Sequence[float | None], item2: Sequence[float | None]) -> TwoItemReliability:
    """The reliability of a scale of two items: Spearman-Brown, 2 r / (1 + r).

    Somebody without both answers is left out and counted. Raises Undefined for fewer than two people, an item
    with the same answer from everybody, or a negative correlation (one of the two is scored the wrong way
    round); ValueError for lists of different length.

    Source: Eisinga, te Grotenhuis & Pelzer (2013), Int J Public Health 58, 637-642.

    >>> f"{two_item_reliability([1, 2, 3, 4], [2, 2, 4, 5]).reliability:.3f}"
    '0.973'
    """
    one, other, dropped = both_given("item1", item1, "item2", item2)
    if len(one) < 2:
        raise Undefined("fewer than two people answered both items")
    first, second = comparable(one), comparable(other)
    spread = float(np.linalg.norm(first) * np.linalg.norm(second))
    if spread == 0:
        raise Undefined("an item has the same answer from everybody, so nothing goes together with it")
    r = min(1.0, max(-1.0, float(first @ second) / spread))
    if r < 0:
        raise Undefined("the items correlate negatively: one of them is scored the wrong way round")
    return TwoItemReliability(2 * r / (1 + r), r, len(one), dropped)


def standard_error_of_measurement(sd: float, reliability: float) -> MeasurementError:
    """How far a score lies from the true one by chance: SEM = SD sqrt(1 - r).

    Raises Undefined without any spread or for a negative reliability, ValueError for a spread below 0 or a
    reliability above 1. Source: Lord & Novick (1968), Statistical theories of mental test scores.

    >>> f"{standard_error_of_measurement(0.6, 0.84).sem:.2f}"
    '0.24'
    """
    sem = real_spread("sd", sd) * math.sqrt(1 - usable_reliability(reliability))
    return MeasurementError(sem, NormalDist().inv_cdf(0.975) * sem)


def error_of_a_mean_of_raters(sd_within: float, k: int) -> MeasurementError:
    """How far the mean of `k` raters lies from that of all raters there could be: sd_within / sqrt(k).

    `sd_within` is the spread between raters of one person. Raises Undefined without spread, ValueError for
    fewer than one rater or a spread below 0. Source: Lord & Novick (1968).

    >>> f"{error_of_a_mean_of_raters(0.7, 4).ci95_halfwidth:.2f}"
    '0.69'
    """
    sem = real_spread("sd_within", sd_within) / math.sqrt(count("k", k))
    return MeasurementError(sem, NormalDist().inv_cdf(0.975) * sem)


def around_item_means(complete: Floats) -> Floats:
    """Answers as distances to the mean of their item, all in one unit, at most 1 in size."""
    near = complete - complete[0]
    around: Floats = near - near.mean(axis=0)
    size = float(np.abs(around).max())
    return np.divide(around, size) if size else around


def _average_correlation(found: Floats, variances: Floats) -> float | None:
    """Mean correlation of all pairs of items, from the variance of their standardised sum."""
    items = found.shape[1]
    if (variances == 0).any():
        return None
    of_sum = float((found / np.sqrt(variances)).sum(axis=1).var(ddof=1))
    return float((of_sum - items) / (items * (items - 1)))


def _standardised(average: float | None, items: int) -> float | None:
    if average is None or 1 + (items - 1) * average <= HAIR:
        return None  # the standardised sum has no spread: the formula has its pole there
    return items * average / (1 + (items - 1) * average)
