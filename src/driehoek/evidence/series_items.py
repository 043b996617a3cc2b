"""Read a series as a program sends it, and name every item that cannot be read."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from driehoek.evidence.series_day import read_day
from driehoek.evidence.series_number import Trouble, read_number
from driehoek.evidence.series_row import Problem, ProblemId, SeriesFile, SeriesRow

_FIELDS = frozenset({"date", "value", "volume"})


def read_items(
    items: Sequence[object], *, weighted: bool = False, percents: bool = False, shares: bool = False
) -> SeriesFile:
    """Read a list of `{"date", "value", "volume"}`.

    Parameters
    ----------
    items : mappings; a number is a Decimal, an int or a text with a decimal point, never a float. The place
        in the list, from 0, is the line of its row.
    weighted : every item has a volume; otherwise none has, but for `shares`, where each may have one.
    percents : a value that is a text may have a percent sign.

    Returns
    -------
    SeriesFile; never raises for what an item holds.

    Example
    -------
    >>> read_items([{"date": "2026-02-01", "value": Decimal("3.5")}]).rows[0].value
    Decimal('3.5')
    >>> read_items([{"date": "2026-02-30", "value": 3}]).problems[0]
    Problem(id='date_impossible', line=0, facts={'text': '2026-02-30'})
    """
    rows: dict[date, SeriesRow] = {}
    problems: list[Problem] = []
    for index, item in enumerate(items):
        found = _row(index, item, weighted, percents, shares)
        if isinstance(found, Problem):
            problems.append(found)
        elif found.on in rows:
            problems.append(Problem("duplicate_date", index, {"text": str(found.on)}))
        else:
            rows[found.on] = found
    return SeriesFile(tuple(rows.values()), tuple(problems))


def _row(index: int, item: object, weighted: bool, percents: bool, shares: bool) -> SeriesRow | Problem:
    if not isinstance(item, Mapping):
        return Problem("item_unreadable", index)
    if odd := sorted(set(map(str, item)) - _FIELDS):
        return Problem("field_unknown", index, {"text": ", ".join(odd)[:60]})
    if item.get("volume") is not None and not (weighted or shares):
        return Problem("volume_unwanted", index, {"text": str(item["volume"])[:60]})
    on = read_day(str(item.get("date") or "").strip())
    if not isinstance(on, date):
        return Problem(on, index, {"text": str(item.get("date"))[:60]})
    value, out_of = (
        _number(item.get("value"), percents),
        _number(item.get("volume", 0) if weighted else item.get("volume") or 0),
    )
    for one, said in ((value, item.get("value")), (out_of, item.get("volume"))):
        if isinstance(one, str):
            return Problem(one, index, {"text": str(said)[:60]})
    percent = isinstance(item["value"], str) and item["value"].rstrip().endswith("%")
    volume = out_of if weighted or item.get("volume") is not None else None
    return SeriesRow(index, on, value, volume, percent)  # type: ignore[arg-type]


def _number(said: Any, percents: bool = False) -> Decimal | ProblemId:
    if said is None:
        return "value_missing"
    if isinstance(said, Decimal | int) and not isinstance(said, bool):
        return Decimal(said)
    if not isinstance(said, str):
        return "value_unreadable"
    number = read_number(said.strip().removesuffix("%" if percents else ""), ".")
    return number.id if isinstance(number, Trouble) else number
