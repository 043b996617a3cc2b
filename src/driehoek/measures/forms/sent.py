"""A series as a program sends it: JSON, read with the same rules as the page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NoReturn

from django.utils.translation import gettext as _

from driehoek.evidence.series_items import read_items
from driehoek.evidence.series_row import Problem
from driehoek.evidence.series_terms import as_agreed
from driehoek.kit import clock
from driehoek.measures.actions import MOST_VALUES, Values
from driehoek.measures.queries import Beside, CriterionState, beside, comes_late, kind_of

MOST_BYTES: Final = 1_000_000
_SAID: Final = {"values": list, "replace": bool, "reason": str, "origin": str, "percents": str}
_PERCENTS: Final = (None, "whole", "part")


class Unreadable(Exception):
    """What was sent is no series at all; with the status that says so."""

    def __init__(self, status: int, message: str):
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(frozen=True)
class Sent:
    """What was sent: the values, what was said about them, and every item that cannot be taken over."""

    values: Values = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_sent(content: bytes, state: CriterionState) -> Sent:
    """The series in the body of a request. Raises Unreadable for what is no series."""
    said = _said(content)
    kind = kind_of(state.criterion)
    asked = said.pop("percents", None)
    facts = {
        "weighted": kind == "weighted",
        "percents": kind in ("share", "percent"),
        "shares": kind == "share",
    }
    series = read_items(said.pop("values"), **facts)
    read = as_agreed(series.rows, kind=kind, today=clock.today(), percents=asked)
    problems = [*series.problems, *read.problems]
    found = beside(state, read.rows)
    if not said.get("replace"):
        problems += [Problem("day_holds_another", one.row.line) for one in found if one.is_other]
    if not said.get("reason", "").strip() and any(_comes_late(one, state) for one in found):
        problems.append(Problem("reason_missing"))
    values = [(one.row.on, one.row.value, one.row.out_of) for one in found]
    return Sent(values, said, tuple(sorted(problems, key=lambda one: -1 if one.line is None else one.line)))


def _comes_late(one: Beside, state: CriterionState) -> bool:
    return (one.is_new or one.is_other) and comes_late(state.criterion, one.row.on)


def _said(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise Unreadable(413, _("At most one megabyte fits in one request."))
    try:
        given = json.loads(content, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unreadable(400, _("This is no JSON.")) from None
    said = {"values": given} if isinstance(given, list) else given
    if not isinstance(said, dict) or not isinstance(said.get("values"), list):
        raise Unreadable(422, _("Send a list of items, each with a date and a value."))
    if odd := sorted(name for name in said if not isinstance(said[name], _SAID.get(name, ()))):
        raise Unreadable(422, _("This cannot be read: %(names)s.") % {"names": ", ".join(odd)[:120]})
    if said.get("percents") not in _PERCENTS:
        raise Unreadable(422, _("Percentages are written “whole” or “part”."))
    if not 1 <= len(said["values"]) <= MOST_VALUES:
        raise Unreadable(422, _("Send at least one value, and at most 2,000."))
    if any(len(said.get(name, "")) > most for name, most in (("reason", 300), ("origin", 160))):
        raise Unreadable(422, _("A reason has at most 300 characters, and where numbers come from 160."))
    return said


def _no_number(_text: str) -> NoReturn:
    raise ValueError
