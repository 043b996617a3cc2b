"""How far members of one group resemble each other, and how reliable the mean of a group is."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from driehoek.evidence.icc import HAIR, nothing_is_zero, single_rater
from driehoek.evidence.ratings import Floats, comparable, with_gaps
from driehoek.evidence.undefined import Undefined

GroupSize: TypeAlias = Literal["mean", "n0"]


@dataclass(frozen=True, slots=True)
class GroupIcc:
    """`icc1` of one rater, `icc2` of a group's mean; `k` is the group size that was used."""

    icc1: float
    icc2: float
    n_groups: int
    k: float
    n: int
    n_dropped: int


def bliese(
    outcome: Sequence[float | None], group: Sequence[Hashable | None], group_size: GroupSize = "mean"
) -> GroupIcc:
    """How far people in one group resemble each other, and how reliable the mean of a group is.

    Parameters
    ----------
    outcome, group : a score and a group per person; a person without either is left out and counted.
    group_size : with groups of different size, `mean` takes their mean size, as R multilevel does; `n0` the
        unbiased (N - sum n^2 / N) / (G - 1).

    Returns
    -------
    ICC(1) = (MSB - MSW) / (MSB + (k - 1) MSW) and ICC(2) = (MSB - MSW) / MSB.

    Raises
    ------
    Undefined : fewer than two groups, no group of two, or means that are all equal.
    ValueError : lists of different length, scores that are no numbers, an unknown group size.

    Source
    ------
    Bliese (2000), in Klein & Kozlowski (eds), Multilevel theory, research, and methods in organizations.

    Example
    -------
    >>> found = bliese([1, 2, 4, 5], ["a", "a", "b", "b"])
    >>> f"{found.icc1:.3f} {found.icc2:.3f}"
    '0.895 0.944'
    """
    if group_size not in ("mean", "n0"):
        raise ValueError(f"group_size must be mean or n0, not {group_size!r}")
    scores, codes, dropped = _grouped(outcome, group)
    sizes = np.bincount(codes) if len(codes) else np.zeros(0)
    groups, n = len(sizes), len(scores)
    if groups < 2:
        raise Undefined("fewer than two groups: there is nothing to tell apart")
    if n == groups:
        raise Undefined("no group has two members: nothing is known about differences within groups")
    means = np.bincount(codes, weights=scores) / sizes
    if np.ptp(means) <= HAIR:
        raise Undefined("all groups have the same mean: there are no differences between groups to find")
    ms_between = float((sizes * (means - scores.mean()) ** 2).sum()) / (groups - 1)
    ms_within = float((nothing_is_zero(scores - means[codes]) ** 2).sum()) / (n - groups)
    k = n / groups if group_size == "mean" else float(n - (sizes.astype(float) ** 2).sum() / n) / (groups - 1)
    return GroupIcc(
        icc1=single_rater(ms_between, ms_within, k),
        icc2=1 - ms_within / ms_between,
        n_groups=groups,
        k=k,
        n=n,
        n_dropped=dropped,
    )


def _grouped(outcome: Sequence[float | None], group: Sequence[Hashable | None]) -> tuple[Floats, Any, int]:
    """Comparable scores and the number of everybody's group, and how many people were left out."""
    scores = with_gaps("outcome", outcome)
    if len(scores) != len(group):
        raise ValueError("outcome and group must have one place for the same people")
    given = ~np.isnan(scores) & np.array([name is not None for name in group], dtype=bool)
    numbers: dict[Hashable, int] = {}
    codes = [
        numbers.setdefault(name, len(numbers)) for name, there in zip(group, given, strict=True) if there
    ]
    kept = scores[given]
    return comparable(kept) if len(kept) else kept, np.array(codes, dtype=np.intp), int((~given).sum())
