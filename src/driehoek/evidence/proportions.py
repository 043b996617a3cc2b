"""A share of people, and how sure one can be of it."""

import math
from bisect import bisect_left
from statistics import NormalDist


def wilson_interval(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Interval for the share behind `successes` out of `n`.

    Parameters
    ----------
    successes : whole number from 0 to n.
    n : whole number, at least 1; people who gave no answer are not in it.
    confidence : between 0 and 1, both excluded.

    Returns
    -------
    (low, high), each in [0, 1], unrounded.

    Raises
    ------
    ValueError : n below 1, successes outside 0..n, or confidence outside (0, 1).

    Source
    ------
    Wilson (1927), JASA 22, 209-212; checked against Newcombe (1998), Stat Med 17, 857-872, table I.

    Example
    -------
    >>> low, high = wilson_interval(16, 20)
    >>> f"{low:.3f} {high:.3f}"
    '0.584 0.919'
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError("give at least one answer, and no more successes than answers")
    z = _z(confidence)
    share, scale = successes / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / scale
    half = z / scale * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    # At the ends the formula is exact; only the arithmetic could pass them by a hair.
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return low, high


def fewest_answers(target: float, confidence: float = 0.95) -> int:
    """How many answers are needed before a share of `target` could be demonstrated at all.

    With fewer, even a yes from everybody leaves the lower end of the Wilson interval below the target.

    Parameters
    ----------
    target : a share in (0, 1); with 1 no number suffices.

    Raises
    ------
    ValueError : target outside (0, 1) or confidence outside (0, 1).

    Source
    ------
    With k = n the lower end is n / (n + z squared).

    Example
    -------
    >>> fewest_answers(0.8)
    16
    """
    if not 0 < target < 1:
        raise ValueError("a target is a share between 0 and 1; a share of 1 cannot be demonstrated")
    needed = target * _z(confidence) ** 2 / (1 - target)
    n = max(1, math.floor(needed))
    while wilson_interval(n, n, confidence)[0] < target:
        n += 1
    return n


def fewest_successes(n: int, target: float, confidence: float = 0.95) -> int | None:
    """How many of `n` answers must be a yes before the share is demonstrated; None when `n` is too few.

    Raises ValueError as `wilson_interval` does, and for a target outside [0, 1].

    >>> fewest_successes(30, 0.8), fewest_successes(15, 0.8)
    (29, None)
    """
    if not 0 <= target <= 1:
        raise ValueError("a target is a share from 0 to 1")
    k = bisect_left(range(n + 1), target, key=lambda k: wilson_interval(k, n, confidence)[0])
    return k if k <= n else None


def _z(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)
