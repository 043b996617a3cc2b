"""Where a share and its margin go on a line from 0 to 100%. The question stands above it, whole."""

from dataclasses import dataclass
from typing import Final

WIDE: Final = 330
_LEFT: Final = 12
_Y: Final = 11


@dataclass(frozen=True, slots=True)
class Bar:
    """One line. Coordinates are text, because a decimal comma would break the drawing."""

    at: str
    between: str
    """The path of the margin with a stroke at each end; empty for none."""


def bar(share: float, low: float | None, high: float | None) -> Bar:
    """Lay out one share, from 0 to 1.

    >>> bar(0.5, None, None)
    Bar(at='165.0', between='')
    >>> bar(0.5, 0.0, 1.0).between
    'M12.0 11H318.0M12.0 4v14M318.0 4v14'
    """
    if low is None or high is None:
        return Bar(_x(share), "")
    strokes = "".join(f"M{_x(end)} {_Y - 7}v14" for end in (low, high))
    return Bar(_x(share), f"M{_x(low)} {_Y}H{_x(high)}{strokes}")


def ticks() -> list[tuple[str, int]]:
    """What stands below the last line: where, and how many percent."""
    return [(_x(number / 100), number) for number in range(0, 101, 20)]


def _x(share: float) -> str:
    return f"{_LEFT + (WIDE - 2 * _LEFT) * min(max(share, 0), 1):.1f}"
