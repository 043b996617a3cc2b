"""What single figures give away, and what noise would protect them; for figures together see disclosure."""

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

APART: Final = timedelta(days=14)
"""After so long people answer anew; sooner, two results are two views of the same answers."""


@dataclass(frozen=True, slots=True)
class Differencing:
    """The mean answer of those who are in one figure and not in the other, and how many they are."""

    recovered_value: float
    n_recovered: int


@dataclass(frozen=True, slots=True)
class Diversity:
    """Whether a mean gives away every answer, and how many different answers there are at the least."""

    all_individual_answers_known: bool
    distinct_l: int


@dataclass(frozen=True, slots=True)
class PrivateMean:
    """The noise that differential privacy adds to a mean; 95 of 100 times it stays within the bound."""

    sensitivity: float
    laplace_scale: float
    error_bound_95: float


def differencing(*, mean_all: float, n_all: int, mean_without: float, n_without: int) -> Differencing:
    """What two means over almost the same people say of those who are in one of them only.

    Parameters
    ----------
    mean_all, n_all : the mean over the larger group, and how many are in it.
    mean_without, n_without : the same over a part of that group; fewer people, at least 1.

    Returns
    -------
    Differencing: with n_recovered 1 it is that person's answer. As exact as the two means were published.

    Raises
    ------
    ValueError : a mean that is not finite, or a part that is not smaller than the whole.

    Source
    ------
    Arithmetic: n M - m K, by n - m.

    Example
    -------
    >>> differencing(mean_all=3.5, n_all=6, mean_without=3.2, n_without=5)
    Differencing(recovered_value=5.0, n_recovered=1)
    """
    if not (math.isfinite(mean_all) and math.isfinite(mean_without)):
        raise ValueError("mean_all and mean_without are finite numbers")
    if any(isinstance(one, bool) or not isinstance(one, int) for one in (n_all, n_without)):
        raise ValueError("n_all and n_without are whole numbers")
    if not 1 <= n_without < n_all:
        raise ValueError("n_without is at least 1 and less than n_all")
    apart = n_all - n_without
    return Differencing((n_all * mean_all - n_without * mean_without) / apart, apart)


def l_diversity(
    *, n: int, mean: float, scale: tuple[float, float], sd: float | None = None, are_whole: bool = True
) -> Diversity:
    """Whether a mean says what every single person answered, however many they are.

    It does at an end of the scale, when nobody differs from anybody, and over one person.

    Parameters
    ----------
    n : people in the mean, at least 1.
    mean : on the scale, exact; of a rounded one the audit in `disclosure` knows more.
    scale : lowest and highest answer.
    sd : the spread, where it is published as well; None if not.
    are_whole : whether answers are whole numbers.

    Returns
    -------
    Diversity: distinct_l is the fewest different answers that fit, 1 or 2; a group is diverse from 2 on.

    Raises
    ------
    ValueError : a mean outside the scale, a scale without length, n below 1, a negative spread.

    Source
    ------
    Machanavajjhala et al. (2007), ACM Transactions on Knowledge Discovery from Data 1, 3.

    Example
    -------
    >>> l_diversity(n=5, mean=5, scale=(1, 5))
    Diversity(all_individual_answers_known=True, distinct_l=1)
    """
    low, high = scale
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise ValueError(f"n is a whole number of at least 1, not {n!r}")
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError("scale is its lowest and its highest answer, both finite")
    if not low <= mean <= high:
        raise ValueError(f"mean lies on the scale from {low} to {high}, not at {mean}")
    if sd is not None and not 0 <= sd < math.inf:
        raise ValueError(f"sd is a finite number of at least 0, not {sd}")
    if n == 1 or sd == 0 or mean in (low, high):
        return Diversity(True, 1)
    differ = sd is not None or (are_whole and abs(mean - round(mean)) > 1e-9)
    return Diversity(False, 2 if differ else 1)


def dp_mean(*, n: int, lower: float, upper: float, epsilon: float) -> PrivateMean:
    """How much noise a mean needs before nobody's answer can be told from it.

    The number only, for planning: the noise itself comes from a library made for it, never from floats.

    Parameters
    ----------
    n : people in the mean, at least 1; the number itself is public.
    lower, upper : the ends of the scale.
    epsilon : the privacy budget, more than 0; 1 is usual, less protects more.

    Returns
    -------
    PrivateMean in the unit of the scale, unrounded.

    Raises
    ------
    ValueError : an argument out of range.

    Source
    ------
    Dwork, McSherry, Nissim & Smith (2006), TCC 2006, 265-284: Laplace noise of scale sensitivity / epsilon;
    one answer replaced moves the mean by (upper - lower) / n at most. Bound: scale times ln 20.

    Example
    -------
    >>> f"{dp_mean(n=10, lower=1, upper=5, epsilon=1).error_bound_95:.2f}"
    '1.20'
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise ValueError(f"n is a whole number of at least 1, not {n!r}")
    if not (math.isfinite(lower) and math.isfinite(upper) and lower < upper):
        raise ValueError("lower and upper are finite, and lower is the lower one")
    if not 0 < epsilon < math.inf:
        raise ValueError(f"epsilon is a finite number above 0, not {epsilon}")
    sensitivity = (upper - lower) / n
    scale = sensitivity / epsilon
    return PrivateMean(sensitivity, scale, scale * math.log(20))
