"""Between which ends each answer must lie, given published sums: linear programmes on a bounded scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from driehoek.evidence.given import Numbers

# scipy is imported inside the functions that need it: importing it takes two seconds.

SLACK: Final = 1e-6
CLOSE: Final = 1e-5
ONE_POINT: Final = 1.0
GLANCES: Final = 8
MOST_ROUNDS: Final = 5


@dataclass(frozen=True, slots=True)
class PublishedSum:
    """Columns of 0 and 1, and between which ends their sum lies.

    `at_least` None: the sum of the answers. Otherwise: how many of the answers are that or more.
    """

    members: NDArray[np.bool_]
    low: float
    high: float
    at_least: float | None = None


def narrow_ranges(
    sums: Sequence[PublishedSum],
    ends: tuple[float, float],
    *,
    are_whole: bool,
    columns: Sequence[int] | None = None,
) -> dict[int, tuple[float, float]] | None:
    """The people whose answer must lie within less than one point, and between which ends.

    People who are in the same sums are alike, so one of each kind is tried, beside the rest of its kind.
    Whole answers round each range inwards; where that pins somebody, everybody is looked at again.

    Parameters
    ----------
    sums : what was published, over the same columns; at least one.
    ends : of the scale.
    are_whole : whether answers are whole numbers. A range is then less than a point when one answer fits.
    columns : whom to look at; None for everybody.

    Returns
    -------
    (low, high) by column; None when no answers on this scale fit what was published.

    Example
    -------
    >>> narrow_ranges([PublishedSum(np.array([True, True]), 10, 10)], (1, 5), are_whole=True)
    {0: (5.0, 5.0), 1: (5.0, 5.0)}
    >>> narrow_ranges([PublishedSum(np.array([True, True]), 8, 8)], (1, 5), are_whole=True)
    {}
    """
    table = np.array([one.members for one in sums])
    patterns, inverse, counts = np.unique(table, axis=1, return_inverse=True, return_counts=True)
    kind_of = inverse.ravel()
    programme = _Programme.of(sums, patterns, counts, ends, are_whole)
    if programme is None:
        return None
    asked = range(table.shape[1]) if columns is None else columns
    kinds = sorted({int(kind_of[one]) for one in asked if patterns[:, kind_of[one]].any()})
    found: dict[int, tuple[float, float]] = {}
    for _round in range(MOST_ROUNDS):
        new = programme.narrow([kind for kind in kinds if kind not in found])
        if new is None:
            return None
        found |= new
        if not are_whole or not new:
            break
    return {one: found[int(kind_of[one])] for one in asked if int(kind_of[one]) in found}


@dataclass(frozen=True, slots=True)
class _Programme:
    """Unknowns: the answer of one person of each kind and the sum of the rest; then, for each threshold,
    whether that one reaches it and how many of the rest do.
    """

    matrix: Numbers
    limits: Numbers
    equations: Numbers
    values: Numbers
    lowest: Numbers
    highest: Numbers
    counts: NDArray[np.int64]
    are_whole: bool

    @classmethod
    def of(
        cls,
        sums: Sequence[PublishedSum],
        patterns: NDArray[np.bool_],
        counts: NDArray[np.int64],
        ends: tuple[float, float],
        are_whole: bool,
    ) -> "_Programme | None":
        sizes = np.column_stack((np.ones_like(counts), counts - 1)).ravel().astype(float)
        thresholds = sorted({one.at_least for one in sums if one.at_least is not None})
        width = sizes.size * (1 + len(thresholds))
        lines: list[Numbers] = []
        equations: list[Numbers] = []
        limits: list[float] = []
        values: list[float] = []
        for row, one in zip(np.repeat(patterns, 2, axis=1), sums, strict=True):
            block = 0 if one.at_least is None else 1 + thresholds.index(one.at_least)
            line = np.zeros(width)
            line[block * sizes.size : (block + 1) * sizes.size] = row
            slack = SLACK * max(1.0, abs(one.low), abs(one.high))
            low, high = one.low - slack, one.high + slack
            if are_whole or block:  # a sum of whole answers, and a number of people, is whole itself
                low, high = math.ceil(low), math.floor(high)
            if low > high:
                return None
            if high - low <= 2 * slack:  # one value: an equation is far quicker than two limits
                equations.append(line)
                values.append((low + high) / 2)
            else:
                lines += [line, -line]
                limits += [high, -low]
        for line, bound in _links(sizes, thresholds, ends, are_whole):
            lines.append(-line)
            limits.append(-bound)
        tops = np.concatenate((sizes * ends[1], *(sizes for _ in thresholds)))
        bottoms = np.concatenate((sizes * ends[0], *(0 * sizes for _ in thresholds)))
        return cls(
            np.array(lines).reshape(-1, width),
            np.array(limits),
            np.array(equations).reshape(-1, width),
            np.array(values),
            bottoms,
            tops,
            counts,
            are_whole,
        )

    def narrow(self, kinds: Sequence[int]) -> dict[int, tuple[float, float]] | None:
        """Of these kinds the ones held within less than a point; None when nothing fits at all.

        Each is pinned as soon as it is found: what is left is then smaller, and so quicker to look through.
        """
        persons = np.array([2 * kind for kind in kinds], dtype=int)
        rng = np.random.default_rng(0)
        glances = []
        for _glance in range(GLANCES if kinds else 1):
            aim = np.zeros(self.lowest.size)
            aim[persons] = rng.choice([-1.0, 1.0], size=persons.size)
            for sign in (1, -1):
                solution = self._solve(sign * aim)
                if solution is None:
                    return None
                glances.append(solution[persons])
        low, high = np.min(glances, axis=0), np.max(glances, axis=0)
        found = {}
        for at, kind in enumerate(kinds):
            # Two answers that fit, a point apart: nothing to look for. Each solution tells of everybody.
            for sign in (1, -1):
                if not self._is_narrow(low[at], high[at]):
                    break
                aim = np.zeros(self.lowest.size)
                aim[2 * kind] = sign
                solution = self._solve(aim)
                if solution is None:
                    return None
                low, high = np.minimum(low, solution[persons]), np.maximum(high, solution[persons])
            if self._is_narrow(low[at], high[at]):
                found[kind] = self._inwards(low[at], high[at])
                if found[kind][0] > found[kind][1]:
                    return None
                self._pin(kind, *found[kind])
        return found

    def _pin(self, kind: int, low: float, high: float) -> None:
        """Hold one person of this kind to this range, and so the rest of its kind, who are like that one."""
        for column, size in ((2 * kind, 1), (2 * kind + 1, self.counts[kind] - 1)):
            self.lowest[column], self.highest[column] = size * low, size * high

    def _inwards(self, low: float, high: float) -> tuple[float, float]:
        if not self.are_whole:
            return float(low), float(high)
        return float(math.ceil(low - CLOSE)), float(math.floor(high + CLOSE))

    def _is_narrow(self, low: float, high: float) -> bool:
        inner_low, inner_high = self._inwards(low, high)
        return inner_high - inner_low < ONE_POINT - CLOSE

    def _solve(self, aim: Numbers) -> Numbers | None:
        from scipy.optimize import linprog

        bounds = np.column_stack((self.lowest, self.highest))
        found = linprog(
            aim, self.matrix, self.limits, self.equations, self.values, bounds=bounds, method="highs"
        )
        return found.x if found.status == 0 else None


def _links(
    sizes: Numbers, thresholds: list[float], ends: tuple[float, float], are_whole: bool
) -> list[tuple[Numbers, float]]:
    """What a count of those who reach a threshold says of the sum of their answers, as line >= bound."""
    lines: list[tuple[Numbers, float]] = []
    width, step = sizes.size, 1.0 if are_whole else 0.0
    for at, size in enumerate(sizes):
        counts = [(1 + block) * width + at for block in range(len(thresholds))]
        above, below = np.zeros(width * (1 + len(counts))), np.zeros(width * (1 + len(counts)))
        above[at], below[at] = 1, -1
        previous = ends[0]
        for place, threshold in zip(counts, thresholds, strict=True):
            above[place] = -(threshold - previous)
            previous = threshold
        # Who stays under the first threshold ends a step below it, who passes it a step below the next.
        tops = [*(threshold - step for threshold in thresholds), ends[1]]
        for place, (top, next_top) in zip(counts, pairwise(tops), strict=True):
            below[place] = next_top - top
        lines += [(above, size * ends[0]), (below, -size * tops[0])]
        for place, next_place in pairwise(counts):
            order = np.zeros(width * (1 + len(counts)))
            order[place], order[next_place] = 1, -1
            lines.append((order, 0.0))
    return lines
