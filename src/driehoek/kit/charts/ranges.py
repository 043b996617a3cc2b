"""Where estimates with their intervals go: one axis, lines for no change and for what was agreed."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from driehoek.kit.charts.axis import Name, Tick, fit, folded, levels_between, on_lanes, text, width
from driehoek.kit.charts.spec import Range, Ranges
from driehoek.kit.templatetags.look import decimal, signed

_REACH: Final = 3  # an interval that reaches further than this many times all the rest runs off the axis
_TOP: Final = 38  # room for the names of the lines; less where there are none
_BARE: Final = 6
_LINE: Final = 16  # from one line of words to the next


@dataclass(frozen=True, slots=True)
class RangeRow:
    """One estimate: its words above, on as many lines as they need, and its interval below them."""

    label: Name
    words: tuple[Name, ...]
    x: str
    y: str
    shape: str
    whisker: str
    caps: str


@dataclass(frozen=True, slots=True)
class LineFrame:
    """A line with its name: through every estimate, and not through its words."""

    path: str
    name: Name
    is_target: bool


@dataclass(frozen=True, slots=True)
class RangesFrame:
    """One drawing of the estimates: a wide one, or one for a phone."""

    wide: int
    high: int
    left: str
    right: str
    top: str
    bottom: str
    tick_y: str
    ticks: tuple[Tick, ...]
    grid: str
    """The lines of the scale: beside every estimate, and not through its words."""
    lines: tuple[LineFrame, ...]
    rows: tuple[RangeRow, ...]


@dataclass(frozen=True, slots=True)
class _Axis:
    low: Decimal
    high: Decimal
    ticks: tuple[Decimal, ...]
    left: int
    right: int

    def x(self, value: Decimal) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * float(share)


def frame_of(spec: Ranges, *, width: int) -> RangesFrame:
    """Lay out the estimates once."""
    axis = _axis(spec, 14, width - 14)
    above = _TOP if spec.lines else _BARE
    laid: list[RangeRow] = []
    top = above + 8
    for one in spec.rows:
        below = _below(one, axis.right - axis.left, phone=width < 500)
        laid.append(_row(one, axis, below, top=top))
        top += _tall(below)
    rows, bottom = tuple(laid), top + 2
    names = on_lanes(
        [(axis.x(line.at), "t-centre", line.words) for line in spec.lines], (30, 14), 2, width - 2
    )
    return RangesFrame(
        wide=width,
        high=bottom + 26,
        left=text(axis.left),
        right=text(axis.right),
        top=text(above),
        bottom=text(bottom),
        tick_y=text(bottom + 18),
        ticks=tuple(
            Tick(text(axis.x(one)), _written(one, spec, one == axis.ticks[-1])) for one in axis.ticks
        ),
        grid="".join(_beside(text(axis.x(one)), rows) for one in axis.ticks),
        lines=tuple(
            LineFrame(_stretches(text(axis.x(line.at)), name, rows), name, line.is_target)
            for line, name in zip(spec.lines, names, strict=True)
        ),
        rows=rows,
    )


def _stretches(x: str, name: Name, rows: tuple[RangeRow, ...]) -> str:
    below = f"M{x} {float(name.y) + 5:.1f}V{_TOP + 4}"
    return below + _beside(x, rows)


def _beside(x: str, rows: tuple[RangeRow, ...]) -> str:
    return "".join(f"M{x} {float(row.y) - 13:.1f}v26" for row in rows)


def _axis(spec: Ranges, left: int, right: int) -> _Axis:
    """The fixed scale, or round values around everything; an absurd interval runs off it."""
    if spec.scale:
        ticks = levels_between([], spec.scale, 4)
        return _Axis(*spec.scale, tuple(ticks), left, right)
    core = [*(one.value for one in spec.rows), *(line.at for line in spec.lines)]
    room = (max(core) - min(core)) * _REACH or max(abs(core[0]), Decimal(1)) * _REACH
    ends = [end for one in spec.rows for end in (one.low, one.high) if end is not None]
    held = [min(max(end, min(core) - room), max(core) + room) for end in ends]
    ticks = levels_between([*core, *held], None, 4)
    return _Axis(ticks[0], ticks[-1], tuple(ticks), left, right)


def _written(value: Decimal, spec: Ranges, is_last: bool) -> str:
    words = signed(value) if spec.is_change else decimal(value)
    return words + (spec.unit if is_last and len(spec.unit) < 3 else "")


def _below(row: Range, room: int, *, phone: bool) -> tuple[str, ...]:
    """The lines of its words under its name; none where both stand beside each other on one line.

    Nothing is cut off them: of how many an estimate is stands at their end.
    """
    is_apart = phone or width(row.label) + width(row.words) + 20 > room
    return folded(row.words, room) if is_apart else ()


def _tall(below: tuple[str, ...]) -> int:
    return 46 + _LINE * len(below)


def _row(row: Range, axis: _Axis, below: tuple[str, ...], *, top: int) -> RangeRow:
    """Name and words on one line, or under each other where they do not fit; the interval below."""
    left, y = text(axis.left), top + _tall(below) - 14
    said = tuple(Name(left, text(top + 12 + _LINE * n), words) for n, words in enumerate(below, start=1))
    beside = (Name(text(axis.right), text(top + 12), row.words, "t-end"),)
    label = Name(left, text(top + 12), fit(row.label, axis.right - axis.left))
    whisker, caps = _whisker(row, axis, y)
    return RangeRow(label, said or beside, text(axis.x(row.value)), text(y), row.shape, whisker, caps)


def _whisker(row: Range, axis: _Axis, y: float) -> tuple[str, str]:
    """A line from end to end; an end that runs off the axis is an arrow and no cap."""
    if row.low is None or row.high is None:
        return "", ""
    low, high, at = axis.x(row.low), axis.x(row.high), text(y)
    caps = []
    for x, is_off, side in ((low, row.low < axis.low, 1), (high, row.high > axis.high, -1)):
        if is_off:
            caps.append(
                f"M{text(x + side * 7)} {text(y - 6)}L{text(x)} {at}L{text(x + side * 7)} {text(y + 6)}"
            )
        else:
            caps.append(f"M{text(x)} {text(y - 6)}V{text(y + 6)}")
    return f"M{text(low)} {at}H{text(high)}", "".join(caps)
