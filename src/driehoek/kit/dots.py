"""Where the dots of a comparison on one scale go: numbers in, positions out, no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

_TALL: Final = 46  # of a row: its name and its number above, its line below


@dataclass(frozen=True, slots=True)
class Row:
    """One number on the scale: of what, drawn how (ring, dot, square or small), and as it is written.

    `parts` are the numbers it is the mean of; `spread` is how far answers lie apart, where that may be told;
    `n` says over how many people it is, in words.
    """

    label: str
    value: float
    mark: str
    words: str
    parts: tuple[float, ...] = ()
    spread: float | None = None
    n: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Placed:
    """A row with its place. Coordinates are text, because a decimal comma would break the drawing."""

    label: str
    words: str
    mark: str
    x: str
    y: str
    label_y: str
    parts: str
    whisker: str
    n: str


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
    def has_whiskers(self) -> bool:
        """Whether it is told of some row how far the answers lie apart."""
        return any(row.whisker for row in self.rows)

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
    [('12.0', '30.0'), ('165.0', '76.0')]
    """
    if not rows or lowest >= highest:
        raise ValueError("A comparison needs a row, and a scale from low to high.")
    if not all(lowest <= row.value <= highest for row in rows):
        raise ValueError("A number lies off the scale.")
    left, right = 12, width - 12

    def x(value: float) -> str:
        return _text(left + (right - left) * (value - lowest) / (highest - lowest))

    placed = tuple(_placed(row, x, top=n * _TALL, scale=(lowest, highest)) for n, row in enumerate(rows))
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


def _placed(row: Row, x: Callable[[float], str], *, top: int, scale: tuple[int, int]) -> Placed:
    y = 30 + top
    ticks = "".join(f"M{x(part)} {_text(y - 5)}v10" for part in row.parts)
    whisker = ""
    if row.spread:
        ends = max(row.value - row.spread, scale[0]), min(row.value + row.spread, scale[1])
        low, high = map(x, ends)
        caps = "".join(f"M{end} {_text(y - 7)}v14" for end in (low, high))
        whisker = f"M{low} {_text(y)}H{high}{caps}"
    return Placed(
        row.label, row.words, row.mark, x(row.value), _text(y), _text(16 + top), ticks, whisker, row.n
    )


def _text(number: float) -> str:
    return f"{number:.1f}"
