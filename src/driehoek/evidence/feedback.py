"""The means of 360-degree feedback per rater group, without showing what a few people answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from driehoek.evidence.ratings import Floats, count, scores
from driehoek.evidence.undefined import Undefined

SELF: Final = "self"
MANAGER: Final = "manager"
POOLED: Final = "mean_others_pooled"
EQUAL_GROUPS: Final = "mean_others_equal_group_weight"
SELF_MINUS_POOLED: Final = "self_minus_others_pooled"


@dataclass(frozen=True, slots=True)
class Aggregate360:
    """Means that may be shown; `hidden` are the groups that may not, `hidden_totals` what gives them away.

    A group or total that nobody answered for is in none of them.
    """

    means: Mapping[str, float]
    counts: Mapping[str, int]
    totals: Mapping[str, float]
    hidden: tuple[str, ...]
    hidden_totals: tuple[str, ...]

    def by_name(self) -> dict[str, float | tuple[str, ...]]:
        """Every number that may be shown by name, such as `mean_peers`, and what is hidden."""
        means = {f"mean_{group}": mean for group, mean in self.means.items()}
        return {**means, **self.totals, "hidden": self.hidden, "hidden_totals": self.hidden_totals}


def aggregate360(
    ratings_by_group: Mapping[str, Sequence[float | None]],
    minimum_n: int = 3,
    *,
    exempt: Collection[str] = (MANAGER,),
    hide_unanimous: bool = False,
) -> Aggregate360:
    """The mean of every rater group, of all others together, and of the groups counted equally.

    Parameters
    ----------
    ratings_by_group : scores by group; the group `self` is never one of the others. None is left out.
    minimum_n : fewest raters of a group whose mean is shown. Fix it before answers are collected.
    exempt : groups shown whatever their number; a manager only with that manager's consent.
    hide_unanimous : also hide a group in which two or more raters gave the same answer: whoever sees that
        their spread is zero, or their mean at an end of the scale, knows every answer.

    Returns
    -------
    Pooled, every rater counts the same; with equal group weight, every group does. They differ.

    Raises
    ------
    Undefined : nobody gave any score.
    ValueError : no numbers, a minimum below 1, or a group named like a total (`others_...`).

    Source
    ------
    Complementary suppression. Whoever knows the numbers of raters takes the shown means from a total and is
    left with the hidden groups. So the pooled mean is shown only while two or more groups are hidden that
    have `minimum_n` raters together; the mean of groups, which beside it would tell hidden groups of
    different size apart, is shown only while none is hidden.

    Example
    -------
    >>> found = aggregate360({"self": [5], "peers": [4, 5, 4, 4], "reports": [2, 3]})
    >>> found.means, found.hidden
    ({'self': 5.0, 'peers': 4.25}, ('reports',))
    """
    fewest = count("minimum_n", minimum_n)
    answered = _answered(ratings_by_group)
    means = {group: _mean(found) for group, found in answered.items()}
    hidden = {
        group: len(found)
        for group, found in answered.items()
        if group not in {SELF, *exempt} and (len(found) < fewest or (hide_unanimous and _unanimous(found)))
    }
    totals = _totals(answered, means)
    left_over = len(hidden) > 1 and sum(hidden.values()) >= fewest
    unsafe = () if not hidden else (EQUAL_GROUPS,) if left_over else (POOLED, EQUAL_GROUPS, SELF_MINUS_POOLED)
    return Aggregate360(
        means={group: mean for group, mean in means.items() if group not in hidden},
        counts={group: len(found) for group, found in answered.items() if group not in hidden},
        totals={name: total for name, total in totals.items() if name not in unsafe},
        hidden=tuple(hidden),
        hidden_totals=tuple(name for name in totals if name in unsafe),
    )


def _answered(ratings_by_group: Mapping[str, Sequence[float | None]]) -> dict[str, Floats]:
    if any(not isinstance(group, str) or group.startswith("others_") for group in ratings_by_group):
        raise ValueError("a group of raters has a name, and not that of a total such as others_pooled")
    found = {group: scores(group, ratings) for group, ratings in ratings_by_group.items()}
    answered = {group: ratings for group, ratings in found.items() if len(ratings)}
    if not answered:
        raise Undefined("nobody gave a score")
    return answered


def _totals(answered: Mapping[str, Floats], means: Mapping[str, float]) -> dict[str, float]:
    others = [group for group in answered if group != SELF]
    if not others:
        return {}
    pooled = _mean(np.concatenate([answered[group] for group in others]))
    totals = {POOLED: pooled, EQUAL_GROUPS: _mean(np.array([means[group] for group in others]))}
    return totals | ({SELF_MINUS_POOLED: means[SELF] - pooled} if SELF in means else {})


def _mean(found: Floats) -> float:
    return float(found[0] + (found - found[0]).mean())


def _unanimous(found: Floats) -> bool:
    return len(found) > 1 and bool(found.min() == found.max())
