"""Would people recommend it: the employee net promoter score."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from driehoek.evidence.given import Exact, exact, two_sided_z
from driehoek.evidence.undefined import Undefined

OF_EACH_SIDE: Final = 0.75
"""Promoters, and detractors, added by the adjusted interval; twice as many passives."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Promoters minus detractors in percent; error and interval are None when nobody differs from anybody."""

    enps: float
    se: float | None
    ci_low: float | None
    ci_high: float | None
    n: int
    promoters: int
    passives: int
    detractors: int
    invalid: int
    missing: int


def enps(
    scores: Iterable[Exact | None], *, confidence: float = 0.95, is_adjusted: bool = False
) -> Recommendation:
    """Percent of 9 and 10 minus percent of 0 to 6, with an interval.

    Parameters
    ----------
    scores : whole numbers from 0 to 10. None is missing; any other number is invalid. Both are counted and
        left out: 11 is not a very good 10.
    is_adjusted : error and interval around the value with 3/4 promoter, 3/4 detractor and 3/2 passive added,
        for few answers and when all are alike; `enps` itself stays as measured.

    Returns
    -------
    Recommendation: enps in [-100, 100], unrounded; the ends of the interval are kept in that range.

    Raises
    ------
    Undefined : no valid score.
    ValueError : a score is not a number, or confidence outside (0, 1).

    Source
    ------
    Rocks (2016), The American Statistician 70, 365-372; R NPS::nps.se (method "wald"). The adjusted form is
    the one with the triangular prior, AW(3, T).

    Example
    -------
    >>> found = enps([10, 9, 7, 3, None, 11])
    >>> found.enps, found.invalid, found.missing
    (25.0, 1, 1)
    """
    z, given = two_sided_z(confidence), list(scores)
    there = [exact("scores", score) for score in given if score is not None]
    valid = [score for score in there if score.denominator == 1 and 0 <= score <= 10]
    n = len(valid)
    if not n:
        raise Undefined("no valid score from 0 to 10")
    promoters, detractors = sum(one >= 9 for one in valid), sum(one <= 6 for one in valid)
    extra = OF_EACH_SIDE if is_adjusted else 0.0
    size = n + 4 * extra
    up, down = (promoters + extra) / size, (detractors + extra) / size
    se = 100 * math.sqrt(max(up + down - (up - down) ** 2, 0) / size) or None
    middle, half = 100 * (up - down), z * (se or 0)
    return Recommendation(
        enps=100 * (promoters - detractors) / n,
        se=se,
        ci_low=max(middle - half, -100.0) if se else None,
        ci_high=min(middle + half, 100.0) if se else None,
        n=n,
        promoters=promoters,
        passives=n - promoters - detractors,
        detractors=detractors,
        invalid=len(there) - n,
        missing=len(given) - len(there),
    )
