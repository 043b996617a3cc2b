"""Which sums over few people follow from published sums: sets of columns in the row space of a 0/1 matrix."""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from driehoek.evidence.given import Numbers
from driehoek.evidence.undefined import Undefined

Whole = NDArray[np.int64]

PRIME: Final = 2_147_483_647
NOTHING: Final = 1e-9
MOST_SETS: Final = 100
MOST_LOOKED_AT: Final = 5_000
MOST_HALVES: Final = 500_000


def determined_sets(rows: Whole, fewest: int) -> tuple[list[frozenset[int]], bool]:
    """The smallest sets of columns, under `fewest` together, over which the rows determine the sum.

    A set is given only where no part of it is determined by itself. A sum over S is determined when the
    vector of S lies in the row space, that is when the parts of S in the null space add up to nothing.
    Columns that always occur together can only be determined together, so they are one cell.

    Parameters
    ----------
    rows : 0/1, one row for each published sum, one column for each person.
    fewest : 2 or more.

    Returns
    -------
    (sets of column numbers, whether these are all); it stops looking once 100 sets are found.

    Raises
    ------
    Undefined : so many different cells that sets of this size cannot be gone through.

    Example
    -------
    >>> determined_sets(np.array([[1, 1, 1, 1], [1, 1, 1, 0]]), 3)
    ([frozenset({3})], True)
    """
    patterns, inverse = np.unique(rows, axis=1, return_inverse=True)
    members = [frozenset(np.flatnonzero(inverse.ravel() == at).tolist()) for at in range(patterns.shape[1])]
    null, exact = null_space(patterns)
    # Nobody in a column without a 1 is in any sum; a cell of `fewest` or more is never in a small set.
    cells = [at for at, cell in enumerate(members) if patterns[:, at].any() and len(cell) < fewest]
    found = [members[at] for at in cells if _adds_to_nothing(null, exact, (at,))]
    cells = [at for at in cells if members[at] not in found]
    looked_at = 0
    for count in range(2, min(fewest, len(cells) + 1)):
        for some in _vanishing(null, exact, cells, count):
            looked_at += 1
            together = frozenset[int]().union(*(members[at] for at in some))
            if len(together) < fewest and not any(smaller <= together for smaller in found):
                found.append(together)
            if len(found) >= MOST_SETS or looked_at >= MOST_LOOKED_AT:
                return found, False
    return found, True


def combinations_for(rows: Whole, sets: Sequence[frozenset[int]]) -> list[list[int]]:
    """For each set the numbers of rows from which its sum can be worked out, none of them spare.

    >>> combinations_for(np.array([[1, 1, 1], [1, 1, 1], [1, 1, 0]]), [frozenset({2})])
    [[0, 2]]
    """
    from scipy import linalg

    _, triangle, order = linalg.qr(rows.T.astype(float), pivoting=True, mode="economic")
    size = np.abs(np.diag(triangle))
    basis = np.sort(order[: int((size > NOTHING * size[0]).sum())])
    wanted = np.zeros((rows.shape[1], len(sets)))
    for at, columns in enumerate(sets):
        wanted[list(columns), at] = 1
    weights = np.linalg.lstsq(rows[basis].T.astype(float), wanted, rcond=None)[0]
    return [basis[np.abs(weights[:, at]) > 1e-7].tolist() for at in range(len(sets))]


def null_space(rows: Whole) -> tuple[Numbers, list[list[Fraction]] | None]:
    """One line of coordinates in the null space for each column, and the same in fractions where needed.

    By singular values. Their rank is checked against the rank in whole numbers modulo a prime; where the two
    differ, rounding cannot be trusted and everything is done again in fractions.
    """
    _, values, right = np.linalg.svd(rows.astype(float), full_matrices=True)
    limit = max(rows.shape) * np.finfo(float).eps * (values[0] if values.size else 0)
    rank = int((values > limit).sum())
    if rank == _rank_modulo(rows):
        return right[rank:].T, None
    exact = exact_null_space(rows)
    largest = [max((abs(one) for one in vector), default=Fraction(1)) for vector in exact]
    scaled = [[one / most for one in vector] for vector, most in zip(exact, largest, strict=True)]
    by_column = [[vector[at] for vector in scaled] for at in range(rows.shape[1])]
    return np.array(by_column, dtype=float).reshape(rows.shape[1], len(exact)), by_column


