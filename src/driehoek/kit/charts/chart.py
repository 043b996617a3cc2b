"""A chart as a component shows it: a drawing for a wide page, one for a phone, its notes, and its table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from driehoek.kit.charts import levels, on_scale, ranges, series
from driehoek.kit.charts.blocks import from_block
from driehoek.kit.charts.spec import Levels, Ranges, Series, Shifts, Spec, Views
from driehoek.kit.templatetags.look import day, decimal, listed, short_day, signed

_MOST_TOLD: Final = 80
"""More values than this are not printed one by one."""

Kind = Literal["series", "levels", "ranges", "views", "shifts"]
_PART_WORDS: Final = {
    "before": gettext_lazy("before the start"),
    "window": gettext_lazy("in the window"),
    "after": gettext_lazy("after the window"),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """What a page or a sheet of paper needs of one chart. Without `wide` there is nothing to draw.

    `rows` are its numbers as a table, for a page; `told` are the same in a running line, for paper.
    """

    kind: Kind
    finding: str
    notes: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    told: str = ""
    wide: Any = None
    narrow: Any = None
    paper: Any = None


def draw(spec: Spec) -> Chart:
    """Lay out a chart in the language of the moment, once for a wide page and once for a phone.

    >>> draw(Series((), "")).wide is None
    True
    """
    if isinstance(spec, Series):
        return _series(spec)
    if isinstance(spec, Views | Shifts):
        return _on_scale(spec)
    return _levels(spec) if isinstance(spec, Levels) else _ranges(spec)


def drawn_from(block: Mapping[str, Any]) -> Chart:
    """The chart of a block of a document, in the language of that document."""
    with override(block["language"]):
        return draw(from_block(block))


def _series(spec: Series) -> Chart:
    spec = replace(spec, points=tuple(sorted(spec.points)))
    head = (_("Day"), _("Value"), _("Part"))
    if not spec.points:
        return Chart("series", spec.finding, tuple(filter(None, [spec.caption])), head, ())
    axis = series.scaled(spec)
    rows = tuple(
        (day(on), f"{decimal(value)}{spec.unit}", str(_PART_WORDS[series.part_of(on, spec.window)]))
        for on, value in spec.points
    )
    return Chart(
        kind="series",
        finding=spec.finding,
        notes=tuple(_series_notes(spec, axis)),
        head=head if spec.window else head[:2],
        rows=rows if spec.window else tuple(row[:2] for row in rows),
        wide=series.frame_of(spec, axis, width=1000, height=360, left=52, right=118),
        narrow=series.frame_of(spec, axis, width=330, height=300, left=44, right=12),
        paper=series.frame_of(spec, axis, width=640, height=210, left=46, right=96),
        told=_series_told(spec),
    )


def _series_told(spec: Series) -> str:
    """Every value in the part it belongs to; of very many their number, the lowest and the highest."""
    parts: dict[series.Part, list[tuple[date, Decimal]]] = {}
    for on, value in spec.points:
        parts.setdefault(series.part_of(on, spec.window), []).append((on, value))
    few = len(spec.points) <= _MOST_TOLD
    told = []
    for part, found in parts.items():
        words = ", ".join(f"{short_day(on)} {decimal(value)}{spec.unit}" for on, value in found)
        if not few:
            ends = [f"{decimal(one(value for _on, value in found))}{spec.unit}" for one in (min, max)]
            words = _("from %(low)s to %(high)s") % {"low": ends[0], "high": ends[1]}
        name = f"{_PART_WORDS[part] if spec.window else _('all')} ({len(found)})"
        told.append(f"{name[:1].upper()}{name[1:]}: {words}.")
    return " ".join(told)


def _series_notes(spec: Series, axis: series.Scaled) -> Iterator[str]:
    """How many values stand behind it, what the signs mean, and what the drawing must admit."""
    parts = [series.part_of(on, spec.window) for on, _value in spec.points]
    if spec.caption:
        yield spec.caption
    words = ngettext("%(count)s value.", "%(count)s values.", len(parts))
    yield words % {"count": len(parts)}
    if "before" in parts:
        yield _("Open dots are from before the start.")
    elif spec.window and spec.start is not None:
        start = f"{decimal(spec.start)}{spec.unit}"
        yield _("The dotted line is the agreed start, %(start)s: no value from before.") % {"start": start}
    elif spec.window:
        yield _("There is no value from before the start.")
    if "after" in parts:
        yield _("Triangles are from after the window, and do not count.")
    if spec.band:
        yield _("The band: %(words)s.") % {"words": spec.band.words}
    if axis.off:
        yield ngettext(
            "One value lies far off the scale and stands at the edge with its number.",
            "%(count)s values lie far off the scale and stand at the edge with their number.",
            len(axis.off),
        ) % {"count": len(axis.off)}
    if axis.low != 0:
        yield _("The axis starts at %(start)s.") % {"start": f"{decimal(axis.low)}{spec.unit}"}


def _levels(spec: Levels) -> Chart:
    rows = tuple(
        (panel.label, spec.moments[mark.moment], mark.who, signed(mark.level))
        for panel in spec.panels
        for mark in sorted(panel.marks, key=lambda one: (one.moment, one.who))
    )
    head = (_("Goal"), _("When"), _("By"), _("Level"))
    notes = [spec.caption, _("The dashed line is 0: exactly as agreed.")]
    once = [panel.label for panel in spec.panels if len({mark.moment for mark in panel.marks}) == 1]
    if once and rows:
        notes.append(_("Scored at one moment only: %(goals)s.") % {"goals": listed(once)})
    if not rows:
        return Chart("levels", spec.finding, tuple(filter(None, notes[:1])), head, ())
    return Chart(
        kind="levels",
        finding=spec.finding,
        notes=tuple(filter(None, notes)),
        head=head,
        rows=rows,
        wide=levels.frame_of(spec, width=1000, columns=3),
        narrow=levels.frame_of(spec, width=330, columns=1),
        paper=levels.frame_of(spec, width=640, columns=2),
        told=" ".join(f"{goal}, {when}, {who}: {level}." for goal, when, who, level in rows),
    )


def _ranges(spec: Ranges) -> Chart:
    head = (_("What"), _("Value"), _("From"), _("To"), _("In words"))

    def written(value: Decimal | None) -> str:
        if value is None:
            return "–"
        return f"{decimal(value) if spec.scale else signed(value)}{spec.unit}"

    rows = tuple(
        (one.label, written(one.value), written(one.low), written(one.high), one.words) for one in spec.rows
    )
    notes = [spec.caption]
    if any(one.low is not None for one in spec.rows):
        notes.append(_("The line beside a dot is its margin: the real value may lie anywhere on it."))
    if any(one.low is None for one in spec.rows):
        notes.append(_("A dot without a line has no margin."))
    for line in spec.lines:
        words = _("Dashed line: %(words)s.") if line.is_target else _("Solid line: %(words)s.")
        notes.append(words % {"words": line.words})
    if not spec.rows:
        return Chart("ranges", spec.finding, tuple(filter(None, [spec.caption])), head, ())
    return Chart(
        kind="ranges",
        finding=spec.finding,
        notes=tuple(filter(None, notes)),
        head=head,
        rows=rows,
        wide=ranges.frame_of(spec, width=640),
        narrow=ranges.frame_of(spec, width=330),
        paper=ranges.frame_of(spec, width=640),
        told=" ".join(f"{one.label}: {one.words}." for one in spec.rows),
    )


def _on_scale(spec: Views | Shifts) -> Chart:
    """For paper only: a page draws the same rows with `kit.dots` and `kit.moves`. Its numbers are read aloud
    with the finding; whoever prints it lays the table beside it, sentence by sentence.
    """
    kind: Kind = "views" if isinstance(spec, Views) else "shifts"
    notes = tuple(filter(None, [spec.caption]))
    if not spec.rows:
        return Chart(kind, spec.finding, notes, (), ())
    numbers = " ".join(f"{row.label}: {row.words}." for row in spec.rows)
    ends = ", ".join(f"{end} = {says}" for end, says in zip(spec.ends, spec.says, strict=True))
    frame = on_scale.views_frame(spec) if isinstance(spec, Views) else on_scale.shifts_frame(spec)
    return Chart(kind, f"{spec.finding} {numbers} {ends}.".strip(), notes, (), (), paper=frame)
