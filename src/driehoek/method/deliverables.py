"""What can be delivered, as first texts: name, acceptance criterion and week to begin from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from driehoek.method.texts import Language, texts

SORTS: Final = ("design", "test", "go_live", "training", "handover", "report", "other")


@dataclass(frozen=True, slots=True)
class ReadyDeliverable:
    """One thing to deliver; `week` counts from the first day."""

    id: str
    sort: str
    week: int
    name: str
    accepted_when: str


@cache
def usual_deliverables(language: Language) -> tuple[ReadyDeliverable, ...]:
    """What many consultancies deliver, in the order of their weeks.

    >>> [(one.sort, one.week) for one in usual_deliverables("en")][:3]
    [('design', 4), ('test', 8), ('go_live', 12)]
    """
    return read_deliverables(texts("deliverables", language)["deliverables"])


def read_deliverables(told: Iterable[Mapping[str, Any]]) -> tuple[ReadyDeliverable, ...]:
    """Rows of a file. Raises TypeError for a row with another field, or without one."""
    return tuple(ReadyDeliverable(**one) for one in told)


def why_not_deliverable(one: ReadyDeliverable) -> str:
    """Why nobody could use it; empty when all is well.

    >>> why_not_deliverable(ReadyDeliverable("a", "party", 4, "A party", "Everybody came"))
    "sort 'party' is not known"
    """
    if one.sort not in SORTS:
        return f"sort {one.sort!r} is not known"
    return "" if isinstance(one.week, int) and one.week >= 0 else "week must be a whole number from 0"
