"""Honest charts: one description in plain data, drawn alike on a page, on a phone and on paper.

A description (`spec`) holds the numbers and the words of one chart. `draw` lays it out; `as_block` makes it
plain strings, so that it can be frozen in a document under a fingerprint, and `from_block` reads it back.
"""

from driehoek.kit.charts.blocks import as_block, from_block
from driehoek.kit.charts.chart import Chart, draw, drawn_from
from driehoek.kit.charts.spec import (
    Band,
    Levels,
    Line,
    Mark,
    Panel,
    Range,
    Ranges,
    Series,
    Shifts,
    Spec,
    Views,
)

__all__ = [
    "Band",
    "Chart",
    "Levels",
    "Line",
    "Mark",
    "Panel",
    "Range",
    "Ranges",
    "Series",
    "Shifts",
    "Spec",
    "Views",
    "as_block",
    "draw",
    "drawn_from",
    "from_block",
]
