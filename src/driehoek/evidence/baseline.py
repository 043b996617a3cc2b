"""Where something starts from: the mean of what was measured in a period before the start."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Before:
    """One value from before the start, exactly as measured; `out_of` is its volume, where it weighs."""

    on: date
    value: Decimal
    out_of: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BaselineWindow:
    """A period before the start with everything that was measured in it, both days included."""

    starts: date
    ends: date
    values: tuple[Before, ...]

    def __post_init__(self) -> None:
        """Refuse what has no mean, and values from outside the period."""
        if self.ends < self.starts:
            raise ValueError("the period ends before it starts")
        days = [one.on for one in self.values]
        if not days or len(set(days)) < len(days) or min(days) < self.starts or max(days) > self.ends:
            raise ValueError("the period holds at least one value, at most one a day, all of them inside it")
        volumes = [one.out_of for one in self.values if one.out_of is not None]
        if len(volumes) not in (0, len(days)) or any(volume <= 0 for volume in volumes):
            raise ValueError("every value has a volume above zero, or none has one")

    @property
    def is_weighted(self) -> bool:
        """Whether each value counts by its volume."""
        return self.values[0].out_of is not None

    @property
    def mean(self) -> Fraction:
        """The mean, exact: where it weighs the sum of what was counted by the sum of what it is out of.

        >>> day = date(2026, 1, 1)
        >>> BaselineWindow(day, day, (Before(day, Decimal("3.1")),)).mean
        Fraction(31, 10)
        """
        counted = sum((Fraction(one.value) for one in self.values), Fraction(0))
        volume = sum((Fraction(one.out_of or 0) for one in self.values), Fraction(0))
        return counted / (volume if self.is_weighted else len(self.values))
