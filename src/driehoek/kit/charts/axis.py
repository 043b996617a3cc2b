"""Round values along an axis, and words that do not run into each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, log10
from textwrap import wrap
from typing import Final, Literal

_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_SIGN: Final = 7.4  # how wide a sign is on average, in units of a drawing
Anchor = Literal["", "t-centre", "t-end"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line or a date along an axis, with what it says."""

    at: str
    words: str
    anchor: Anchor = ""


@dataclass(frozen=True, slots=True)
class Name:
    """Words somewhere in a drawing."""

    x: str
    y: str
    words: str
    anchor: Anchor = ""


def levels_between(
    values: Sequence[Decimal], scale: tuple[Decimal, Decimal] | None = None, parts: int = 5
) -> list[Decimal]:
    """Round values that hold all the others between them, from zero where they lie close to it.

    Between whole numbers stand whole numbers only: nobody counts a fifth of a person.

    >>> [int(level) for level in levels_between([Decimal(64), Decimal(92)])]
    [60, 70, 80, 90, 100]
    >>> [str(level) for level in levels_between([Decimal(0), Decimal(1)])]
    ['0', '1']
    """
    is_whole = all(one == one.to_integral_value() for one in scale or values)
    low, high = scale or (min(values), max(values))
    if scale and low >= high:
        raise ValueError("the scale of a chart runs from low to high")
    if not scale and 0 <= low <= high - low:
        low = Decimal(0)
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / parts
    size = Decimal(10) ** floor(log10(rough))
    step = _step(size, rough, is_whole)
    if scale:
        return [_plain(low + step * n) for n in range(int((high - low) / step) + 1)]
    bottom = (low / step).to_integral_value(ROUND_FLOOR)
    top = (high / step).to_integral_value(ROUND_CEILING)
    return [_plain(step * n) for n in range(int(bottom), int(top) + 1)]


def _step(size: Decimal, rough: Decimal, is_whole: bool) -> Decimal:
    """The first round step that is large enough, and whole where that is asked."""
    fitting = (size * factor for factor in _STEPS if size * factor >= rough)
    return next((one for one in fitting if not is_whole or one == one.to_integral_value()), Decimal(1))


def on_lanes(
    names: Iterable[tuple[float, Anchor, str]], lanes: Sequence[int], left: float, right: float
) -> tuple[Name, ...]:
    """Words beside each other on as few lines as they need; what finds no room is cut short, not left out.

    >>> [name.y for name in on_lanes([(0, "", "Before"), (20, "", "Agreed period")], (26, 12), 0, 200)]
    ['26', '12']
    """
    taken: dict[int, list[tuple[float, float]]] = {lane: [] for lane in lanes}
    placed = []
    for x, anchor, words in names:
        words = fit(words, right - left)
        start, anchor = _start(x, anchor, width(words), left, right)
        end = start + width(words)
        free = (lane for lane in lanes if all(end < a or start > b for a, b in taken[lane]))
        lane = next(free, lanes[-1])
        taken[lane].append((start - 6, end + 6))
        at = {"": start, "t-centre": (start + end) / 2, "t-end": end}[anchor]
        placed.append(Name(text(at), str(lane), words, anchor))
    return tuple(placed)


def _start(x: float, anchor: Anchor, wide: float, left: float, right: float) -> tuple[float, Anchor]:
    start = x - {"": 0.0, "t-centre": wide / 2, "t-end": wide}[anchor]
    if start + wide > right:
        return right - wide, "t-end"
    return (left, "") if start < left else (start, anchor)


def fit(words: str, room: float) -> str:
    """The words, cut short where they are wider than the room.

    >>> fit("A very long name for a line", 80)
    'A very lo…'
    """
    most = max(int(room / _SIGN), 2)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def folded(words: str, room: float) -> tuple[str, ...]:
    """The words on as many lines as they need: first apart at a semicolon, then between words.

    >>> folded("75%, from 53% to 89%; 15 of 20", 150)
    ('75%, from 53% to 89%;', '15 of 20')
    """
    most = max(int(room / _SIGN), 2)
    if len(words) <= most:
        return (words,)
    parts = words.replace("; ", ";\n").split("\n")
    return tuple(line for part in parts for line in wrap(part, most, break_on_hyphens=False))


def width(words: str) -> float:
    """How wide words are, about."""
    return len(words) * _SIGN


def text(number: Decimal | float) -> str:
    """A coordinate: text, because a decimal comma would break the drawing."""
    return f"{number:.1f}"


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 10, not 1E+1 and not 10.0."""
    return Decimal(format(number.normalize(), "f"))
