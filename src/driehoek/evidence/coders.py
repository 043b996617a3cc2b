"""Two or more people who put the same things into categories: kappa and Krippendorff's alpha."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from driehoek.evidence.ratings import NUMBERS, Floats, with_gaps
from driehoek.evidence.undefined import Undefined

Weights: TypeAlias = Literal["unweighted", "linear", "quadratic"]
Level: TypeAlias = Literal["ordinal", "interval", "ratio"]

# The ratio level compares every value with every other one: above this it would take minutes.
MOST_VALUES_FOR_RATIO: Final = 5_000


@dataclass(frozen=True, slots=True)
class Kappa:
    """`kappa` with the weights asked for and without any, over `n` pairs; `n_dropped` pairs had a gap."""

    kappa: float
    unweighted: float
    n: int
    n_dropped: int


@dataclass(frozen=True, slots=True)
class KrippendorffAlpha:
    """Alpha at each level of measurement; None where the codes do not have that level.

    Text has only the nominal level, and numbers below 0 have no ratio.
    """

    nominal: float
    ordinal: float | None
    interval: float | None
    ratio: float | None
    n_units: int
    n_values: int


def weighted_kappa(
    rater1: Sequence[Any],
    rater2: Sequence[Any],
    categories: Sequence[Hashable],
    weights: Weights = "quadratic",
) -> Kappa:
    """How far two raters agree beyond chance, where a near miss may count less than a far one.

    Parameters
    ----------
    rater1, rater2 : a category per thing rated, in the same order; None where there is none.
    categories : every category of the scale from low to high, also those nobody used. Their order decides
        how far two of them are apart, not their names: sorting -2 and -1 as text gives a wrong kappa.
    weights : `quadratic`, `linear`, or `unweighted`.

    Returns
    -------
    1 - observed disagreement / disagreement expected from how often each rater used each category.

    Raises
    ------
    Undefined : no complete pairs, one pair, or both raters used one and the same category only.
    ValueError : lists of different length, a value that is no category, fewer than two categories, one
        category twice, or unknown weights.

    Source
    ------
    Cohen (1960), Educ Psychol Meas 20, 37-46; (1968) Psychol Bull 70, 213-220.

    Example
    -------
    >>> weighted_kappa([0, 1, 2], [0, 1, 1], [0, 1, 2]).kappa
    0.6666666666666667
    """
    if weights not in ("unweighted", "linear", "quadratic"):
        raise ValueError(f"weights must be unweighted, linear or quadratic, not {weights!r}")
    first, second = coded_pairs(rater1, rater2, categories)
    if first[0] == second[0] and (first == first[0]).all() and (second == second[0]).all():
        raise Undefined("both raters used one and the same category only: chance agreement is complete")
    shares = [np.bincount(one, minlength=len(categories)) / len(first) for one in (first, second)]
    return Kappa(
        kappa=_kappa(first, second, shares, weights),
        unweighted=_kappa(first, second, shares, "unweighted"),
        n=len(first),
        n_dropped=len(rater1) - len(first),
    )


def krippendorff_alpha(rows_are_raters: Sequence[Sequence[Any]]) -> KrippendorffAlpha:
    """How far any number of coders agree beyond chance, with gaps, at every level the codes have.

    Parameters
    ----------
    rows_are_raters : one row per coder, one column per thing coded, None where there is none. Numbers, or
        text for names without an order. A thing coded once says nothing about agreement and is left out.

    Raises
    ------
    Undefined : fewer than two things were coded twice, or every code is the same.
    ValueError : rows of different length, numbers and text mixed, or no codes at all.

    Source
    ------
    Krippendorff (2004), Content Analysis, 2nd ed., chapter 11; Hayes & Krippendorff (2007), Commun Methods
    Meas 1, 77-89.

    Example
    -------
    >>> alpha = krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, 2]])
    >>> f"{alpha.nominal:.3f} {alpha.interval:.3f}"
    '0.667 0.821'
    """
    units, values, are_numbers = codes_with_company(rows_are_raters)
    distinct, codes = np.unique(values, return_inverse=True)
    if len(distinct) == 1:
        raise Undefined("every code is the same: there is nothing to disagree about")
    numbers = distinct if are_numbers else None
    return KrippendorffAlpha(
        nominal=_nominal_alpha(units, codes),
        ordinal=_alpha(units, codes, numbers, "ordinal"),
        interval=_alpha(units, codes, numbers, "interval"),
        ratio=_alpha(units, codes, numbers, "ratio"),
        n_units=int(units.max()) + 1,
        n_values=len(values),
    )


def coded_pairs(
    rater1: Sequence[Any], rater2: Sequence[Any], categories: Sequence[Hashable]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The place of each category that both gave, from 0. Raises as `weighted_kappa`.

    >>> [found.tolist() for found in coded_pairs(["low", "high"], ["low", "low"], ["low", "high"])]
    [[0, 1], [0, 0]]
    """
    places = _places(categories)
    if len(rater1) != len(rater2):
        raise ValueError("rater1 and rater2 must have rated the same things")
    both = zip(rater1, rater2, strict=True)
    pairs = [(one, other) for one, other in both if one is not None and other is not None]
    if len(pairs) < 2:
        raise Undefined("fewer than two things were rated by both raters")
    found = np.array([[_place(places, one) for one in pair] for pair in pairs], dtype=np.intp)
    return found[:, 0], found[:, 1]


