"""How probable it is that one person moved at least so far, given a stated prior.

The spread between raters is unknown and integrated out on a fixed grid: the same input always gives the same
answer, and nothing is drawn by chance.
"""

# scipy takes two seconds to load: only the functions that need it import it.

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import NormalDist
from typing import Final, Literal, TypeAlias

import numpy as np

from driehoek.evidence.raters import Moves, moves_of
from driehoek.evidence.ratings import Floats, confidence_level, number, real_spread
from driehoek.evidence.undefined import Undefined

Prior: TypeAlias = Literal["reference", "weak", "sceptical"]

SCEPTICAL_SD: Final = 0.35
POINTS: Final = 2001
# What lies this many natural logarithms below the top adds nothing that a float could hold.
NEGLIGIBLE: Final = 45.0


@dataclass(frozen=True, slots=True)
class ChangePosterior:
    """`prob_at_least`: chance that the change reaches `threshold`. The last four state the prior.

    `prior_scale_of_spread` and `prior_sd_of_change` are None where the prior is flat.
    """

    prob_at_least: float
    mean_change: float
    ci_low: float
    ci_high: float
    threshold: float
    n: int
    n_dropped: int
    prior: Prior
    prior_scale_of_spread: float | None
    prior_sd_of_change: float | None


@dataclass(frozen=True, slots=True)
class NormalPosterior:
    """Posterior of a change whose standard error is taken as known."""

    prob_at_least: float
    mean_change: float
    sd: float
    ci_low: float
    ci_high: float


def posterior(
    pre_by_rater: Sequence[float | None],
    post_by_rater: Sequence[float | None],
    threshold: float,
    *,
    prior: Prior = "weak",
    scale_of_spread: float = 1.0,
    sd_of_change: float = SCEPTICAL_SD,
    higher_is_better: bool = True,
    confidence: float = 0.95,
) -> ChangePosterior:
    """The chance that one person's change is at least `threshold`, from the same raters asked twice.

    Parameters
    ----------
    pre_by_rater, post_by_rater : as for `raters.paired_t`, in scale points.
    threshold : the agreed change; with `higher_is_better` False a negative one, reached from above.
    prior : `reference`: flat on the change and on the logarithm of the spread, the t distribution.
        `weak`: flat on the change, half-normal on the spread; better with five raters or fewer.
        `sceptical`: the same on the spread, and the change normal around 0: most people hardly change.
    scale_of_spread : of the half-normal, in scale points; 0.5 to 1 fits a five-point scale.
    sd_of_change : of the sceptical prior, in scale points.
    confidence : of the central interval.

    Returns
    -------
    The chance, the mean and the interval of the posterior, and the prior that was used. Under the reference
    prior `mean_change` is the centre of the t distribution; with two raters it has no mean.

    Raises
    ------
    Undefined : fewer than two complete raters, or all raters moved the same.
    ValueError : an unknown prior, a threshold that is no number, a scale that is not above 0, and as
        `raters.paired_t`.

    Source
    ------
    Gelman (2006), Bayesian Analysis 1, 515-534 (priors on a spread); Spiegelhalter, Freedman & Parmar
    (1994), J R Stat Soc A 157, 357-416 (sceptical prior).

    Example
    -------
    >>> chance = posterior([3, 4, 3, 2, 4], [4, 4, 4, 3, 5], 0.5, prior="reference").prob_at_least
    >>> f"{chance:.3f}"
    '0.896'
    """
    level, wanted = confidence_level(confidence), number("threshold", threshold)
    if prior not in ("reference", "weak", "sceptical"):
        raise ValueError(f"prior must be reference, weak or sceptical, not {prior!r}")
    scale, around_zero = (
        real_spread("scale_of_spread", scale_of_spread),
        real_spread("sd_of_change", sd_of_change),
    )
    moves = moves_of(pre_by_rater, post_by_rater)
    width = around_zero if prior == "sceptical" else None
    belief = _belief(moves, None if prior == "reference" else scale, width)
    up = 1 if higher_is_better else -1
    low, high = belief.interval(level)
    return ChangePosterior(
        prob_at_least=belief.at_least(up, up * wanted / moves.spread),
        mean_change=belief.mean() * moves.spread,
        ci_low=low * moves.spread,
        ci_high=high * moves.spread,
        threshold=wanted,
        n=moves.n,
        n_dropped=moves.n_dropped,
        prior=prior,
        prior_scale_of_spread=None if prior == "reference" else scale,
        prior_sd_of_change=width,
    )


