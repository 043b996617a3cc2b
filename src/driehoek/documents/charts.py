"""A chart on paper: the drawing of the page in the colours of the paper, its notes, and its numbers."""

from collections.abc import Mapping
from typing import Any, Final

from django.template.loader import render_to_string

from driehoek.kit.charts import Chart, drawn_from

# The classes of the drawing, in the colours of `paper.typ`; without colour, shapes and dashes are left.
_STYLE: Final = """
text { font-family: "Schibsted Grotesk", "Noto Sans"; font-size: 13px; fill: #4C5566; }
.lab { fill: #17202E; font-weight: 600; }
.t-ink { fill: #2740A0; font-weight: 600; }
.t-end, .t-level { text-anchor: end; }
.t-centre { text-anchor: middle; }
.grid { stroke: #DADAD4; stroke-width: 1; }
.axis { stroke: #767C88; stroke-width: 1; }
.zero { stroke: #17202E; stroke-width: 1.5; fill: none; }
.before { fill: #EAEAE5; }
.series { fill: none; stroke: #8B909A; stroke-width: 1.5; }
.series--second { stroke-dasharray: 5 4; }
.pt { fill: #17202E; }
.pt-before { fill: #FFFFFF; stroke: #17202E; stroke-width: 1.75; }
.target { stroke: #2740A0; stroke-width: 2; stroke-dasharray: 8 5; fill: none; }
.band { fill: #E0E4F2; stroke: #2740A0; stroke-width: 1; stroke-dasharray: 2 3; }
.mean { stroke: #2740A0; stroke-width: 2.5; fill: none; }
.begun { stroke: #17202E; stroke-width: 2; stroke-dasharray: 1.5 4; }
.end { stroke: #17202E; stroke-width: 1; stroke-dasharray: 2 4; }
.apart { stroke: #17202E; stroke-width: 1.5; stroke-dasharray: 3 4; fill: none; }
.part { stroke: #4C5566; stroke-width: 1.5; fill: none; }
.whisker, .off { stroke: #17202E; stroke-width: 2; fill: none; }
"""


def printed(block: Mapping[str, Any]) -> dict[str, Any]:
    """What the template of the paper draws of a chart: a picture with its words, its notes and its numbers.

    The words of `block` must be drawable already. Raises ValueError or LookupError for what is no chart.
    """
    chart = drawn_from(block)
    notes = " ".join(chart.notes)
    if chart.paper is None:
        return {"kind": "note", "text": f"{chart.finding} {notes}".strip()}
    head, tables = chart.tables
    return {
        "kind": "picture",
        "svg": _picture(chart),
        "alt": chart.finding.strip() or notes,
        "text": notes,
        "head": list(head),
        "tables": [[list(row) for row in rows] for rows in tables],
    }


def _picture(chart: Chart) -> str:
    """The drawing of the page, with its colours inside."""
    facts = {"kind": chart.kind, "frame": chart.paper, "finding": ""}
    drawn = render_to_string("components/chart_drawing.html", facts)
    begin = drawn.index("<svg")
    end = drawn.index(">", begin) + 1
    return f"{drawn[begin:end]}<style>{_STYLE}</style>{drawn[end:]}"
