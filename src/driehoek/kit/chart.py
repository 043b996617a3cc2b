"""Where the points and lines of an honest chart go: numbers in, positions out, no database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from math import floor, log10

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MARGIN = Decimal("0.03")  # share of the width that keeps the points off the frame
_NAME = 180  # as much width as the longest name of a part of the drawing takes
_PHONE = 500  # a drawing narrower than this is for a phone


@dataclass(frozen=True)
class Dot:
    """One measurement. Coordinates are text, because a decimal comma would break the drawing."""

    x: str
    y: str
    is_baseline: bool
    on: date
    value: Decimal


@dataclass(frozen=True)
class Tick:
    """A line or a date along an axis, with what it says."""

    at: str
    words: str


@dataclass(frozen=True)
class Frame:
    """One drawing of a series: a wide one, or one for a phone."""

    width: int
    height: int
    left: str
    right: str
    top: str
    bottom: str
    start: str | None
    dots: tuple[Dot, ...]
    line: str
    levels: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    target: str | None
    target_from: str
    target_to: str
    label_x: str
    target_label_y: str

    @property
    def before_y(self) -> str:
        """The name of what lies before the window; a line higher where it would run into the next name."""
        return "12" if self.start and float(self.start) - float(self.left) < _NAME else "26"

    @property
    def window_is_short(self) -> bool:
        """Whether the name of the window would run off the drawing, and must end at its right side."""
        return bool(self.start) and float(self.right) - float(self.start or 0) < _NAME


@dataclass(frozen=True)
class Series:
    """A series of measurements, drawn twice, with what the axis must admit."""

    wide: Frame
    narrow: Frame
    points: tuple[Dot, ...]
    target: Decimal | None
    axis_start: Decimal
    unit: str

    @property
    def starts_above_zero(self) -> bool:
        """Whether the drawing must say where its axis begins."""
        return self.axis_start != 0

    @property
    def has_baseline(self) -> bool:
        """Whether some points were measured before the agreed window."""
        return any(point.is_baseline for point in self.points)


def draw_series(
    points: Sequence[tuple[date, Decimal]],
    *,
    window: tuple[date, date] | None = None,
    target: Decimal | None = None,
    scale: tuple[Decimal, Decimal] | None = None,
    unit: str = "",
    number: Callable[[Decimal], str] = str,
    day: Callable[[date], str] = str,
) -> Series:
    """Lay out a series of measurements, once wide and once for a phone.

    Parameters
    ----------
    points : measurements as (day, value), any order, at least one; none is left out or smoothed.
    window : first and last day of the agreed window. Earlier points are the baseline; the target
        line runs only inside it. Without a window nothing is baseline and no target is drawn.
    target : the agreed value, in the unit of the points.
    scale : lowest and highest value of the axis; by default round values around points and target,
        from zero when the values lie closer to zero than to each other.
    unit : set behind the highest value on the axis.
    number, day : how a value and a date are written.

    Raises
    ------
    ValueError : no points, or a scale upside down.
    """
    if not points:
        raise ValueError("A series needs at least one point.")
    if scale and scale[0] >= scale[1]:
        raise ValueError("The scale of a chart runs from low to high.")
    ordered = tuple(sorted(points))
    target = target if window else None
    levels = _levels([value for _, value in ordered] + ([] if target is None else [target]), scale)
    days = [on for on, _ in ordered] + list(window or ())

    def frame(width: int, height: int, left: int, right: int) -> Frame:
        canvas = _Canvas(width, height, left, right, min(days), max(days), levels[0], (scale or levels)[-1])
        return _frame(canvas, ordered, levels, window, target, unit, number, day)

    wide = frame(1000, 360, 52, 118)
    return Series(wide, frame(330, 300, 44, 12), wide.dots, target, levels[0], unit)


@dataclass(frozen=True)
class _Canvas:
    width: int
    height: int
    left: int
    right: int
    first: date
    last: date
    low: Decimal
    high: Decimal
    top: int = 40

    @property
    def bottom(self) -> int:
        return self.height - 44

    def x(self, on: date) -> Decimal:
        span = (self.last - self.first).days
        share = Decimal((on - self.first).days) / span if span else Decimal("0.5")
        return self.left + (self.width - self.left - self.right) * (_MARGIN + (1 - 2 * _MARGIN) * share)

    def y(self, value: Decimal) -> Decimal:
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)


def _frame(
    canvas: _Canvas,
    ordered: Sequence[tuple[date, Decimal]],
    levels: Sequence[Decimal],
    window: tuple[date, date] | None,
    target: Decimal | None,
    unit: str,
    number: Callable[[Decimal], str],
    day: Callable[[date], str],
) -> Frame:
    dots = tuple(
        Dot(_text(canvas.x(on)), _text(canvas.y(value)), bool(window and on < window[0]), on, value)
        for on, value in ordered
    )
    phone = canvas.width < _PHONE
    begin = max(canvas.x(window[0] - timedelta(days=1)) if window else 0, Decimal(canvas.left))
    end = canvas.x(window[1]) if window else Decimal(canvas.width - canvas.right)
    aim = None if target is None else canvas.y(target)
    return Frame(
        width=canvas.width,
        height=canvas.height,
        left=_text(canvas.left),
        right=_text(canvas.width - canvas.right),
        top=_text(canvas.top),
        bottom=_text(canvas.bottom),
        start=_text(begin) if any(dot.is_baseline for dot in dots) else None,
        dots=dots,
        line=" ".join(f"{'L' if n else 'M'}{dot.x} {dot.y}" for n, dot in enumerate(dots)),
        levels=tuple(
            Tick(_text(canvas.y(level)), number(level) + (unit if level == levels[-1] else ""))
            for level in levels
        ),
        dates=tuple(Tick(_text(canvas.x(on)), day(on)) for on in _named_days(ordered, window)),
        target=None if aim is None else _text(aim),
        target_from=_text(begin),
        target_to=_text(end),
        label_x=_text(begin + 6 if phone else end + 8),
        target_label_y="0" if aim is None else _text(aim - 8 if phone else aim + 4),
    )


def _levels(values: Sequence[Decimal], scale: tuple[Decimal, Decimal] | None) -> list[Decimal]:
    """Four to seven round values that hold all the others between them."""
    low, high = scale or (min(values), max(values))
    if not scale and 0 <= low <= high - low:
        low = Decimal(0)
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / 5
    size = Decimal(10) ** floor(log10(rough))
    step = next(size * factor for factor in _STEPS if size * factor >= rough)
    if scale:
        return [_plain(low + step * n) for n in range(int((high - low) / step) + 1)]
    bottom = (low / step).to_integral_value(ROUND_FLOOR)
    top = (high / step).to_integral_value(ROUND_CEILING)
    return [_plain(step * n) for n in range(int(bottom), int(top) + 1)]


def _named_days(
    ordered: Sequence[tuple[date, Decimal]], window: tuple[date, date] | None
) -> tuple[date, ...]:
    """The days worth naming: where it began, where the window opened, where it stands; never too close."""
    first, last = ordered[0][0], max(ordered[-1][0], window[1] if window else ordered[-1][0])
    apart = max((last - first).days / 5, 1)
    between = (window[0],) if window else ()
    middle = tuple(on for on in between if (on - first).days >= apart and (last - on).days >= apart)
    return (first, *middle, last) if last > first else (first,)


def _plain(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 10, not 1E+1 and not 10.0."""
    return Decimal(format(number.normalize(), "f"))


def _text(number: Decimal | int) -> str:
    return f"{number:.1f}"
