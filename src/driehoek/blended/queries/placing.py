"""Where marks stand on a line: those that would lie over each other are drawn as one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from driehoek.blended.queries.marks import Mark

APART: Final[Mapping[str, float]] = {"milestone": 0.075, "session": 0.045, "measure": 0.035}
"""How far two of a kind lie apart at least, as a share of the line: what their drawing takes on a phone."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One mark or several close together, with its place on the line from 0 to 100 %.

    `width` is from the first to the last of them.
    """

    kind: str
    left: str
    middle: str
    width: str
    marks: tuple[Mark, ...]

    @property
    def count(self) -> int:
        """How many there are; of measurements on how many days."""
        return len({mark.on for mark in self.marks}) if self.kind == "measure" else len(self.marks)

    @property
    def done(self) -> bool:
        """Whether all of them are."""
        return all(mark.done for mark in self.marks)


def placed(marks: Iterable[tuple[Mark, float]]) -> list[Placed]:
    """Marks with their part of the line, none over another of its kind."""
    found: list[Placed] = []
    for kind, apart in APART.items():
        near: list[list[tuple[Mark, float]]] = []
        for mark, at in sorted((one for one in marks if one[0].kind == kind), key=lambda one: one[1]):
            if near and at - near[-1][-1][1] < apart:
                near[-1].append((mark, at))
            else:
                near.append([(mark, at)])
        found += [_as_one(kind, group) for group in near]
    return found


def percent(part: float) -> str:
    """For a drawing: with a point, whatever the language of the page."""
    return f"{part * 100:.2f}%"


def _as_one(kind: str, group: list[tuple[Mark, float]]) -> Placed:
    first, last = group[0][1], group[-1][1]
    return Placed(
        kind=kind,
        left=percent(first),
        middle=percent((first + last) / 2),
        width=percent(last - first),
        marks=tuple(mark for mark, _at in group),
    )
