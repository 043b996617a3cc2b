"""What something cost beside what it is said to have brought: an index of claims, never a proof."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite

from driehoek.evidence.undefined import Undefined


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says was gained in a year, how much of it they lay to this help, and how sure they are.

    Both shares lie from 0 to 1. They are guesses, and multiplying guesses does not make them better.
    """

    annual_value: float
    attribution: float
    confidence: float

    def __post_init__(self) -> None:
        """Refuse what is no share, and what is no number."""
        if not (isfinite(self.annual_value) and 0 <= self.attribution <= 1 and 0 <= self.confidence <= 1):
            raise ValueError("a claim is a value with two shares from 0 to 1")


@dataclass(frozen=True, slots=True)
class Return:
    """roi_percent is what is left over as a percentage of the costs; bcr is benefits by costs."""

    roi_percent: float
    bcr: float
    adjusted_benefits: float


def adjusted(claims: Sequence[Claim]) -> float:
    """The sum of what is claimed, each times both of its shares; who claims nothing counts as nothing.

    Raises ValueError as `Claim`. Source: Phillips (2003), Return on investment in training and performance
    improvement programs.

    >>> adjusted([Claim(100_000, 0.4, 0.7), Claim(50_000, 0.6, 0.5)])
    43000.0
    """
    return fsum(one.annual_value * one.attribution * one.confidence for one in claims)


def phillips(benefits: float, costs: float) -> Return:
    """Return on investment as it is usually told.

    Parameters
    ----------
    benefits, costs : in the same money, of one year; all costs, also people's time.

    Returns
    -------
    Return, unrounded. Never shown for a comparison of before and after alone: then only `break_even` is.

    Raises
    ------
    Undefined : nothing was spent.
    ValueError : costs below 0, or what is no finite number.

    Source
    ------
    Phillips (2003); the critique of it: Stokes & Garrett (2007), Hofmans (2017).

    Example
    -------
    >>> phillips(1_861_158, 579_800)
    Return(roi_percent=221.0, bcr=3.21, adjusted_benefits=1861158)
    """
    if not (isfinite(benefits) and isfinite(costs)) or costs < 0:
        raise ValueError("benefits and costs are finite numbers, and costs are at least 0")
    if costs == 0:
        raise Undefined("nothing was spent, so there is no return on it")
    return Return(100 * (benefits - costs) / costs, benefits / costs, benefits)


def break_even(costs: float, value_of_one: float) -> float:
    """How many of something a year it must bring to pay for itself: hours, errors, people who stay.

    Raises Undefined when one of them is worth nothing, and ValueError below 0.

    Source: arithmetic.

    >>> break_even(30_000, 180)
    166.66666666666666
    """
    if not (isfinite(costs) and isfinite(value_of_one)) or min(costs, value_of_one) < 0:
        raise ValueError("costs and value are finite numbers of at least 0")
    if value_of_one == 0:
        raise Undefined("what is worth nothing pays for nothing")
    return costs / value_of_one
