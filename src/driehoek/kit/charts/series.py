"""Where the points of one figure over time go: every point, none smoothed, the target in its window."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import quantiles
from typing import Final, Literal

from django.utils.translation import gettext as _

from driehoek.kit.charts.axis import Anchor, Name, Tick, fit, levels_between, on_lanes, text, width
from driehoek.kit.charts.spec import Series
from driehoek.kit.templatetags.look import decimal, short_day

Part = Literal["before", "window", "after"]
_MARGIN: Final = Decimal("0.03")  # share of the width that keeps the points off the frame
_PHONE: Final = 500  # a drawing narrower than this is for a phone
_CROWD: Final = 60  # from so many points on they are drawn smaller
_FEW: Final = 5  # with fewer points nobody can say that one lies far off
_FAR: Final = 8  # times the middle half of the values: further than this is off the scale
_MOST_OFF: Final = 3
_TOP: Final = 40  # room for the names of the parts; less where there is one part only
_BARE: Final = 22


@dataclass(frozen=True, slots=True)
class Off:
    """A value that lies far off the scale: drawn at the edge, with its number."""

    x: str
    y: str
    is_above: bool
    name: Name

    @property
    def arrow(self) -> str:
        """A mark that points away from the drawing."""
        return "m-5 13v-5l5-7 5 7v5" if self.is_above else "m-5-13v5l5 7 5-7v-5"


@dataclass(frozen=True, slots=True)
class SeriesFrame:
    """One drawing of a series: a wide one, or one for a phone."""

    wide: int
    high: int
    left: str
    right: str
    top: str
    bottom: str
    start: str | None
    end: str | None
    dots: dict[Part, tuple[tuple[str, str], ...]]
    is_crowded: bool
    line: str
    levels: tuple[Tick, ...]
    dates: tuple[Tick, ...]
    names: tuple[Name, ...]
    target: Name | None
    target_path: str
    begun: str
    band: str
    middle: str
    off: tuple[Off, ...]

    @property
    def grounds(self) -> list[tuple[str, str]]:
        """From where to where lies what was measured before and after the window."""
        before = [(self.left, self.start)] if self.start else []
        return [*before, (self.end, self.right)] if self.end else before

    @property
    def radius(self) -> str:
        return "2.2" if self.is_crowded else "3.6"

    @property
    def triangle(self) -> str:
        return "m-3 2.5h6l-3-5.5z" if self.is_crowded else "m-4.5 3.5h9l-4.5-8z"


@dataclass(frozen=True, slots=True)
class Scaled:
    """The axis that all drawings of one series share, and what lies off it."""

    levels: tuple[Decimal, ...]
    low: Decimal
    high: Decimal
    off: frozenset[int]


def scaled(spec: Series) -> Scaled:
    """The axis of a series: fixed, or round values around points, target and band. No point is left out."""
    values = [value for _on, value in spec.points]
    off = frozenset(n for n, value in enumerate(values) if not _fits(value, spec.scale, values))
    held = [value for n, value in enumerate(values) if n not in off] or values
    beside = [spec.target, spec.start] if spec.window else [spec.start]
    beside += [spec.band.low, spec.band.high] if spec.band else []
    values_beside = [one for one in beside if one is not None]
    levels = levels_between([*held, *values_beside], spec.scale)
    if not spec.scale:
        levels = _with_room(levels, min(held), spec.target if spec.window else None)
    low, high = spec.scale or (levels[0], levels[-1])
    return Scaled(tuple(levels), low, high, off if len(held) < len(values) else frozenset())


def _with_room(levels: list[Decimal], lowest: Decimal, target: Decimal | None) -> list[Decimal]:
    """One level more where a point would lie on the axis, or the words of the target on those above it."""
    step = levels[1] - levels[0]
    if levels[0] == lowest and lowest != 0:
        levels = [levels[0] - step, *levels]
    return [*levels, levels[-1] + step] if target == levels[-1] else levels


def _fits(value: Decimal, scale: tuple[Decimal, Decimal] | None, values: list[Decimal]) -> bool:
    """Whether a value stands on the axis: on a fixed one, or not absurdly far from the middle half."""
    if scale:
        return scale[0] <= value <= scale[1]
    if len(values) < _FEW:
        return True
    first, middle, third = (Decimal(str(one)) for one in quantiles(map(float, values), n=4))
    reach = max((third - first) * _FAR, abs(middle))
    far = [one for one in values if not first - reach <= one <= third + reach]
    return len(far) > _MOST_OFF or value not in far


def part_of(on: date, window: tuple[date, date] | None) -> Part:
    """Whether a day lies before, in or after the agreed window; without one everything is in it."""
    if window is None or window[0] <= on <= window[1]:
        return "window"
    return "before" if on < window[0] else "after"


@dataclass(frozen=True, slots=True)
class _Canvas:
    width: int
    height: int
    left: int
    right: int
    first: date
    last: date
    axis: Scaled
    top: int

    @property
    def bottom(self) -> int:
        return self.height - 44

    @property
    def is_phone(self) -> bool:
        return self.width < _PHONE

    def x(self, on: date) -> Decimal:
        span = (self.last - self.first).days
        share = Decimal((on - self.first).days) / span if span else Decimal("0.5")
        return self.left + (self.width - self.left - self.right) * (_MARGIN + (1 - 2 * _MARGIN) * share)

    def y(self, value: Decimal) -> Decimal:
        share = (value - self.axis.low) / (self.axis.high - self.axis.low)
        return self.bottom - min(max(share, Decimal(0)), Decimal(1)) * (self.bottom - self.top)


def frame_of(spec: Series, axis: Scaled, *, width: int, height: int, left: int, right: int) -> SeriesFrame:
    """Lay out a series once. Its points are in order of day."""
    days = [on for on, _value in spec.points] + list(spec.window or ())
    parts = [part_of(on, spec.window) for on, _value in spec.points]
    top = _TOP if set(parts) != {"window"} else _BARE
    canvas = _Canvas(width, height, left, right, min(days), max(days), axis, top)
    begin, end = _ends(canvas, spec, parts)
    dots: dict[Part, list[tuple[str, str]]] = {"before": [], "window": [], "after": []}
    for n, (on, value) in enumerate(spec.points):
        if n not in axis.off:
            dots[parts[n]].append((text(canvas.x(on)), text(canvas.y(value))))
    middle = spec.band.middle if spec.band else None
    return SeriesFrame(
        wide=width,
        high=height,
        left=text(left),
        right=text(width - right),
        top=text(canvas.top),
        bottom=text(canvas.bottom),
        start=text(begin) if "before" in parts else None,
        end=text(end) if "after" in parts else None,
        dots={part: tuple(found) for part, found in dots.items()},
        is_crowded=len(spec.points) > _CROWD,
        line=_line(canvas, spec),
        levels=_level_ticks(canvas, spec.unit),
        dates=_dates(canvas, spec),
        names=_part_names(canvas, begin, end, parts),
        target=_target(canvas, spec, begin, end, "after" in parts),
        target_path="" if spec.target is None else f"M{_at(canvas, begin, spec.target)}H{text(end)}",
        begun="" if spec.start is None else f"M{_at(canvas, begin, spec.start)}H{text(end)}",
        band=_band(canvas, spec, begin, end),
        middle="" if middle is None else f"M{_at(canvas, begin, middle)}H{text(end)}",
        off=_off(canvas, spec),
    )


def _ends(canvas: _Canvas, spec: Series, parts: list[Part]) -> tuple[Decimal, Decimal]:
    """Where the window begins and ends in the drawing: half a day before its first point, never on one."""
    edge = Decimal(canvas.width - canvas.right)
    if spec.window is None:
        return Decimal(canvas.left), edge
    begin = max(canvas.x(spec.window[0] - timedelta(days=1)), Decimal(canvas.left))
    after = [on for (on, _value), part in zip(spec.points, parts, strict=True) if part == "after"]
    end = canvas.x(spec.window[1])
    return begin, (end + canvas.x(after[0])) / 2 if after else end


def _at(canvas: _Canvas, x: Decimal, value: Decimal) -> str:
    return f"{text(x)} {text(canvas.y(value))}"


def _line(canvas: _Canvas, spec: Series) -> str:
    """From point to point; a value off the scale interrupts it."""
    steps, pen = [], "M"
    for n, (on, value) in enumerate(spec.points):
        if n in canvas.axis.off:
            pen = "M"
            continue
        steps.append(f"{pen}{_at(canvas, canvas.x(on), value)}")
        pen = "L"
    return " ".join(steps)


def _level_ticks(canvas: _Canvas, unit: str) -> tuple[Tick, ...]:
    last, short = canvas.axis.levels[-1], unit if len(unit) < 3 else ""
    return tuple(
        Tick(text(canvas.y(level)), decimal(level) + (short if level == last else ""))
        for level in canvas.axis.levels
    )


def _dates(canvas: _Canvas, spec: Series) -> tuple[Tick, ...]:
    """The days worth naming: where it began, where the window opened, where it stands; never too close."""
    first, last = canvas.first, canvas.last
    apart = max((last - first).days / 5, 1)
    between = spec.window or ()
    middle: list[date] = []
    for on in between:
        if all(abs((on - other).days) >= apart for other in (first, last, *middle)):
            middle.append(on)
    named = (first, *middle, last) if last > first else (first,)
    turns: dict[date, Anchor] = {
        first: "" if last > first else "t-centre",
        last: "t-end" if last > first else "t-centre",
    }
    return tuple(Tick(text(canvas.x(on)), short_day(on), turns.get(on, "t-centre")) for on in named)


def _part_names(canvas: _Canvas, begin: Decimal, end: Decimal, parts: list[Part]) -> tuple[Name, ...]:
    if set(parts) == {"window"}:
        return ()
    phone = canvas.is_phone
    names: list[tuple[float, Literal["", "t-end"], str]] = []
    if "before" in parts:
        names.append((canvas.left, "", _("Before") if phone else _("Before the agreed period")))
    names.append((float(begin) + 6, "", _("Agreed period")))
    if "after" in parts:
        names.append((float(end) + 6, "", _("After") if phone else _("After the agreed period")))
    return on_lanes(names, (28, 12), canvas.left, canvas.width - (6 if phone else canvas.right))


def _target(canvas: _Canvas, spec: Series, begin: Decimal, end: Decimal, crowded: bool) -> Name | None:
    """The words of the target: behind its line where there is room, else above it."""
    if spec.target is None:
        return None
    y, room = canvas.y(spec.target), canvas.right - 10
    if not canvas.is_phone and not crowded and width(spec.target_words) <= room:
        return Name(text(end + 8), text(y + 4), spec.target_words)
    space = canvas.width - canvas.right - float(begin) - 6
    words = fit(spec.target_words, canvas.width - canvas.right - canvas.left - 6)
    if width(words) > space:
        return Name(text(canvas.width - canvas.right), text(y - 8), words, "t-end")
    return Name(text(begin + 6), text(y - 8), words)


def _band(canvas: _Canvas, spec: Series, begin: Decimal, end: Decimal) -> str:
    if spec.band is None:
        return ""
    low, high = text(canvas.y(spec.band.low)), text(canvas.y(spec.band.high))
    return f"M{text(begin)} {high}H{text(end)}V{low}H{text(begin)}z"


def _off(canvas: _Canvas, spec: Series) -> tuple[Off, ...]:
    found = []
    for n in sorted(canvas.axis.off):
        on, value = spec.points[n]
        x, is_above = canvas.x(on), value > canvas.axis.high
        y = canvas.top if is_above else canvas.bottom
        right = x > canvas.width - canvas.right - 70
        words = Name(text(x - 9 if right else x + 9), text(y + (12 if is_above else -6)), decimal(value))
        name = Name(words.x, words.y, words.words, "t-end") if right else words
        found.append(Off(text(x), text(y), is_above, name))
    return tuple(found)
