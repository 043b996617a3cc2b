"""Where goals stand on their five levels: a panel each, moments from left to right, one mark a person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from driehoek.kit.charts.axis import Name, Tick, fit, text
from driehoek.kit.charts.spec import Levels, Mark, Panel
from driehoek.kit.templatetags.look import signed

_STEP: Final = 26  # between two levels
_TOP: Final = 34
_APART: Final = 8  # marks that would cover each other move aside by so much
_NAMES: Final = 92  # room for the names at the right


@dataclass(frozen=True, slots=True)
class Placed:
    """One mark with its place."""

    x: str
    y: str
    shape: str


@dataclass(frozen=True, slots=True)
class PanelFrame:
    """One goal, somewhere in the drawing."""

    label: Name
    ticks: tuple[Tick, ...]
    left: str
    right: str
    agreed: str
    moments: tuple[Name, ...]
    lines: tuple[tuple[str, str], ...]
    marks: tuple[Placed, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class LevelsFrame:
    """One drawing of all goals: beside each other, or under each other on a phone."""

    wide: int
    high: int
    panels: tuple[PanelFrame, ...]


def frame_of(spec: Levels, *, width: int, columns: int) -> LevelsFrame:
    """Lay out the levels once."""
    tall = _TOP + 4 * _STEP + 54
    across = min(columns, len(spec.panels))
    each = min(width // across, 480)
    panels = tuple(
        _panel(one, spec.moments, left=(n % across) * each, top=(n // across) * tall, room=each)
        for n, one in enumerate(spec.panels)
    )
    rows = -(-len(spec.panels) // across)
    return LevelsFrame(width, rows * tall, panels)


def _panel(panel: Panel, moments: tuple[str, ...], *, left: int, top: int, room: int) -> PanelFrame:
    start, end = left + 38, left + room - _NAMES
    apart = (end - start) / max(len(moments), 1)

    def x(moment: int) -> float:
        return start + apart * (moment + 0.5)

    def y(level: int) -> float:
        return top + _TOP + (2 - level) * _STEP

    placed = list(_placed(panel.marks, x, y))
    return PanelFrame(
        label=Name(text(left + 12), text(top + 16), fit(panel.label, room - 16)),
        ticks=tuple(Tick(text(y(level)), signed(level)) for level in (2, 1, 0, -1, -2)),
        left=text(start),
        right=text(end),
        agreed=text(y(0)),
        moments=tuple(
            Name(text(x(n)), text(y(-2) + 26), fit(words, max(apart, 60) - 4), "t-centre")
            for n, words in enumerate(moments)
        ),
        lines=tuple(_lines(placed)),
        marks=tuple(Placed(text(one.x), text(one.y), one.mark.shape) for one in placed),
        names=tuple(_names(placed, end)),
    )


@dataclass(frozen=True, slots=True)
class _At:
    mark: Mark
    x: float
    y: float


def _placed(marks: tuple[Mark, ...], x: Callable[[int], float], y: Callable[[int], float]) -> Iterator[_At]:
    """Every mark with its place; those on one spot stand beside each other."""
    for mark in marks:
        there = [one for one in marks if (one.moment, one.level) == (mark.moment, mark.level)]
        aside = (there.index(mark) - (len(there) - 1) / 2) * 2 * _APART
        yield _At(mark, x(mark.moment) + aside, y(mark.level))


def _by_person(placed: list[_At]) -> list[list[_At]]:
    people = dict.fromkeys(one.mark.who for one in placed)
    return [
        sorted((one for one in placed if one.mark.who == who), key=lambda one: one.mark.moment)
        for who in people
    ]


def _lines(placed: list[_At]) -> Iterator[tuple[str, str]]:
    """One line a person through the marks of their moments."""
    for own in _by_person(placed):
        steps = (f"{'L' if n else 'M'}{text(one.x)} {text(one.y)}" for n, one in enumerate(own))
        yield own[0].mark.shape, " ".join(steps)


def _names(placed: list[_At], end: float) -> Iterator[Name]:
    """Who it is, at the right of their last mark; two at one level share a line."""
    last: dict[float, list[str]] = {}
    for own in _by_person(placed):
        last.setdefault(own[-1].y, []).append(own[-1].mark.who)
    for y, people in last.items():
        for n, who in enumerate(people):
            drop = 4 + (n - (len(people) - 1) / 2) * 13
            yield Name(text(end + 8), text(y + drop), fit(who, _NAMES - 8))
