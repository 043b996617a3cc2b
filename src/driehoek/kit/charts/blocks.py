"""A chart as plain strings and back, so that it can be frozen in a document under one fingerprint."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from driehoek.kit.charts import blocks_on_scale as on_scale
from driehoek.kit.charts.spec import (
    Band,
    Levels,
    Line,
    Mark,
    Panel,
    Range,
    Ranges,
    Series,
    Shape,
    Shifts,
    Spec,
    Views,
)


def as_block(spec: Spec, language: str) -> dict[str, Any]:
    """The chart as a block of a document: nothing but strings.

    >>> from datetime import date
    >>> spec = Series(((date(2026, 1, 5), Decimal("71.5")),), "It stands at 71.5.", unit="%")
    >>> block = as_block(spec, "en")
    >>> block["points"], from_block(block) == spec
    ('2026-01-05 71.5', True)
    """
    common = {"kind": "chart", "language": language, "finding": spec.finding, "caption": spec.caption}
    if isinstance(spec, Series):
        return common | _series(spec)
    if isinstance(spec, Levels):
        panels = [{"label": one.label, "marks": [_mark(mark) for mark in one.marks]} for one in spec.panels]
        return common | {"chart": "levels", "moments": list(spec.moments), "panels": panels}
    if isinstance(spec, Views | Shifts):
        return common | on_scale.written(spec)
    return common | {
        "chart": "ranges",
        "unit": spec.unit,
        "scale": _numbers(spec.scale),
        "rows": [_row(one) for one in spec.rows],
        "lines": [
            {"at": _number(one.at), "words": one.words, "is_target": "1" if one.is_target else ""}
            for one in spec.lines
        ],
    }


def from_block(block: Mapping[str, Any]) -> Spec:
    """The chart that `as_block` wrote down. Raises ValueError or LookupError for anything else."""
    words = {"finding": block["finding"], "caption": block["caption"]}
    if block["chart"] == "series":
        return _read_series(block, words)
    if block["chart"] == "levels":
        panels = tuple(Panel(one["label"], tuple(map(_read_mark, one["marks"]))) for one in block["panels"])
        return Levels(panels, tuple(block["moments"]), **words)
    if block["chart"] == "ranges":
        lines = tuple(
            Line(Decimal(one["at"]), one["words"], bool(one["is_target"])) for one in block["lines"]
        )
        rows = tuple(map(_read_row, block["rows"]))
        return Ranges(rows, lines, **words, scale=_read_pair(block["scale"]), unit=block["unit"])
    if block["chart"] in on_scale.KINDS:
        return on_scale.read(block, words)
    raise ValueError(f"there is no such chart: {block['chart']!r}")


def _series(spec: Series) -> dict[str, Any]:
    band = spec.band
    return {
        "chart": "series",
        "unit": spec.unit,
        "points": "; ".join(f"{on.isoformat()} {_number(value)}" for on, value in spec.points),
        "window": " ".join(on.isoformat() for on in spec.window or ()),
        "target": _number(spec.target),
        "target_words": spec.target_words,
        "start": _number(spec.start),
        "scale": _numbers(spec.scale),
        "band": _numbers((band.low, band.high)) if band else "",
        "band_middle": _number(band.middle) if band else "",
        "band_words": band.words if band else "",
        "behind": list(spec.behind),
    }


def _read_series(block: Mapping[str, Any], words: dict[str, str]) -> Series:
    pairs = (one.split() for one in block["points"].split(";") if one.strip())
    days = [date.fromisoformat(on) for on in block["window"].split()]
    band = _read_pair(block["band"])
    return Series(
        points=tuple((date.fromisoformat(on), Decimal(value)) for on, value in pairs),
        window=(days[0], days[1]) if days else None,
        target=_read(block["target"]),
        target_words=block["target_words"],
        start=_read(block["start"]),
        scale=_read_pair(block["scale"]),
        unit=block["unit"],
        behind=tuple(block.get("behind", ())),  # a document of before this was drawn has none
        band=Band(*band, block["band_words"], _read(block["band_middle"])) if band else None,
        **words,
    )


def _mark(mark: Mark) -> dict[str, str]:
    return {"who": mark.who, "shape": mark.shape, "moment": str(mark.moment), "level": str(mark.level)}


def _read_mark(kept: Mapping[str, str]) -> Mark:
    return Mark(kept["who"], cast(Shape, kept["shape"]), int(kept["moment"]), int(kept["level"]))


def _row(row: Range) -> dict[str, str]:
    ends = {"low": _number(row.low), "high": _number(row.high)}
    return {"label": row.label, "value": _number(row.value), "words": row.words, "shape": row.shape} | ends


def _read_row(kept: Mapping[str, str]) -> Range:
    low, high, shape = _read(kept["low"]), _read(kept["high"]), cast(Shape, kept["shape"])
    return Range(kept["label"], Decimal(kept["value"]), kept["words"], low, high, shape)


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _numbers(values: Sequence[Decimal] | None) -> str:
    return " ".join(map(_number, values or ()))


def _read(value: str) -> Decimal | None:
    return Decimal(value) if value else None


def _read_pair(value: str) -> tuple[Decimal, Decimal] | None:
    low, high = value.split() if value else ("", "")
    return (Decimal(low), Decimal(high)) if low else None
