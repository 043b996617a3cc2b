"""Take the rows of a series as was agreed: percentages, shares, volumes; and name every row that is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from driehoek.evidence.series_row import Problem, ProblemId, SeriesRow

Kind = Literal["number", "percent", "share", "weighted"]
Percents = Literal["whole", "part"]

FIGURES_KEPT: Final = 6
FIGURES_READ: Final = 20  # beyond these working with it would round
LARGEST: Final = Decimal(10) ** 12
EARLIEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Taken:
    """A value as its criterion is judged, and the line it comes from."""

    line: int
    on: date
    value: Decimal
    out_of: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows that can be right, and a problem for each that cannot."""

    rows: tuple[Taken, ...] = ()
    problems: tuple[Problem, ...] = ()


def as_agreed(
    rows: Sequence[SeriesRow], *, kind: Kind, today: date, percents: Percents | None = None
) -> Reading:
    """Every row as its criterion is judged. Nothing is rounded and nothing is guessed.

    Parameters
    ----------
    rows : as they were read.
    kind : `number` as it stands; `percent` in percent, 70; `share` from 0 to 1, 0.7; `weighted` so many
        out of so many.
    percents : how percentages without a sign are written, when somebody has said so: `whole` is 70, `part`
        is 0.7. Otherwise 0.7 is taken for 0.7% as long as a larger number stands beside it, and asked about
        when none does, or when others have a sign. A share of 0.7% with its sign is asked about as well, when
        no larger one stands beside it: 70% may have been meant. A row that says out of how many is no
        percentage.

    Returns
    -------
    Reading. A problem without a line is about all of them.

    Example
    -------
    >>> seventy = SeriesRow(2, date(2026, 2, 1), Decimal(70), percent=True)
    >>> as_agreed([seventy], kind="share", today=date(2026, 3, 1)).rows[0].value
    Decimal('0.7')
    >>> part = SeriesRow(2, date(2026, 2, 1), Decimal("0.7"))
    >>> as_agreed([part], kind="share", today=date(2026, 3, 1)).problems[0].id
    'percents_unclear'
    """
    unclear = _unclear(rows) if kind in ("percent", "share") and percents is None else []
    if unclear and not any(row.percent for row in rows):
        return Reading(problems=(Problem("percents_unclear"),))
    if kind == "share" and percents != "whole" and _all_small(rows):
        return Reading(problems=(Problem("percents_small"),))
    odd = {row.line for row in unclear}
    taken: list[Taken] = []
    problems: list[Problem] = []
    for row in rows:
        one = _taken(row, kind, percents, today) if row.line not in odd else "percent_unclear"
        if isinstance(one, Taken):
            taken.append(one)
        else:
            problems.append(Problem(one, row.line, {"text": _as_text(row)}))
    return Reading(tuple(taken), tuple(problems))


def _unclear(rows: Sequence[SeriesRow]) -> list[SeriesRow]:
    bare = [row for row in rows if not row.percent and row.value and row.out_of is None]
    small = [row for row in bare if -1 <= row.value <= 1]
    return small if len(small) == len(bare) or any(row.percent for row in rows) else []


def _all_small(rows: Sequence[SeriesRow]) -> bool:
    """Whether percentages with a sign stand here, and none of all percentages reaches one."""
    said = [row for row in rows if row.value and row.out_of is None]
    return any(row.percent for row in said) and all(-1 < row.value < 1 for row in said)


def _taken(row: SeriesRow, kind: Kind, percents: Percents | None, today: date) -> Taken | ProblemId:
    if not all(map(_can_be_worked_with, (row.value, row.out_of))):
        return "too_many_figures"
    value = row.value
    if kind == "share" and row.out_of is not None:
        return _part(row, today)
    if kind in ("percent", "share"):
        value = value * 100 if percents == "part" and not row.percent else value
    one = Taken(row.line, row.on, value / 100 if kind == "share" else value, row.out_of)
    return _trouble(one, kind, today) or one


def _part(row: SeriesRow, today: date) -> Taken | ProblemId:
    """So many of so many, as it was counted."""
    if row.percent:
        return "share_as_percent"
    if not row.out_of or not 0 <= row.value <= row.out_of:
        return "share_of_more"
    one = Taken(row.line, row.on, row.value, row.out_of)
    return _trouble(one, "number", today) or one


def _can_be_worked_with(number: Decimal | None) -> bool:
    """Whether a step of arithmetic neither rounds it nor runs out of figures."""
    if number is None or not number:
        return True
    return len(number.as_tuple().digits) <= FIGURES_READ and -FIGURES_READ < number.adjusted() < FIGURES_READ


def _trouble(row: Taken, kind: Kind, today: date) -> ProblemId | None:
    if row.on.year < EARLIEST:
        return "date_unlikely"
    if row.on > today:
        return "date_to_come"
    if kind == "share" and not 0 <= row.value <= 1:
        return "share_out_of_range"
    if kind == "weighted" and (row.value < 0 or row.out_of is None or row.out_of <= 0):
        return "volume_impossible"
    kept = [number for number in (row.value, row.out_of) if number is not None]
    if any(abs(one) >= LARGEST or one != round(one, FIGURES_KEPT) for one in kept):
        return "too_many_figures"
    return None


def _as_text(row: SeriesRow) -> str:
    return f"{row.on} {str(row.value)[:40]}{'%' if row.percent else ''}"