def _places(categories: Sequence[Hashable]) -> dict[Hashable, int]:
    places = {category: place for place, category in enumerate(categories)}
    if len(places) != len(categories) or len(places) < 2 or None in places:
        raise ValueError("categories must be two or more different ones, from low to high")
    return places


def _place(places: dict[Hashable, int], value: Any) -> int:
    try:
        return places[value]
    except (KeyError, TypeError):
        raise ValueError(f"{value!r} is not one of the categories") from None


def _kappa(first: NDArray[Any], second: NDArray[Any], shares: list[Floats], weights: Weights) -> float:
    """Without a table of categories by categories: the chance disagreement follows from the two shares."""
    one, other = shares
    apart = np.abs(first - second).astype(np.float64)
    if weights == "unweighted":
        return 1 - float((apart > 0).mean() / (1 - one @ other))
    if weights == "linear":
        below, also = one.cumsum()[:-1], other.cumsum()[:-1]
        return 1 - float(apart.mean() / (below * (1 - also) + also * (1 - below)).sum())
    expected = first.var() + second.var() + (first.mean() - second.mean()) ** 2
    return 1 - float((apart**2).mean() / expected)


def codes_with_company(rows: Sequence[Sequence[Any]]) -> tuple[NDArray[np.intp], NDArray[Any], bool]:
    """Of every code that has a companion: its thing, numbered from 0, and its value."""
    if any(isinstance(row, str) or not hasattr(row, "__len__") for row in rows) or (
        len({len(row) for row in rows}) != 1
    ):
        raise ValueError("rows_are_raters must be one row per rater, all of the same length")
    given = [(unit, code) for row in rows for unit, code in enumerate(row) if code is not None]
    texts = sum(isinstance(code, str) for _, code in given)
    if 0 < texts < len(given) or any(not isinstance(code, (str, *NUMBERS)) for _, code in given):
        raise ValueError("rows_are_raters must hold numbers only, or text only")
    codes = [code for _, code in given]
    values = np.array(codes, dtype=np.str_) if texts else with_gaps("rows_are_raters", codes)
    units = np.array([unit for unit, _ in given], dtype=np.intp)
    paired = np.bincount(units, minlength=1)[units] > 1 if len(units) else np.zeros(0, dtype=bool)
    left, renumbered = np.unique(units[paired], return_inverse=True)
    if len(left) < 2:
        raise Undefined("fewer than two things were coded by two or more raters")
    return renumbered, values[paired], not texts


# Both alphas are 1 - observed / expected disagreement, as sums over ordered pairs of values.


def _nominal_alpha(units: NDArray[np.intp], codes: NDArray[np.intp]) -> float:
    n, kinds = len(codes), int(codes.max()) + 1
    per_unit = np.bincount(units).astype(np.float64)
    cells, counts = np.unique(units * kinds + codes, return_counts=True)
    together = np.bincount(cells // kinds, weights=counts.astype(np.float64) ** 2)
    observed = float(((per_unit**2 - together) / (per_unit - 1)).sum())
    expected = float(n) ** 2 - float((np.bincount(codes).astype(np.float64) ** 2).sum())
    return 1 - (n - 1) * observed / expected


def _alpha(
    units: NDArray[np.intp], codes: NDArray[np.intp], numbers: Floats | None, level: Level
) -> float | None:
    n, per_unit = len(codes), np.bincount(units)
    if numbers is None or (level == "ratio" and (numbers[0] < 0 or len(numbers) > MOST_VALUES_FOR_RATIO)):
        return None
    if level == "ratio":
        return 1 - (n - 1) * _observed_ratio(units, codes, numbers) / _expected_ratio(codes, numbers)
    if level == "ordinal":
        # The ordinal distance is the squared distance between mid-ranks.
        counts = np.bincount(codes)
        numbers = counts.cumsum() - counts / 2
    points = numbers[codes] - numbers.mean()
    points = points / np.abs(points).max()
    means = np.bincount(units, weights=points) / per_unit
    within = np.bincount(units, weights=(points - means[units]) ** 2)
    observed = float((2 * per_unit * within / (per_unit - 1)).sum())
    return 1 - (n - 1) * observed / (2 * n * float(((points - points.mean()) ** 2).sum()))


def _ratio_distance(one: Floats, other: Floats) -> Floats:
    total = one + other
    return ((one - other) / np.where(total == 0, 1, total)) ** 2


def _observed_ratio(units: NDArray[np.intp], codes: NDArray[np.intp], numbers: Floats) -> float:
    order = np.argsort(units, kind="stable")
    thing, value = units[order], numbers[codes[order]]
    share = 1 / (np.bincount(units)[thing] - 1)
    total, step = 0.0, 1
    while step < len(thing) and (same := thing[step:] == thing[:-step]).any():
        apart = _ratio_distance(value[step:], value[:-step])
        total += 2 * float((apart * share[step:])[same].sum())
        step += 1
    return total


def _expected_ratio(codes: NDArray[np.intp], numbers: Floats) -> float:
    counts = np.bincount(codes).astype(np.float64)
    return sum(
        float(count * (counts * _ratio_distance(numbers, value)).sum())
        for count, value in zip(counts, numbers, strict=True)
    )
