"""What people scored, read into arrays: a gap is None, and whatever cannot be right is refused by name."""

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from driehoek.evidence.undefined import Undefined

NUMBERS: Final = (int, float, Decimal, Fraction, np.integer, np.floating)
Floats = NDArray[np.float64]

# Beyond this size a square no longer fits in a float; no scale that people answer comes near it.
LARGEST: Final = 1e150


def with_gaps(name: str, values: Any) -> Floats:
    """One-dimensional scores as floats, NaN where the value is None.

    Raises ValueError when it is no list of finite numbers: text, truth values and NaN are refused.
    """
    if isinstance(values, np.ndarray) and values.ndim == 1 and values.dtype.kind in "iuf":
        found = values.astype(np.float64)
        if not np.isfinite(found).all():
            raise ValueError(f"{name} must hold finite numbers")
        if np.abs(found).max(initial=0) > LARGEST:
            raise ValueError(f"{name} holds a number too large to reckon with")
    elif isinstance(values, Sequence | np.ndarray) and not isinstance(values, str | bytes):
        found = np.array([math.nan if value is None else number(name, value) for value in values], np.float64)
    else:
        raise ValueError(f"{name} must be a list of numbers")
    return found


def scores(name: str, values: Any) -> Floats:
    """The scores that were given; who gave none (None) is left out. Raises ValueError as `with_gaps`.

    >>> scores("peers", [3, None, 4]).tolist()
    [3.0, 4.0]
    """
    found = with_gaps(name, values)
    return found[~np.isnan(found)]


def table(name: str, rows: Any) -> Floats:
    """Rows of equal length as a two-dimensional array, NaN where the value is None.

    Raises ValueError for rows of different length, no rows, and as `with_gaps` does.
    """
    if isinstance(rows, np.ndarray):
        if rows.ndim != 2:
            raise ValueError(f"{name} must be rows of numbers")
    elif not isinstance(rows, Sequence) or isinstance(rows, str | bytes):
        raise ValueError(f"{name} must be rows of numbers")
    if any(isinstance(row, str | bytes) or not hasattr(row, "__len__") for row in rows):
        raise ValueError(f"{name} must be rows of numbers")
    if len({len(row) for row in rows}) > 1:
        raise ValueError(f"the rows of {name} must have the same length")
    if len(rows) == 0 or len(rows[0]) == 0:
        raise ValueError(f"{name} must hold at least one number")
    if isinstance(rows, np.ndarray) and rows.dtype.kind in "iuf":
        return with_gaps(name, rows.ravel()).reshape(rows.shape)
    return with_gaps(name, [value for row in rows for value in row]).reshape(len(rows), -1)


def complete_rows(found: Floats) -> tuple[Floats, int]:
    """The rows without a gap, and how many rows were left out for having one."""
    whole: Floats = found[~np.isnan(found).any(axis=1)]
    return whole, len(found) - len(whole)


def both_given(first_name: str, first: Any, second_name: str, second: Any) -> tuple[Floats, Floats, int]:
    """Two lists over the same people: the pairs that are complete, and how many were not.

    Raises ValueError for lists of different length, and as `with_gaps` does.
    """
    one, other = with_gaps(first_name, first), with_gaps(second_name, second)
    if len(one) != len(other):
        raise ValueError(f"{first_name} and {second_name} must have one place for the same people")
    given = ~(np.isnan(one) | np.isnan(other))
    return one[given], other[given], int(len(given) - given.sum())


def comparable(found: Floats) -> Floats:
    """The same numbers around zero and at most 1 in size, for a result that has no unit.

    What is equal stays exactly equal; squares then neither overflow nor vanish.
    """
    centred = found - float(found.ravel()[0])
    centred = centred - centred.mean()
    size = float(np.abs(centred).max(initial=0))
    scaled: Floats = centred if size == 0 else centred / size
    return scaled


def all_alike(found: Floats, *measured_from: Floats) -> bool:
    """Whether nothing differs but the last bits that subtracting floats leaves behind.

    `measured_from` are the numbers that were subtracted: 4.3 - 3.3 and 2.3 - 1.3 are both one point.
    """
    size = max((float(np.abs(one).max(initial=0)) for one in measured_from), default=0.0)
    return bool(np.ptp(found) <= 16 * np.finfo(np.float64).eps * size)


def number(name: str, value: Any) -> float:
    """One finite number as a float. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, NUMBERS):
        raise ValueError(f"{name} must be a number, not {value!r}")
    try:
        found = float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise ValueError(f"{name} must be a finite number")
    if abs(found) > LARGEST:
        raise ValueError(f"{name} is a number too large to reckon with")
    return found


def size(name: str, value: Any) -> float:
    """One finite number of at least 0. Raises ValueError for anything else."""
    found = number(name, value)
    if found < 0:
        raise ValueError(f"{name} must be 0 or more, not {value}")
    return found


def count(name: str, value: Any, at_least: int = 1) -> int:
    """One whole number. Raises ValueError for anything else, or when it is too small."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < at_least:
        raise ValueError(f"{name} must be a whole number of at least {at_least}, not {value!r}")
    return int(value)


def confidence_level(value: Any) -> float:
    """A confidence between 0 and 1. Raises ValueError for 95 where 0.95 is meant."""
    found = number("confidence", value)
    if not 0 < found < 1:
        raise ValueError(f"confidence must lie between 0 and 1, such as 0.95, not {value}")
    return found


def ends_of_scale(scale: Any) -> tuple[float, float]:
    """Lowest and highest answer. Raises ValueError when that is not what was given."""
    if not isinstance(scale, Sequence) or isinstance(scale, str) or len(scale) != 2:
        raise ValueError("scale must be the lowest and the highest answer")
    low, high = number("scale", scale[0]), number("scale", scale[1])
    if low >= high:
        raise ValueError("scale must run from its lowest to its highest answer")
    return low, high


def usable_reliability(value: Any) -> float:
    """A reliability from 0 to 1. Raises Undefined below 0, ValueError for what no reliability can be."""
    found = number("reliability", value)
    if found > 1:
        raise ValueError(f"reliability must lie from 0 to 1, not {value}")
    if found < 0:
        raise Undefined("the reliability is negative: the measure does not tell people apart")
    return found


def real_spread(name: str, value: Any) -> float:
    """A standard deviation above 0. Raises Undefined for 0, ValueError for anything else."""
    found = size(name, value)
    if found < 1 / LARGEST:
        raise Undefined(f"{name} is zero: without differences there is nothing to compare with")
    return found


def measurement_error(sd_pre: Any, reliability: Any) -> float:
    """SD sqrt(1 - r), above 0. Raises as `real_spread`; Undefined for a perfect reliability."""
    found = real_spread("sd_pre", sd_pre) * math.sqrt(1 - usable_reliability(reliability))
    if found == 0:
        raise Undefined("a perfect reliability leaves no measurement error to compare with")
    return found
