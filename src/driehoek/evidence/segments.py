"""The two lines of an interrupted series: how time is coded, and the fit of one design."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from driehoek.evidence.given import Numbers, placed
from driehoek.evidence.undefined import Undefined

Series = Iterable[float | None]

PARAMETERS: Final = 4
NO_NOISE: Final = 1e-20
"""Below this share of the squares left over, what is left is rounding and not noise."""


@dataclass(frozen=True, slots=True)
class Effect:
    """How far the series lies from the continued first line, at point number `at_point` after the change."""

    at_point: int
    effect: float
    se: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the fitted second line itself stands, at point number `at_point` after the change."""

    at_point: int
    level: float
    ci_low: float
    ci_high: float


@dataclass(frozen=True, slots=True)
class Segments:
    """Two phases with their times 1, 2, 3..., and columns for level, time, jump and time since.

    >>> Segments.of([3, None, 4, 3], [8, 9, 8], 1).design[:, 3].tolist()
    [0.0, 0.0, 0.0, 1.0, 2.0, 3.0]
    """

    times: Numbers
    y: Numbers
    design: Numbers
    n_before: int
    points_before: int
    points_after: int
    since_starts_at: int

    @classmethod
    def of(cls, before: Series, after: Series, since_starts_at: int) -> "Segments":
        """The phases one after the other; a value of None keeps its place in time."""
        if since_starts_at not in (0, 1) or isinstance(since_starts_at, bool):
            raise ValueError(f"since_starts_at is 0 or 1, not {since_starts_at!r}")
        given_before, given_after = list(before), list(after)
        times_before, earlier = placed("before", given_before)
        times_after, later = placed("after", given_after)
        if min(earlier.size, later.size) < 2 or earlier.size + later.size <= PARAMETERS:
            raise Undefined("two lines need 2 values in each phase and 5 together")
        times = np.concatenate((times_before, times_after + len(given_before)))
        post = (times > len(given_before)).astype(float)
        since = np.where(post, times - len(given_before) - 1 + since_starts_at, 0.0)
        design = np.column_stack((np.ones_like(times), times, post, since))
        y = np.concatenate((earlier, later))
        points = len(given_before), len(given_after)
        return cls(times, y, design, earlier.size, *points, since_starts_at)

    @property
    def freedom(self) -> int:
        """Values beyond the four that the lines take."""
        return self.y.size - PARAMETERS

    def at_point(self, at_point: int | None) -> int:
        """The point asked for, or the last one; ValueError for what is not a point after the change."""
        at = self.points_after if at_point is None else at_point
        if isinstance(at, bool) or not isinstance(at, int) or at < 1:
            raise ValueError(f"at_point is a whole number from 1, the first point after; not {at!r}")
        return at

    def effect(self, at: int, b: Numbers, covariance: Numbers, quantile: float) -> Effect:
        """The distance to the continued first line, with its own error: jump and slope err together."""
        along = np.array([0, 0, 1, at - 1 + self.since_starts_at], dtype=float)
        effect, se = float(along @ b), math.sqrt(along @ covariance @ along)
        return Effect(at, effect, se, effect - quantile * se, effect + quantile * se)

    def standing(self, at: int, b: Numbers, covariance: Numbers, quantile: float) -> Standing:
        """The second line itself at one point, with the error of all four numbers together."""
        along = np.array([1, self.points_before + at, 1, at - 1 + self.since_starts_at], dtype=float)
        level, half = float(along @ b), quantile * math.sqrt(along @ covariance @ along)
        return Standing(at, level, level - half, level + half)

    def whitened(self, phi: float) -> tuple[Numbers, Numbers, float]:
        """Design and values with the memory taken out, and the log determinant of what it did."""
        memory = np.sign(phi) ** (gaps := np.diff(self.times)) * np.abs(phi) ** gaps
        left = np.sqrt(1 - memory * memory)
        both = np.column_stack((self.design, self.y))
        both[1:] = (both[1:] - memory[:, np.newaxis] * both[:-1]) / left[:, np.newaxis]
        return both[:, :-1], both[:, -1], 2 * float(np.log(left).sum())


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients, what is left of each value, and the inverse and log determinant of X'X."""

    b: Numbers
    rest: Numbers
    inverse: Numbers
    log_determinant: float


def fit(design: Numbers, y: Numbers) -> Fit:
    """Least squares; Undefined when nothing but rounding is left over."""
    # Columns of like size: a long series would otherwise lose half its digits to the count of time.
    size = np.sqrt((design * design).sum(axis=0))
    q, r = np.linalg.qr(design / size)
    b = np.linalg.solve(r, q.T @ y)
    rest = y - q @ (r @ b)
    centred = y - y.mean()
    if float(rest @ rest) <= NO_NOISE * max(float(centred @ centred), float(y @ y) * 1e-6):
        raise Undefined("the values lie on the lines exactly: there is no noise to judge them by")
    back = np.linalg.inv(r) / size[:, np.newaxis]
    log_determinant = 2 * float(np.log(np.abs(np.diag(r))).sum() + np.log(size).sum())
    return Fit(b / size, rest, back @ back.T, log_determinant)


@dataclass(frozen=True, slots=True)
class Memory:
    """All that the restricted likelihood needs of a series, gathered once: products of neighbours.

    The design is made orthogonal and the values are freed of it, which changes the likelihood by a constant
    only and leaves no digits to lose. Then every phi costs a table of 5 by 5, however long the series is.
    """

    first: Numbers
    steps: tuple[tuple[float, int, Numbers, Numbers, Numbers], ...]
    freedom: int

    @classmethod
    def of(cls, values: Segments) -> "Memory":
        """Products of each value with itself and with the one before, by the length of the gap."""
        q, _ = np.linalg.qr(values.design / np.sqrt((values.design**2).sum(axis=0)))
        both = np.column_stack((q, values.y - q @ (q.T @ values.y)))
        both[:, -1] /= np.sqrt((both[:, -1] ** 2).sum())
        gaps, steps = np.diff(values.times), []
        for gap in np.unique(gaps):
            at = np.flatnonzero(gaps == gap)
            before, after = both[at], both[at + 1]
            across = after.T @ before
            steps.append((float(gap), at.size, after.T @ after, across + across.T, before.T @ before))
        return cls(np.outer(both[0], both[0]), tuple(steps), values.freedom)

    def unlikeliness(self, phi: float) -> float:
        """Minus twice the restricted log likelihood, but for a constant."""
        table, log_left = self.first.copy(), 0.0
        for gap, count, own, across, earlier in self.steps:
            memory = math.copysign(1, phi) ** gap * abs(phi) ** gap
            left = 1 - memory * memory
            table += (own - memory * across + memory * memory * earlier) / left
            log_left += count * math.log(left)
        root = np.linalg.cholesky(table)  # its last entry is the root of what is left of the values
        sizes = np.log(np.diag(root))
        return 2 * float(self.freedom * sizes[-1] + sizes[:-1].sum()) + log_left
