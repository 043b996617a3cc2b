"""What a chart shows: numbers, and words in the language of its reader, and not where they stand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from driehoek.kit.dots import Row
from driehoek.kit.moves import Move

Shape = Literal["dot", "ring", "square", "diamond"]


@dataclass(frozen=True, slots=True)
class Band:
    """What lies behind the values of the window: from where to where, and what stands behind that."""

    low: Decimal
    high: Decimal
    words: str
    middle: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One figure over time.

    `finding` is the sentence a screen reader hears, `caption` what is measured. Values before the first day
    of `window` are the baseline, those after its last day the follow-up. The target is drawn inside the
    window only. `start` is what was agreed as the start where nothing was measured before; `scale` fixes
    the axis. `behind` says of each point of how many it is, in words and in the order of the points.
    """

    points: tuple[tuple[date, Decimal], ...]
    finding: str
    caption: str = ""
    window: tuple[date, date] | None = None
    target: Decimal | None = None
    target_words: str = ""
    start: Decimal | None = None
    scale: tuple[Decimal, Decimal] | None = None
    unit: str = ""
    band: Band | None = None
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One level at one moment (its place among the moments, from 0), by somebody with a shape."""

    who: str
    shape: Shape
    moment: int
    level: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One goal: what it is called, and the levels it was given."""

    label: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """Goals on the five levels from -2 to +2, over moments."""

    panels: tuple[Panel, ...]
    moments: tuple[str, ...]
    finding: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """One estimate with its interval; `words` say it with its n, always."""

    label: str
    value: Decimal
    words: str
    low: Decimal | None = None
    high: Decimal | None = None
    shape: Shape = "dot"


@dataclass(frozen=True, slots=True)
class Line:
    """A line across all estimates: no change, or what was agreed."""

    at: Decimal
    words: str
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class Ranges:
    """Estimates with their intervals on one axis: shares, or changes against zero and what was agreed."""

    rows: tuple[Range, ...]
    lines: tuple[Line, ...]
    finding: str
    caption: str = ""
    scale: tuple[Decimal, Decimal] | None = None
    unit: str = ""

    @property
    def is_change(self) -> bool:
        """Whether a line for no change runs through it, so that a rise is written with its sign."""
        return any(not line.is_target for line in self.lines)


@dataclass(frozen=True, slots=True)
class Views:
    """How several people see the same on one scale: themselves, the others together, each group.

    The rows are those a page draws with `kit.dots`; `ends` are the lowest and the highest of the scale, and
    `says` is what those mean.
    """

    rows: tuple[Row, ...]
    ends: tuple[int, int]
    says: tuple[str, str]
    finding: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Shifts:
    """Then and now on one scale, with the ends between which "now" can lie by chance.

    The rows are those a page draws with `kit.moves`.
    """

    rows: tuple[Move, ...]
    ends: tuple[int, int]
    says: tuple[str, str]
    finding: str
    caption: str = ""


Spec = Series | Levels | Ranges | Views | Shifts
