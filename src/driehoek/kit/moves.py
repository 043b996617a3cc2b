"""Where before and after go on one scale, and how sure the difference is: numbers in, positions out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_TALL: Final = 56  # of a row: its name and its numbers above, its line below
_LEFT: Final = 12


@dataclass(frozen=True, slots=True)
class Move:
    """One thing before and after, or only now; between `low` and `high` "after" can lie by chance.

    `n` says over how many people it is, in words.
    """

    label: str
    before: float | None
    after: float
    words: str
    low: float | None = None
    high: float | None = None
    n: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class MoveAt:
    """A row with its place. Coordinates are text, because a decimal comma would break the drawing."""

    label: str
    words: str
    before: str
    after: str
    label_y: str
    y: str
    line: str
    between: str
    """The path of the interval, an upright stroke at each end that lies on the scale; empty for none."""
    n: str


@dataclass(frozen=True, slots=True)
class Moves:
    """One drawing, as wide as a phone."""

    width: int
    height: int
    left: str
    right: str
    bottom: str
    tick_y: str
    rows: tuple[MoveAt, ...]
    ticks: tuple[tuple[str, int], ...]
    has_interval: bool
    has_before: bool

    @property
    def highest(self) -> int:
        return self.ticks[-1][1]


def draw_moves(rows: Sequence[Move], *, lowest: int, highest: int, step: int = 1, width: int = 330) -> Moves:
    """Lay out what was and what is on one scale that always runs from end to end.

    Raises
    ------
    ValueError : no rows, a scale upside down, or a number off it. An interval may reach past the scale; it is
        drawn up to the end, without its stroke.

    >>> drawn = draw_moves([Move("Others", 3.0, 4.0, "3 to 4", 3.5, 5.5)], lowest=1, highest=5)
    >>> drawn.rows[0].before, drawn.rows[0].after, drawn.rows[0].between
    ('165.0', '241.5', 'M203.2 38.0H318.0M203.2 31.0v14')
    """
    if not rows or lowest >= highest:
        raise ValueError("A comparison needs a row, and a scale from low to high.")
    if not all(
        lowest <= value <= highest for row in rows for value in (row.before, row.after) if value is not None
    ):
        raise ValueError("A number lies off the scale.")

    def x(value: float) -> float:
        within = min(max(value, lowest), highest)
        return _LEFT + (width - 2 * _LEFT) * (within - lowest) / (highest - lowest)

    def between(row: Move, y: float) -> str:
        if row.low is None or row.high is None:
            return ""
        strokes = [f"M{x(end):.1f} {y - 7:.1f}v14" for end in (row.low, row.high) if lowest <= end <= highest]
        return "".join([f"M{x(row.low):.1f} {y:.1f}H{x(row.high):.1f}", *strokes])

    placed = []
    for n, row in enumerate(rows):
        y = 38.0 + n * _TALL
        then, now = "" if row.before is None else f"{x(row.before):.1f}", f"{x(row.after):.1f}"
        line = f"M{then} {y:.1f}H{now}" if then else ""
        placed.append(
            MoveAt(row.label, row.words, then, now, f"{y - 20:.1f}", f"{y:.1f}", line, between(row, y), row.n)
        )
    bottom = 54 + (len(rows) - 1) * _TALL
    return Moves(
        width=width,
        height=bottom + 26,
        left=f"{_LEFT:.1f}",
        right=f"{width - _LEFT:.1f}",
        bottom=f"{bottom:.1f}",
        tick_y=f"{bottom + 18:.1f}",
        rows=tuple(placed),
        ticks=tuple((f"{x(value):.1f}", value) for value in range(lowest, highest + 1, step)),
        has_interval=any(row.between for row in placed),
        has_before=any(row.before for row in placed),
    )