def normal_posterior(
    change: float,
    standard_error: float,
    threshold: float,
    *,
    sd_of_change: float = SCEPTICAL_SD,
    higher_is_better: bool = True,
    confidence: float = 0.95,
) -> NormalPosterior:
    """The chance of at least `threshold` when the standard error is known; both prior and data are normal.

    For many raters, or an error known from elsewhere; with few raters use `posterior`. Raises Undefined for a
    standard error of 0, ValueError as `posterior`. Source: Spiegelhalter, Freedman & Parmar (1994).

    >>> found = normal_posterior(0.8, 0.35, 0.3)
    >>> f"{found.mean_change:.2f} {found.prob_at_least:.3f}"
    '0.40 0.657'
    """
    level, wanted = confidence_level(confidence), number("threshold", threshold)
    error, width = real_spread("standard_error", standard_error), real_spread("sd_of_change", sd_of_change)
    both = math.hypot(error, width)
    mean, sd = number("change", change) * (width / both) ** 2, error * width / both
    half = NormalDist().inv_cdf((1 + level) / 2) * sd
    beyond = (mean - wanted) / sd if higher_is_better else (wanted - mean) / sd
    return NormalPosterior(math.erfc(-beyond / math.sqrt(2)) / 2, mean, sd, mean - half, mean + half)


@dataclass(frozen=True, slots=True)
class _Belief:
    """A posterior as a weighted sum of normal distributions, one for every spread on the grid."""

    weights: Floats
    centres: Floats
    widths: Floats

    def mean(self) -> float:
        return float(self.weights @ self.centres)

    def at_least(self, up: int, value: float) -> float:
        """The chance that `up` times the change is `value` or more."""
        from scipy.special import ndtr

        return min(1.0, float(self.weights @ ndtr((up * self.centres - value) / self.widths)))

    def interval(self, confidence: float) -> tuple[float, float]:
        from scipy.optimize import brentq

        # Each tail from its own side: a chance close to 1 has fewer digits left than one close to 0. With
        # two raters the far tails are very far, and halving takes many steps.
        tail, reach = (1 - confidence) / 2, float((np.abs(self.centres) + 40 * self.widths).max())
        below = brentq(lambda value: self.at_least(-1, value) - tail, -reach, reach, maxiter=1000)
        above = brentq(lambda value: self.at_least(1, value) - tail, -reach, reach, maxiter=1000)
        return -float(below), float(above)


def _belief(moves: Moves, scale: float | None, width: float | None) -> _Belief:
    """The posterior of the change, in units of the observed spread between raters."""
    scale, width = (None if one is None else one / moves.spread for one in (scale, width))
    if not all(1e-9 < one < 1e9 for one in (scale, width) if one is not None):
        raise Undefined("the prior and the scores cannot be in the same unit")
    mean, root = moves.mean / moves.spread, math.sqrt(moves.n)
    density = partial(_log_density, mean=mean, n=moves.n, scale=scale, width=width)
    logs = _grid(density, *_limits(moves.n, mean, scale, width))
    heights = density(logs)
    weights = np.exp(heights - heights.max())
    errors = np.exp(logs) / root
    if width is None:
        return _Belief(weights / weights.sum(), np.full(len(logs), mean), errors)
    both = np.hypot(errors, width)
    return _Belief(weights / weights.sum(), mean * (width / both) ** 2, errors * width / both)


def _log_density(logs: Floats, mean: float, n: int, scale: float | None, width: float | None) -> Floats:
    """Posterior of the logarithm of the spread, up to a constant; the observed spread is 1."""
    found: Floats = -(n - 1) * logs - (n - 1) / 2 * np.exp(-2 * logs)
    if scale is not None:
        found = found + logs - np.exp(2 * (logs - math.log(scale))) / 2
    if width is not None:
        both = np.hypot(width, np.exp(logs) / math.sqrt(n))
        found = found - np.log(both) - (mean / both) ** 2 / 2
    return found


def _limits(n: int, mean: float, scale: float | None, width: float | None) -> tuple[float, float]:
    """Logarithms of spreads between which all of the posterior lies, with room to spare."""
    low = (n - 1) / (n + 20 * math.sqrt(n) + 200)
    if scale is None:
        return math.log(low) / 2, 1 + 60 / (n - 1)
    balance = scale * math.sqrt(n - 1)  # the square of the spread where data and half-normal pull as hard
    pull = 0.0 if width is None else (mean / width) ** 2  # of a change that the sceptical prior finds absurd
    high = max(scale * math.sqrt(120 + pull), 10 * math.sqrt(balance))
    return math.log(min(low, balance / 100)) / 2, math.log(high)


def _grid(density: Callable[[Floats], Floats], low: float, high: float) -> Floats:
    """Even points over the part where the density is not negligible."""
    for _ in range(20):
        points = np.linspace(low, high, POINTS)
        heights = density(points)
        there = np.flatnonzero(heights > heights.max() - NEGLIGIBLE)
        first, last = max(int(there[0]) - 1, 0), min(int(there[-1]) + 1, POINTS - 1)
        if last - first > POINTS // 2:
            break
        low, high = float(points[first]), float(points[last])
    return points
