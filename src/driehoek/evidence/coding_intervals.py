"""How sure two measures of agreement between coders are: an error for kappa, intervals for alpha."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from driehoek.evidence.coders import (
    Weights,
    coded_pairs,
    codes_with_company,
    krippendorff_alpha,
    weighted_kappa,
)
from driehoek.evidence.given import two_sided_z
from driehoek.evidence.ratings import Floats, confidence_level
from driehoek.evidence.undefined import Undefined

SEED: Final = 2026
RUNS: Final = 2000
FEWEST_THINGS: Final = 20
MOST_CELLS: Final = 200_000
LEVELS: Final = ("nominal", "ordinal", "interval")


@dataclass(frozen=True, slots=True)
class KappaInterval:
    """Kappa with its error and interval. All three are None when the error is nothing."""

    kappa: float
    se: float | None
    ci_low: float | None
    ci_high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class AlphaIntervals:
    """The lower and upper end of alpha per level; None where the codes do not have that level.

    `n_runs` is how many of the draws had codes that differ, so that alpha exists; `seed` is fixed.
    """

    nominal: tuple[float, float]
    ordinal: tuple[float, float] | None
    interval: tuple[float, float] | None
    n_units: int
    n_runs: int
    seed: int


def kappa_interval(
    rater1: Sequence[Any],
    rater2: Sequence[Any],
    categories: Sequence[Any],
    weights: Weights = "quadratic",
    confidence: float = 0.95,
) -> KappaInterval:
    """How sure a kappa is, for things drawn from all the things these two could rate.

    Parameters
    ----------
    rater1, rater2, categories, weights : as `weighted_kappa`.
    confidence : between 0 and 1.

    Returns
    -------
    The large-sample standard error, and an interval by it on Fisher's z, which stays within -1 and 1 and
    covers some 92 per cent with thirty things; kappa and twice its error covers 87. None where the error is
    nothing, as when all pairs agree: that is not certainty.

    Raises
    ------
    As `weighted_kappa`, and ValueError for a confidence outside (0, 1).

    Source
    ------
    Fleiss, Cohen & Everitt (1969), Psychol Bull 72, 323-327, written as a delta method in the disagreements;
    Fisher (1921), Metron 1, 3-32, for z. The coverage was simulated in the house.

    Example
    -------
    >>> found = kappa_interval([0, 1, 2, 1], [0, 1, 1, 2], [0, 1, 2])
    >>> f"{found.kappa:.2f} {found.se:.2f}"
    '0.50 0.31'
    """
    z = two_sided_z(confidence_level(confidence))
    kappa = weighted_kappa(rater1, rater2, categories, weights).kappa
    first, second = coded_pairs(rater1, rater2, categories)
    apart = np.abs(first - second).astype(np.float64)
    observed = _cost(apart, weights)
    from_first = _expected_cost(second, len(categories), weights)[first]
    from_second = _expected_cost(first, len(categories), weights)[second]
    chance = float(from_first.mean())
    slopes = -observed / chance + (1 - kappa) / chance * (from_first + from_second)
    se = float(np.sqrt(slopes.var() / len(first)))
    if se <= 1e-12 or abs(kappa) >= 1:
        return KappaInterval(kappa, None, None, None, len(first))
    reach = z * se / (1 - kappa**2)
    low, high = (math.tanh(math.atanh(kappa) + side * reach) for side in (-1, 1))
    return KappaInterval(kappa, se, low, high, len(first))


def alpha_intervals(rows_are_raters: Sequence[Sequence[Any]], confidence: float = 0.95) -> AlphaIntervals:
    """How sure Krippendorff's alpha is, for things drawn from all the things that could be coded.

    No exact interval is known, so whole things are drawn again with replacement, 2000 times with a fixed
    seed; the ends are percentiles.

    Parameters
    ----------
    rows_are_raters : as `krippendorff_alpha`.
    confidence : between 0 and 1.

    Raises
    ------
    Undefined : fewer than 20 things that were coded twice, or more codes than can be drawn again in a moment.
    As `krippendorff_alpha`.

    Source
    ------
    Zapf, Castell, Morawietz & Karch (2016), BMC Med Res Methodol 16, 93: the standard bootstrap over things.

    Example
    -------
    >>> low, high = alpha_intervals([[1, 2, 3, 2] * 5, [1, 2, 3, 3] * 5]).nominal
    >>> 0.2 < low < 0.63 < high < 0.9
    True
    """
    tail = (1 - confidence_level(confidence)) / 2
    whole = krippendorff_alpha(rows_are_raters)
    units, values, are_numbers = codes_with_company(rows_are_raters)
    if whole.n_units < FEWEST_THINGS:
        raise Undefined(
            f"{whole.n_units} things were coded twice; an interval needs at least {FEWEST_THINGS}"
        )
    distinct, codes = np.unique(values, return_inverse=True)
    if whole.n_units * len(distinct) > MOST_CELLS:
        raise Undefined("more things and codes than can be drawn again")
    counts = np.zeros((whole.n_units, len(distinct)))
    np.add.at(counts, (units, codes), 1.0)
    drawn = np.random.default_rng(SEED).multinomial(whole.n_units, [1 / whole.n_units] * whole.n_units, RUNS)
    numbers = distinct.astype(np.float64) if are_numbers else None
    found = np.array([one for times in drawn if (one := _alphas(counts, times, numbers)) is not None])
    if not len(found):
        raise Undefined("in every draw all codes were the same")
    low, high = np.quantile(found, [tail, 1 - tail], axis=0)
    ends = [(float(one), float(other)) for one, other in zip(low, high, strict=True)]
    rest = ends[1:] if are_numbers else [None, None]
    return AlphaIntervals(ends[0], rest[0], rest[1], whole.n_units, len(found), SEED)


def _cost(apart: Floats, weights: Weights) -> Floats:
    if weights == "unweighted":
        return (apart > 0).astype(np.float64)
    return apart if weights == "linear" else apart**2


def _expected_cost(given: NDArray[np.intp], kinds: int, weights: Weights) -> Floats:
    """What each category costs, on average, beside somebody who rates like this."""
    shares: Floats = np.bincount(given, minlength=kinds) / len(given)
    places: Floats = np.arange(kinds).astype(np.float64)
    far: Floats = given.var() + (places - given.mean()) ** 2
    if weights == "unweighted":
        return 1 - shares
    if weights == "quadratic":
        return far
    below, sums = shares.cumsum(), (shares * places).cumsum()
    far = places * below - sums + (sums[-1] - sums) - places * (1 - below)
    return far


def _alphas(counts: Floats, times: NDArray[np.int64], numbers: Floats | None) -> list[float] | None:
    """Alpha per level when each thing is there so many times; None when every code is the same."""
    kept = times > 0
    table, weight = counts[kept], times[kept].astype(np.float64)
    size = table.sum(axis=1)
    per_code = weight @ table
    n = float(per_code.sum())
    if (per_code > 0).sum() < 2:
        return None
    apart = (size**2 - (table**2).sum(axis=1)) / (size - 1)
    found = [1 - (n - 1) * float(weight @ apart) / (n**2 - float(per_code @ per_code))]
    if numbers is None:
        return found
    for points in (per_code.cumsum() - per_code / 2, numbers):
        near = points - per_code @ points / n
        near = near / np.abs(near).max()
        within = 2 * (size * (table @ near**2) - (table @ near) ** 2) / (size - 1)
        found.append(1 - (n - 1) * float(weight @ within) / (2 * n * float(per_code @ near**2)))
    return found
