"""Goal attainment on the five levels -2 to +2: how many goals were reached, and the T score."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import frexp, fsum, ldexp, sqrt
from typing import Final, Literal, TypeAlias

from driehoek.evidence.undefined import Undefined

LEVELS: Final = (-2, -1, 0, 1, 2)
FEWEST_GOALS_FOR_T: Final = 3

Outcome: TypeAlias = Literal[
    "much_more", "somewhat_more", "as_expected", "partly", "same_as_before", "worse_than_before"
]
_LEVEL_OF: Final[dict[str, int]] = {"much_more": 2, "somewhat_more": 1, "as_expected": 0, "partly": -1}


@dataclass(frozen=True, slots=True)
class AttainmentSummary:
    """The light form: `reached` of `rated` goals at the expected level or better, of `goals` in all.

    `t_score` is None under three rated goals: the goals themselves then say more than a score.
    """

    reached: int
    rated: int
    goals: int
    t_score: float | None


@dataclass(frozen=True, slots=True)
class MeanAttainment:
    """The mean level over the `rated` of `goals` in all, every goal counted by its weight."""

    weighted_mean: float
    rated: int
    goals: int


@dataclass(frozen=True, slots=True)
class AttainmentChange:
    """T at the start, T achieved, and the difference."""

    t_baseline: float
    t_achieved: float
    change: float


def summarise(attainment: Sequence[int | None], weights: Sequence[float] | None = None) -> AttainmentSummary:
    """Count the goals at or above the expected level; a goal not rated is left out with its weight.

    Parameters
    ----------
    attainment : one level from -2 to +2 per goal, None where nobody rated it.
    weights : one weight of 0 or more per goal; None gives every goal the same weight.

    Raises
    ------
    ValueError : a level outside -2..+2 or not whole, a negative weight, or lists of different length.

    Source
    ------
    Turner-Stokes (2009), Clin Rehabil 23, 362-370, with its erratum: the count first, then the T score.

    Example
    -------
    >>> summarise([0, 1, -1])
    AttainmentSummary(reached=2, rated=3, goals=3, t_score=50.0)
    >>> summarise([1, None, -1])
    AttainmentSummary(reached=1, rated=2, goals=3, t_score=None)
    """
    shares = _weights(len(attainment), weights)
    rated = [(level, share) for level, share in zip(attainment, shares, strict=True) if level is not None]
    levels = [level for level, _ in rated]
    _check_levels(levels)
    wide_enough = len(levels) >= FEWEST_GOALS_FOR_T and any(share for _, share in rated)
    score = t_score(levels, [share for _, share in rated]) if wide_enough else None
    return AttainmentSummary(sum(1 for level in levels if level >= 0), len(levels), len(attainment), score)


def t_score(
    attainment: Sequence[int],
    weights: Sequence[float] | None = None,
    rho: float = 0.3,
) -> float:
    """The goal attainment T score: 50 is exactly as expected on every goal.

    T = 50 + 10 sum(w x) / sqrt((1 - rho) sum(w^2) + rho (sum w)^2). Multiplying all weights by one number
    changes nothing. A descriptive index: 60 does not mean better than other people.

    Parameters
    ----------
    attainment : 1 or more whole levels from -2 to +2, none missing.
    weights : one per goal, 0 or more, not all 0; None for equal weights.
    rho : assumed correlation between goals, 0 to 1.

    Returns
    -------
    float, unrounded.

    Raises
    ------
    Undefined : no goals rated, or all weights 0.
    ValueError : a level, a weight or rho out of range.

    Source
    ------
    Kiresuk & Sherman (1968), Community Mental Health Journal 4, 443-453.

    Example
    -------
    >>> t_score([1])
    60.0
    """
    if not 0 <= rho <= 1:
        raise ValueError(f"rho must be 0 to 1, not {rho}")
    _check_levels(attainment)
    if not attainment:
        raise Undefined("no goals rated")
    shares = _weights(len(attainment), weights)
    if not any(shares):
        raise Undefined("all weights are zero")
    shares = _near_one(shares)
    total = fsum(shares)
    spread = sqrt((1 - rho) * fsum(share * share for share in shares) + rho * total * total)
    return 50 + 10 * fsum(share * level for share, level in zip(shares, attainment, strict=True)) / spread


def t_change(
    baseline: Sequence[int],
    achieved: Sequence[int],
    weights: Sequence[float] | None = None,
    rho: float = 0.3,
) -> AttainmentChange:
    """T at the start and at the end with the same goals and weights, each level from -2 to +2.

    Raises ValueError for lists of different length, and as `t_score`.

    Source: Kiresuk & Sherman (1968), Community Ment Health J 4, 443-453.

    >>> t_change([-1], [0])
    AttainmentChange(t_baseline=40.0, t_achieved=50.0, change=10.0)
    """
    if len(baseline) != len(achieved):
        raise ValueError("baseline and achieved must have a level for the same goals")
    before, after = t_score(baseline, weights, rho), t_score(achieved, weights, rho)
    return AttainmentChange(before, after, after - before)


def weighted_mean(attainment: Sequence[int | None], weights: Sequence[float] | None = None) -> MeanAttainment:
    """The mean level of the goals, 0 for as expected; unlike T it assumes nothing of how goals correlate.

    Parameters as for `summarise`: a goal not rated is left out with its weight. Raises Undefined when no goal
    is rated or all weights are 0, ValueError as `summarise`.

    Source: arithmetic, as advised beside T by Tennant (2007), Disabil Rehabil 29, 1583-1588.

    >>> weighted_mean([1, -1, None], [3, 1, 5])
    MeanAttainment(weighted_mean=0.5, rated=2, goals=3)
    """
    shares = _weights(len(attainment), weights)
    rated = [(level, share) for level, share in zip(attainment, shares, strict=True) if level is not None]
    _check_levels([level for level, _ in rated])
    if not rated:
        raise Undefined("no goals rated")
    if not any(share for _, share in rated):
        raise Undefined("all weights are zero")
    near = _near_one([share for _, share in rated])
    mean = fsum(level * share for (level, _), share in zip(rated, near, strict=True)) / fsum(near)
    return MeanAttainment(mean, len(rated), len(attainment))


def level_in_words(outcome: Outcome, baseline: int) -> int:
    """The level of a goal that was rated in words (GAS-light), without five levels written beforehand.

    Parameters
    ----------
    outcome : reached `much_more`, `somewhat_more` or `as_expected`; or not: `partly`, `same_as_before` or
        `worse_than_before`.
    baseline : the level at the start: -1, or -2 where nothing worse was possible.

    Returns
    -------
    -2 to 2. With a baseline of -1 there is no whole level between it and as expected: `partly` is then -1 as
    well, and the words have to tell the difference.

    Raises
    ------
    ValueError : an unknown outcome, another baseline, or worse than a baseline of -2.

    Source
    ------
    Turner-Stokes (2009), Clinical Rehabilitation 23, 362-370.

    Example
    -------
    >>> level_in_words("same_as_before", baseline=-1), level_in_words("partly", baseline=-2)
    (-1, -1)
    """
    if baseline not in (-1, -2):
        raise ValueError(f"baseline must be -1, or -2 where nothing worse was possible, not {baseline!r}")
    if outcome in _LEVEL_OF:
        return _LEVEL_OF[outcome]
    if outcome == "same_as_before":
        return baseline
    if outcome != "worse_than_before":
        raise ValueError(f"{outcome!r} is not one of the outcomes")
    if baseline == -2:
        raise ValueError("worse_than_before does not exist for a baseline of -2: nothing worse was possible")
    return -2


def _check_levels(attainment: Sequence[int]) -> None:
    for level in attainment:
        if isinstance(level, bool) or not isinstance(level, int) or level not in LEVELS:
            raise ValueError(f"a level is a whole number from -2 to +2, not {level!r}")


def _weights(goals: int, weights: Sequence[float] | None) -> list[float]:
    if weights is None:
        return [1.0] * goals
    if len(weights) != goals:
        raise ValueError(f"{goals} goals need {goals} weights, not {len(weights)}")
    if any(not 0 <= weight < float("inf") for weight in weights):
        raise ValueError("a weight is a number of 0 or more")
    return [float(weight) for weight in weights]


def _near_one(shares: Sequence[float]) -> list[float]:
    """The same shares by a power of two, which changes no digit: squares neither overflow nor vanish."""
    exponent = frexp(max(shares))[1]
    return [ldexp(share, -exponent) for share in shares]
