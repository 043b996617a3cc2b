"""The two charts of numbers on one scale as plain strings and back."""

from collections.abc import Mapping
from typing import Any, Final

from driehoek.kit.charts.spec import Shifts, Views
from driehoek.kit.dots import Row
from driehoek.kit.moves import Move

KINDS: Final = ("views", "shifts")


def written(spec: Views | Shifts) -> dict[str, Any]:
    """What is told of the chart besides its words.

    >>> row = Row("You", 2.5, "ring", "2.5", parts=(2.0, 3.0))
    >>> spec = Views((row,), (1, 5), ("never", "always"), "You: 2.5.")
    >>> block = written(spec)
    >>> block["rows"][0]["parts"], read(block, {"finding": "You: 2.5."}) == spec
    ('2.0 3.0', True)
    """
    scale = {"ends": f"{spec.ends[0]} {spec.ends[1]}", "says": list(spec.says)}
    if isinstance(spec, Views):
        return {"chart": "views", **scale, "rows": list(map(_row, spec.rows))}
    return {"chart": "shifts", **scale, "rows": list(map(_move, spec.rows))}


def read(block: Mapping[str, Any], words: Mapping[str, str]) -> Views | Shifts:
    """The chart that `written` wrote down. Raises ValueError or LookupError for anything else."""
    low, high = map(int, block["ends"].split())
    first, last = block["says"]
    if block["chart"] == "views":
        return Views(tuple(map(_read_row, block["rows"])), (low, high), (first, last), **words)
    return Shifts(tuple(map(_read_move, block["rows"])), (low, high), (first, last), **words)


def _row(row: Row) -> dict[str, str]:
    return {
        "label": row.label,
        "value": repr(row.value),
        "mark": row.mark,
        "words": row.words,
        "n": row.n,
        "parts": " ".join(map(repr, row.parts)),
        "spread": _number(row.spread),
    }


def _read_row(kept: Mapping[str, str]) -> Row:
    parts = tuple(map(float, kept["parts"].split()))
    spread = _read(kept["spread"])
    return Row(kept["label"], float(kept["value"]), kept["mark"], kept["words"], parts, spread, n=kept["n"])


def _move(row: Move) -> dict[str, str]:
    numbers = {"before": row.before, "after": row.after, "low": row.low, "high": row.high}
    return {"label": row.label, "words": row.words, "n": row.n} | {
        name: _number(one) for name, one in numbers.items()
    }


def _read_move(kept: Mapping[str, str]) -> Move:
    before, low, high = (_read(kept[name]) for name in ("before", "low", "high"))
    return Move(kept["label"], before, float(kept["after"]), kept["words"], low, high, n=kept["n"])


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _read(value: str) -> float | None:
    return float(value) if value else None