def exact_null_space(rows: Whole) -> list[list[Fraction]]:
    """A basis of the null space, in fractions.

    >>> exact_null_space(np.array([[1, 1, 0], [0, 1, 1]]))
    [[Fraction(1, 1), Fraction(-1, 1), Fraction(1, 1)]]
    """
    left = [[Fraction(int(one)) for one in row] for row in np.unique(rows, axis=0)]
    pivots: list[int] = []
    width = rows.shape[1]
    for column in range(width):
        at = next((at for at in range(len(pivots), len(left)) if left[at][column]), None)
        if at is None:
            continue
        top = len(pivots)
        left[top], left[at] = left[at], left[top]
        left[top] = [one / left[top][column] for one in left[top]]
        for other in range(len(left)):
            if other != top and (factor := left[other][column]):
                left[other] = [one - factor * two for one, two in zip(left[other], left[top], strict=True)]
        pivots.append(column)
    basis = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for at, pivot in enumerate(pivots):
            vector[pivot] = -left[at][free]
        basis.append(vector)
    return basis


def _rank_modulo(rows: Whole) -> int:
    left, rank = rows.astype(np.int64) % PRIME, 0
    for column in range(left.shape[1]):
        candidates = np.flatnonzero(left[rank:, column])
        if not candidates.size:
            continue
        at = rank + int(candidates[0])
        left[[rank, at]] = left[[at, rank]]
        left[rank] = left[rank] * pow(int(left[rank, column]), -1, PRIME) % PRIME
        below = left[rank + 1 :]
        below -= below[:, column : column + 1] * left[rank] % PRIME
        below %= PRIME
        rank += 1
        if rank == left.shape[0]:
            break
    return rank


def _vanishing(
    null: Numbers, exact: list[list[Fraction]] | None, cells: list[int], count: int
) -> Iterator[tuple[int, ...]]:
    """All sets of `count` cells whose parts in the null space add up to nothing.

    Half sets are met with half sets: their shadows on one random line must cancel before anything is added.
    """
    if len(cells) < count:
        return
    half = count // 2
    if math.comb(len(cells), count - half) > MOST_HALVES:
        raise Undefined(f"too many different groups of people to go through all sets of {count}")
    line = np.random.default_rng(0).normal(size=null.shape[1])
    shadow = null @ line / max(float(np.linalg.norm(line)), 1.0)
    left, right = _choices(cells, half), _choices(cells, count - half)
    left_sum, right_sum = shadow[left].sum(axis=1), shadow[right].sum(axis=1)
    order = np.argsort(right_sum)
    starts = np.searchsorted(right_sum[order], -left_sum - NOTHING, "left")
    ends = np.searchsorted(right_sum[order], -left_sum + NOTHING, "right")
    seen: set[tuple[int, ...]] = set()
    for at in np.flatnonzero(ends > starts):
        for other in order[starts[at] : ends[at]]:
            together = tuple(sorted({*left[at].tolist(), *right[other].tolist()}))
            if len(together) == count and together not in seen and _adds_to_nothing(null, exact, together):
                seen.add(together)
                yield together


def _choices(cells: list[int], count: int) -> Whole:
    numbers = chain.from_iterable(combinations(cells, count))
    return np.fromiter(numbers, dtype=np.int64).reshape(-1, count)


def _adds_to_nothing(null: Numbers, exact: list[list[Fraction]] | None, cells: tuple[int, ...]) -> bool:
    if exact is None:
        return bool(np.abs(null[list(cells)].sum(axis=0)).max(initial=0.0) < NOTHING)
    return not any(sum(parts) for parts in zip(*(exact[at] for at in cells), strict=True))
