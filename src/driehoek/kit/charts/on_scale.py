"""Where numbers on one scale go on paper: names at the left, words at the right, the marks explained below.

Names and words stand beside the scale, so no line of it runs through them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from driehoek.kit.charts.axis import Name, Tick, fit, text, width
from driehoek.kit.charts.spec import Shifts, Views
from driehoek.kit.dots import Row
from driehoek.kit.moves import Move

WIDE: Final = 640
_TALL: Final = 28  # of a row
_TOP: Final = 3
_EDGE: Final = 2
_NAMES: Final = 172  # room for the names
_SLIM: Final = 0.86  # figures are slimmer than the average sign
_LINE: Final = 22  # of the explanation
_BESIDE: Final = 6  # between the scale and what stands beside it, on top of half a mark


@dataclass(frozen=True, slots=True)
class Marked:
    """One mark with its place: ring, dot, square or small."""

    x: str
    y: str
    shape: str


@dataclass(frozen=True, slots=True)
class ScaleRow:
    """One row: a name, what is drawn on the scale, and its numbers in words."""

    label: Name
    words: Name
    y: str
    parts: str
    whisker: str
    line: str
    marks: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """What a mark means: a shape, or the path of a stroke with its class."""

    words: Name
    mark: Marked | None = None
    stroke: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ScaleFrame:
    """One drawing for paper."""

    wide: int
    high: int
    left: str
    right: str
    top: str
    bottom: str
    tick_y: str
    ticks: tuple[Tick, ...]
    says: tuple[Name, Name]
    join: str
    rows: tuple[ScaleRow, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    low: int
    high: int
    right: int

    def x(self, value: float) -> float:
        """A number off the scale, such as an end of an interval, stands at its edge."""
        within = min(max(value, self.low), self.high)
        return self.left + (self.right - self.left) * (within - self.low) / (self.high - self.low)

    @property
    def left(self) -> int:
        return _EDGE + _NAMES + _BESIDE + 7


def views_frame(spec: Views) -> ScaleFrame:
    """Lay out how several see the same: the first two joined where both are there.

    >>> told = (Row("You", 2.0, "ring", "2.0"), Row("The others together", 4.0, "dot", "4.0", n="6 people"))
    >>> drawn = views_frame(Views(told, (1, 5), ("never", "always"), ""))
    >>> [row.marks[0].shape for row in drawn.rows], drawn.join != ""
    (['ring', 'dot'], True)
    """
    scale = _Scale(*spec.ends, _right(spec.rows, least=100))
    rows = tuple(_view(row, scale, _y(n)) for n, row in enumerate(spec.rows))
    first = [row.marks[0] for row in rows[:2] if row.marks[0].shape in ("ring", "dot")]
    join = f"M{first[0].x} {first[0].y}L{first[1].x} {first[1].y}" if len(first) == 2 else ""
    return _frame(spec, scale, rows, _views_keys(spec), join)


def shifts_frame(spec: Shifts) -> ScaleFrame:
    """Lay out then and now, with the interval of now.

    >>> moved = Move("The others", 2.0, 3.0, "2.0 → 3.0", 2.5, 3.5)
    >>> drawn = shifts_frame(Shifts((moved,), (1, 5), ("never", "always"), ""))
    >>> [mark.shape for mark in drawn.rows[0].marks], drawn.rows[0].whisker != ""
    (['ring', 'small'], True)
    """
    scale = _Scale(*spec.ends, _right(spec.rows, least=140))
    rows = tuple(_shift(row, scale, _y(n)) for n, row in enumerate(spec.rows))
    return _frame(spec, scale, rows, _shifts_keys(spec))


def said(row: Row | Move) -> str:
    """The numbers of a row, with over how many people they are."""
    return f"{row.words}; {row.n}" if row.n else row.words


def _right(rows: Sequence[Row] | Sequence[Move], least: int) -> int:
    """As far as the longest words leave room, in steps, so that most drawings of one kind end alike."""
    longest = max([least, *(width(said(row)) * _SLIM for row in rows)])
    return WIDE - _EDGE - _BESIDE - 7 - min(int(-(-longest // 20) * 20), 220)


def _y(n: int) -> float:
    return _TOP + n * _TALL + _TALL / 2


def _frame(
    spec: Views | Shifts,
    scale: _Scale,
    rows: tuple[ScaleRow, ...],
    keys: Sequence[tuple[str, str]],
    join: str = "",
) -> ScaleFrame:
    bottom = _TOP + len(rows) * _TALL
    placed, deep = _keys(keys, top=bottom + 48)
    return ScaleFrame(
        wide=WIDE,
        high=deep,
        left=text(scale.left),
        right=text(scale.right),
        top=text(_TOP),
        bottom=text(bottom),
        tick_y=text(bottom + 18),
        ticks=tuple(
            Tick(text(scale.x(value)), str(value), "t-centre") for value in range(scale.low, scale.high + 1)
        ),
        says=_says(spec, scale, text(bottom + 18)),
        join=join,
        rows=rows,
        keys=placed,
    )


def _says(spec: Views | Shifts, scale: _Scale, y: str) -> tuple[Name, Name]:
    """What the ends of the scale mean, beside their numbers."""
    low, high = spec.says
    left, right = scale.left - 14, scale.right + 14
    return (
        Name(text(left), y, fit(low, left), "t-end"),
        Name(text(right), y, fit(high, (WIDE - _EDGE - right) / _SLIM)),
    )


def _row(row: Row | Move, y: float) -> Callable[..., ScaleRow]:
    def made(**drawn: str | tuple[Marked, ...]) -> ScaleRow:
        nothing = {"parts": "", "whisker": "", "line": ""}
        label = Name(text(_EDGE), text(y + 4.5), fit(row.label, _NAMES))
        words = Name(text(WIDE - _EDGE), text(y + 4.5), fit(said(row), 260), "t-end")
        return ScaleRow(label, words, text(y), **(nothing | drawn))  # type: ignore[arg-type]

    return made


def _view(row: Row, scale: _Scale, y: float) -> ScaleRow:
    """A stroke for each number it is the mean of, and how far the answers lie apart where that is told."""
    whisker = "" if not row.spread else _ended(scale, row.value - row.spread, row.value + row.spread, y)
    return _row(row, y)(
        parts="".join(f"M{text(scale.x(part))} {text(y - 5)}v10" for part in row.parts),
        whisker=whisker,
        marks=(Marked(text(scale.x(row.value)), text(y), row.mark),),
    )


def _shift(row: Move, scale: _Scale, y: float) -> ScaleRow:
    now = Marked(text(scale.x(row.after)), text(y), "small")
    whisker = "" if row.low is None or row.high is None else _ended(scale, row.low, row.high, y)
    if row.before is None:
        return _row(row, y)(whisker=whisker, marks=(now,))
    then = Marked(text(scale.x(row.before)), text(y), "ring")
    return _row(row, y)(whisker=whisker, line=f"M{then.x} {then.y}H{now.x}", marks=(then, now))


def _ended(scale: _Scale, low: float, high: float, y: float) -> str:
    """A line with an upright stroke at each end that lies on the scale."""
    ends = "".join(
        f"M{text(scale.x(end))} {text(y - 8)}v16" for end in (low, high) if scale.low <= end <= scale.high
    )
    return f"M{text(scale.x(low))} {text(y)}H{text(scale.x(high))}{ends}"


def _views_keys(spec: Views) -> list[tuple[str, str]]:
    """Only what is drawn is explained."""
    words = {
        "ring": _("self"),
        "dot": _("the others together"),
        "square": _("line manager"),
        "small": _("a group"),
    }
    marks = {row.mark for row in spec.rows}
    found = [(mark, says) for mark, says in words.items() if mark in marks]
    if any(row.parts for row in spec.rows):
        found.append(("part", _("one sentence")))
    if any(row.spread for row in spec.rows):
        found.append(("whisker", _("spread: how far the answers lie apart")))
    return found


def _shifts_keys(spec: Shifts) -> list[tuple[str, str]]:
    found = [("ring", _("then"))] if any(row.before is not None for row in spec.rows) else []
    found.append(("small", _("now")))
    if any(row.low is not None for row in spec.rows):
        found.append(("whisker", _("margin of error: where “now” could lie, with chance reckoned in")))
    return found


def _keys(found: Sequence[tuple[str, str]], top: int) -> tuple[tuple[Key, ...], int]:
    """Beside each other, on as many lines as it takes, and how deep they end."""
    placed, x, y = [], float(_EDGE), float(top)
    for kind, words in found:
        sign = 30 if kind == "whisker" else 18
        if x > _EDGE and x + sign + width(words) > WIDE - _EDGE:
            x, y = float(_EDGE), y + _LINE
        placed.append(_key(kind, Name(text(x + sign), text(y), words), x, y - 4.5))
        x += sign + width(words) + 12
    return tuple(placed), int(y) + 5


def _key(kind: str, words: Name, x: float, y: float) -> Key:
    if kind == "part":
        return Key(words, stroke=f"M{text(x + 6)} {text(y - 5)}v10", kind=kind)
    if kind == "whisker":
        left, right = text(x + 1), text(x + 23)
        ends = "".join(f"M{end} {text(y - 7)}v14" for end in (left, right))
        return Key(words, stroke=f"M{left} {text(y)}H{right}{ends}", kind=kind)
    return Key(words, mark=Marked(text(x + 7), text(y), kind))
