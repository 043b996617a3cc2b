"""What the functions of this room are given: numbers checked, and missing values left out."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from driehoek.evidence.undefined import Undefined

# scipy is imported inside the functions that need it: importing it takes two seconds.

Numbers = NDArray[np.float64]
Values = Iterable[float | None]
Exact = int | float | Decimal | Fraction


def present(name: str, values: Values, fewest: int = 1) -> Numbers:
    """The values that are there, in their order, as an array; None is a value nobody measured.

    Raises Undefined under `fewest` values, and ValueError for what is not a finite number.

    >>> present("before", [3, None, 4]).tolist()
    [3.0, 4.0]
    """
    there = placed(name, values)[1]
    if there.size < fewest:
        raise Undefined(f"{name} has {there.size} values, and at least {fewest} are needed")
    return there


def placed(name: str, values: Values) -> tuple[Numbers, Numbers]:
    """The places 1, 2, 3... of the values that are there, and these values; both may be empty.

    >>> [found.tolist() for found in placed("before", [3, None, 4])]
    [[1.0, 3.0], [3.0, 4.0]]
    """
    if isinstance(values, np.ndarray) and values.ndim == 1 and values.dtype == float:
        return np.arange(1.0, values.size + 1), _finite(name, values.copy())  # no object to look at
    given = list(values)
    kept = [(place, value) for place, value in enumerate(given, start=1) if value is not None]
    # Text that looks like a number would be read as one; a nested list would be flattened or refused late.
    if any(isinstance(value, str | bytes | bool) or not hasattr(value, "__float__") for _, value in kept):
        raise ValueError(f"{name} holds something that is not a number")
    found = np.array([float(value) for _, value in kept], dtype=float)
    return np.array([place for place, _ in kept], dtype=float), _finite(name, found)


def _finite(name: str, found: Numbers) -> Numbers:
    if not np.isfinite(found).all():
        raise ValueError(f"{name} holds a number that is not finite")
    return found


def exact(name: str, number: Exact) -> Fraction:
    """The number as it is written, so that 0.1 is a tenth; ValueError for what is not a finite number.

    >>> exact("target", 0.8)
    Fraction(4, 5)
    """
    try:
        if isinstance(number, str | bool):
            raise ValueError
        return Fraction(str(number))
    except ValueError:
        raise ValueError(f"{name} holds {number!r}, which is not a finite number") from None


def check_confidence(confidence: float) -> None:
    """ValueError unless it lies between 0 and 1: 0.95, not 95."""
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, such as 0.95; not {confidence}")


def two_sided_z(confidence: float) -> float:
    """The normal quantile of a two-sided interval.

    >>> f"{two_sided_z(0.95):.4f}"
    '1.9600'
    """
    check_confidence(confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def two_sided_t(confidence: float, freedom: float) -> float:
    """Student's quantile of a two-sided interval.

    >>> f"{two_sided_t(0.95, 4):.4f}"
    '2.7764'
    """
    check_confidence(confidence)
    from scipy.special import stdtrit  # all of scipy.stats takes three times as long to import

    return float(stdtrit(freedom, (1 + confidence) / 2))
