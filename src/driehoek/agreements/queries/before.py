"""What was measured before the start: how it is kept in the draft, and frozen, as plain data."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from driehoek.evidence.baseline import BaselineWindow, Before

FEWEST_BEFORE: Final = 3
MOST_BEFORE: Final = 400


def before_as_data(window: BaselineWindow | None) -> dict[str, Any]:
    """The period and its values, numbers as text without trailing zeros; empty where there is none."""
    if window is None:
        return {}
    values = [
        {"on": one.on.isoformat(), "value": _exact(one.value)}
        | ({} if one.out_of is None else {"out_of": _exact(one.out_of)})
        for one in window.values
    ]
    return {"from": window.starts.isoformat(), "until": window.ends.isoformat(), "values": values}


def before_in(said: Mapping[str, Any] | None) -> BaselineWindow | None:
    """What `before_as_data` made of it; None where there is none."""
    if not said:
        return None
    values = tuple(
        Before(
            date.fromisoformat(one["on"]),
            Decimal(one["value"]),
            Decimal(one["out_of"]) if "out_of" in one else None,
        )
        for one in said["values"]
    )
    return BaselineWindow(date.fromisoformat(said["from"]), date.fromisoformat(said["until"]), values)


def _exact(value: Decimal) -> str:
    return f"{value.normalize():f}"
