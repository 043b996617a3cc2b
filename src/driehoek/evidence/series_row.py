"""A row of a series as it was read, and why one could not be.

>>> SeriesFile(problems=(Problem("date_missing", 3),)).problems[0].line
3
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

ProblemId = Literal[
    "empty",
    "too_long",
    "not_text",
    "missing_column",
    "missing_volume",
    "unclear_columns",
    "no_rows",
    "too_few_fields",
    "too_many_fields",
    "broken_line",
    "date_missing",
    "date_unreadable",
    "date_ambiguous",
    "date_impossible",
    "date_out_of_range",
    "duplicate_date",
    "cells_merged",
    "value_missing",
    "value_unreadable",
    "value_ambiguous",
    "value_other_decimal",
    "value_percent",
    "formula_unworked",
    "share_of_more",
    "share_as_percent",
    "more_problems",
    "percents_unclear",
    "percents_small",
    "percent_unclear",
    "date_unlikely",
    "date_to_come",
    "share_out_of_range",
    "volume_impossible",
    "too_many_figures",
    "item_unreadable",
    "field_unknown",
    "volume_unwanted",
    "day_holds_another",
    "reason_missing",
]


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One value of the series and the line it stands on (the first line of the file is 1).

    `percent` says that a percent sign stood behind it.
    """

    line: int
    on: date
    value: Decimal
    out_of: Decimal | None = None
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be read: its id, its line (None for the file as a whole) and the facts."""

    id: ProblemId
    line: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SeriesFile:
    """What was read, and everything that was not. `value_name` is the heading of the value column."""

    rows: tuple[SeriesRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    value_name: str = ""
