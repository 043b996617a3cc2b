"""Numbers as the page writes them, to one decimal."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

_TENTH: Final = Decimal("0.1")
_MOST: Final = 1_000_000  # of a denominator: the mean of so few whole numbers never comes near


def apart(one: Fraction | float, other: Fraction | float) -> Decimal:
    """The second less the first, worked out exactly and rounded once.

    >>> apart(3.04, 3.15), apart(Fraction(61, 20), 3.1)
    (Decimal('0.1'), Decimal('0.1'))
    """
    first, second = (Fraction(number).limit_denominator(_MOST) for number in (one, other))
    exact = second - first
    return (Decimal(exact.numerator) / exact.denominator).quantize(_TENTH, ROUND_HALF_UP)


def to_tenths(number: float, rounding: str) -> Decimal:
    """One end of a margin, moved the given way and no other.

    >>> from decimal import ROUND_CEILING, ROUND_FLOOR
    >>> to_tenths(-0.04, ROUND_FLOOR), to_tenths(1.84, ROUND_CEILING), to_tenths(0.3, ROUND_FLOOR)
    (Decimal('-0.1'), Decimal('1.9'), Decimal('0.3'))
    """
    return Decimal(repr(number)).quantize(_TENTH, rounding)


def written(number: Fraction | float) -> Decimal:
    """One number, rounded as the page writes it.

    >>> written(Fraction(61, 20))
    Decimal('3.1')
    """
    return apart(0, number)


def adds_up(one: Fraction | float, other: Fraction | float) -> bool:
    """Whether the difference as written is that of the two numbers as written.

    >>> adds_up(3.04, 3.15), adds_up(3.0, 3.5)
    (False, True)
    """
    return written(other) - written(one) == apart(one, other)
