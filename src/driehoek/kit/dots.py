"""Where the dots of a comparison on one scale go: numbers in, positions out, no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_TALL: Final = 44  # of a row: its name and its number above, its line below


@dataclass(frozen=True, slots=True)
class Row:
    """One number on the scale: of what, drawn how (ring, dot, square or small), and as it is written."""

    label: str
    value: float
    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place. Coordinates are text, because a decimal comma would break the drawing."""

    label: str
    words: str
    mark: str
    x: str
    y: str
    label_y: str


@dataclass(frozen=True, slots=True)
class Dots:
    """One drawing, as wide as a phone: it is not scaled up further than that it stays easy to read."""

    width: int
    height: int
    left: str
    right: str
    bottom: str
    rows: tuple[Placed, ...]
    ticks: tuple[tuple[str, int], ...]
    join: str

    @property
    def highest(self) -> int:
        return self.ticks[-1][1]

    @property
    def tick_y(self) -> str:
        return _text(float(self.bottom) + 18)


def draw_dots(rows: Sequence[Row], *, lowest: int, highest: int, width: int = 330) -> Dots:
    """Lay out numbers under each other on one scale, the first two joined where both are there.

    The scale runs from end to end, always, so that two drawings can be laid beside each other.

    Raises
    ------
    ValueError : no rows, a scale upside down, or a number off it.

    >>> drawn = draw_dots([Row("You", 1.0, "ring", "1"), Row("Others", 3.0, "dot", "3")], lowest=1, highest=5)
    >>> [(row.x, row.y) for row in drawn.rows]
    [('12.0', '30.0'), ('165.0', '74.0')]
    """
    if not rows or lowest >= highest:
        raise ValueError("A comparison needs a row, and a scale from low to high.")
    if not all(lowest <= row.value <= highest for row in rows):
        raise ValueError("A number lies off the scale.")
    left, right = 12, width - 12

    def x(value: float) -> str:
        return _text(left + (right - left) * (value - lowest) / (highest - lowest))

    placed = tuple(
        Placed(row.label, row.words, row.mark, x(row.value), _text(30 + n * _TALL), _text(16 + n * _TALL))
        for n, row in enumerate(rows)
    )
    pair = [row for row in placed[:2] if row.mark in ("ring", "dot")]
    bottom = 46 + (len(rows) - 1) * _TALL
    return Dots(
        width=width,
        height=bottom + 26,
        left=_text(left),
        right=_text(right),
        bottom=_text(bottom),
        rows=placed,
        ticks=tuple((x(value), value) for value in range(lowest, highest + 1)),
        join=f"M{pair[0].x} {pair[0].y}L{pair[1].x} {pair[1].y}" if len(pair) == 2 else "",
    )


def _text(number: float) -> str:
    return f"{number:.1f}"
