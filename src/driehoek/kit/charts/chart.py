"""A chart as a component shows it: a drawing for a wide page, one for a phone, its notes, and its table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from driehoek.kit.charts import levels, on_scale, ranges, series
from driehoek.kit.charts.blocks import from_block
from driehoek.kit.charts.spec import Levels, Ranges, Series, Shifts, Spec, Views
from driehoek.kit.templatetags.look import day, decimal, listed, signed

_MOST_PRINTED: Final = 80
"""More values than this are not printed one by one."""
_LONG: Final = 8
"""A narrow table of more rows than this is printed in two halves beside each other."""
Rows = tuple[tuple[str, ...], ...]

Kind = Literal["series", "levels", "ranges", "views", "shifts"]
_PART_WORDS: Final = {
    "before": gettext_lazy("before the start"),
    "window": gettext_lazy("in the window"),
    "after": gettext_lazy("after the window"),
}


@dataclass(frozen=True, slots=True)
class Chart:
    """What a page or a sheet of paper needs of one chart. Without `wide` there is nothing to draw.

    `rows` are its numbers as a table. On paper `printed` stands instead of it, where they are very many.
    """

    kind: Kind
    finding: str
    notes: tuple[str, ...]
    head: tuple[str, ...]
    rows: Rows
    wide: Any = None
    narrow: Any = None
    paper: Any = None
    printed: tuple[tuple[str, ...], Rows] | None = None

    @property
    def tables(self) -> tuple[tuple[str, ...], list[Rows]]:
        """The head of the table on paper, and its rows: all of them, or two halves to stand side by side.

        With a fourth column, of how many each value is, two halves are wider than the paper.
        """
        head, rows = self.printed or (self.head, self.rows)
        if self.kind != "series" or len(rows) <= _LONG or len(head) > 3:
            return head, [rows]
        half = -(-len(rows) // 2)
        return head, [rows[:half], rows[half:]]


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
    spec = _in_order(spec)
    if not spec.points:
        notes = tuple(filter(None, [spec.caption]))
        return Chart("series", spec.finding, notes, (_("Day"), _("Value")), ())
    axis = series.scaled(spec)
    head, rows = _series_table(spec)
    return Chart(
        kind="series",
        finding=spec.finding,
        notes=tuple(_series_notes(spec, axis)),
        head=head,
        rows=rows,
        wide=series.frame_of(spec, axis, width=1000, height=360, left=52, right=118),
        narrow=series.frame_of(spec, axis, width=330, height=300, left=44, right=12),
        paper=series.frame_of(spec, axis, width=640, height=210, left=46, right=96),
        printed=None if len(rows) <= _MOST_PRINTED else _in_short(spec),
    )


def _in_order(spec: Series) -> Series:
    """Its points in the order of their days, each with what stands behind it."""
    order = sorted(range(len(spec.points)), key=lambda place: spec.points[place])
    behind = tuple(spec.behind[place] for place in order) if spec.behind else ()
    return replace(spec, points=tuple(spec.points[place] for place in order), behind=behind)


def _series_table(spec: Series) -> tuple[tuple[str, ...], Rows]:
    """Every value with of how many it is, and with its part, where there are any."""
    columns = [
        (_("Day"), [day(on) for on, _value in spec.points]),
        (_("Value"), [f"{decimal(value)}{spec.unit}" for _on, value in spec.points]),
    ]
    if spec.behind:
        columns.append((_("Of how many"), list(spec.behind)))
    if spec.window:
        parts = [str(_PART_WORDS[series.part_of(on, spec.window)]) for on, _value in spec.points]
        columns.append((_("Part"), parts))
    head = tuple(name for name, _cells in columns)
    return head, tuple(zip(*(cells for _name, cells in columns), strict=True))


def _in_short(spec: Series) -> tuple[tuple[str, ...], Rows]:
    """Of very many values how many there are in each part, the lowest and the highest."""
    parts: dict[series.Part, list[Decimal]] = {}
    for on, value in spec.points:
        parts.setdefault(series.part_of(on, spec.window), []).append(value)
    rows = tuple(
        (
            str(_PART_WORDS[part]) if spec.window else _("all"),
            str(len(found)),
            *(f"{decimal(one(found))}{spec.unit}" for one in (min, max)),
        )
        for part, found in parts.items()
    )
    return (_("Part"), _("Number of values"), _("Lowest"), _("Highest")), rows


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
    )


def _ranges(spec: Ranges) -> Chart:
    head: tuple[str, ...] = (_("What"), _("Value"), _("From"), _("To"), _("In words"))

    def written(value: Decimal | None) -> str:
        if value is None:
            return "–"
        return f"{signed(value) if spec.is_change else decimal(value)}{spec.unit}"

    rows: Rows = tuple(
        (one.label, written(one.value), written(one.low), written(one.high), one.words) for one in spec.rows
    )
    notes = [spec.caption]
    if all(one.low is None for one in spec.rows):
        head, rows = (head[0], head[1], head[4]), tuple((row[0], row[1], row[4]) for row in rows)
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
    )


def _on_scale(spec: Views | Shifts) -> Chart:
    """For paper only: a page draws the same rows with `kit.dots` and `kit.moves`. Its numbers are read aloud
    with the finding; whoever prints it lays the table beside it, sentence by sentence.
    """
    kind: Kind = "views" if isinstance(spec, Views) else "shifts"
    notes = tuple(filter(None, [spec.caption]))
    if not spec.rows:
        return Chart(kind, spec.finding, notes, (), ())
    numbers = " ".join(f"{row.label}: {on_scale.said(row)}." for row in spec.rows)
    ends = ", ".join(f"{end} = {says}" for end, says in zip(spec.ends, spec.says, strict=True))
    frame = on_scale.views_frame(spec) if isinstance(spec, Views) else on_scale.shifts_frame(spec)
    return Chart(kind, f"{spec.finding} {numbers} {ends}.".strip(), notes, (), (), paper=frame)
