"""Who rates themselves above, like or below the others, beside how people differ in that."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from driehoek.evidence.ratings import both_given, with_gaps
from driehoek.evidence.undefined import Undefined

Category = Literal["over", "in_agreement", "under"]
Centre = Literal["mean", "zero"]

HALF: Final = 0.5
FEWEST_PEOPLE: Final = 10


@dataclass(frozen=True, slots=True)
class SelfOtherAgreement:
    """Self minus others of everybody, and what each is beside these; None for who lacks one of the two.

    `lower` and `upper` are the limits: half a standard deviation to either side of the centre.
    """

    categories: tuple[Category | None, ...]
    differences: tuple[float | None, ...]
    mean_difference: float
    sd_difference: float
    lower: float
    upper: float
    n: int
    n_dropped: int


def self_other_agreement(
    self_scores: Sequence[float | None], others: Sequence[float | None], centre: Centre = "mean"
) -> SelfOtherAgreement:
    """Who of many people rates themselves higher or lower than others do, by half a standard deviation.

    It describes a group for research. On one person it says less than the difference with its interval, and
    it is no mark: where the limits lie depends on who else is in the group.

    Parameters
    ----------
    self_scores : the own score of each person, None where there is none.
    others : the mean of the others for the same people in the same order, on the same scale.
    centre : the limits lie around the `mean` difference of these people, or around `zero`.

    Returns
    -------
    over from half a standard deviation above the centre on, under from half below, in_agreement between.

    Raises
    ------
    Undefined : fewer than ten people with both, or the same difference for all.
    ValueError : lists of different length, no numbers, or another centre.

    Source
    ------
    Atwater & Yammarino (1992), Personnel Psychology 45, 141-164. For research rather polynomial regression:
    Edwards (1994), Org Behav Hum Decis Process 58, 51-100.

    Example
    -------
    >>> found = self_other_agreement([4, 3, 3, 4, 3, 4, 5, 3, 4, 2], [3, 3, 3, 4, 3, 4, 3, 3, 4, 3])
    >>> found.categories[:3], found.categories[-1]
    (('over', 'in_agreement', 'in_agreement'), 'under')
    """
    if centre not in ("mean", "zero"):
        raise ValueError(f"centre must be mean or zero, not {centre!r}")
    own, seen, dropped = both_given("self_scores", self_scores, "others", others)
    if len(own) < FEWEST_PEOPLE:
        raise Undefined(f"{len(own)} people have both scores, and at least {FEWEST_PEOPLE} are needed")
    known = own - seen
    spread, mean = float(known.std(ddof=1)), float(known.mean())
    if np.ptp(known) <= 1e-12 * max(float(np.abs(own).max()), float(np.abs(seen).max())):
        raise Undefined("everybody differs by the same amount: there is no spread to measure with")
    middle = mean if centre == "mean" else 0.0
    lower, upper = middle - HALF * spread, middle + HALF * spread
    all_of_them = with_gaps("self_scores", self_scores) - with_gaps("others", others)
    differences = tuple(None if np.isnan(one) else float(one) for one in all_of_them)
    named = tuple(None if one is None else _category(one, lower, upper) for one in differences)
    return SelfOtherAgreement(named, differences, mean, spread, lower, upper, len(known), dropped)


def _category(difference: float, lower: float, upper: float) -> Category:
    return "over" if difference >= upper else "under" if difference <= lower else "in_agreement"
