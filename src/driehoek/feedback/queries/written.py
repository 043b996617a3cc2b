"""Numbers as the page writes them, to one decimal, so that the differences in its sentences add up."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_TENTH = Decimal("0.1")


def apart(one: Fraction | float, other: Fraction | float) -> Decimal:
    """The second minus the first, each as it is written.

    >>> apart(2.25, 3.1666)
    Decimal('0.9')
    """
    first, second = (Decimal(str(float(n))).quantize(_TENTH, ROUND_HALF_UP) for n in (one, other))
    return second - first
