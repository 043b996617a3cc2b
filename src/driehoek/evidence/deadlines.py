"""From which day a period is counted, and which day is its last."""

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

AnchorKind = Literal["date", "signing", "milestone"]
Span = Literal["days", "months"]

ANCHOR_KINDS: Final[tuple[AnchorKind, ...]] = ("date", "signing", "milestone")


@dataclass(frozen=True, slots=True)
class Anchor:
    """From what a period is counted and how long it is: so many days or months after that day.

    `milestone` is the id of what must be accepted first. What it is called may change without
    changing what was agreed, so `name` does not tell two anchors apart.
    """

    kind: AnchorKind
    within: int
    span: Span
    milestone: str = ""
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse what nobody could count from."""
        if self.kind not in ANCHOR_KINDS or self.span not in ("days", "months"):
            raise ValueError(f"unknown anchor: {self.kind!r}, {self.span!r}")
        if self.within < 1:
            raise ValueError("a period lasts at least one day or one month")
        if (self.kind == "milestone") != bool(self.milestone):
            raise ValueError("a milestone has an id, and nothing else has one")

    def last_day(self, on: date) -> date:
        """The last day of the period, once the day from which it is counted is known.

        >>> str(Anchor("signing", 6, "months").last_day(date(2026, 8, 31)))
        '2027-02-28'
        """
        return deadline(on, days=self.within) if self.span == "days" else deadline(on, months=self.within)


def deadline(anchor: date, *, months: int | None = None, days: int | None = None) -> date:
    """The last day of the window that starts at `anchor`; that day itself still counts.

    Parameters
    ----------
    anchor : the day from which is counted, for example the day of signing or of go-live.
    months, days : exactly one of them, 0 or more. A month later is the same day of the month, or the last
        day of a month that is too short.

    Raises
    ------
    ValueError : none or both are given, one is negative, or the calendar ends.

    Source
    ------
    The calendar; in `docs/decisions/0007-criterion-verdict.md`.

    Example
    -------
    >>> str(deadline(date(2026, 8, 31), months=6)), str(deadline(date(2026, 3, 1), days=30))
    ('2027-02-28', '2026-03-31')
    """
    if (months is None) == (days is None):
        raise ValueError("give months or days, one of the two")
    if (months or 0) < 0 or (days or 0) < 0:
        raise ValueError("a deadline does not lie before its anchor")
    try:
        return anchor + timedelta(days=days) if days is not None else _months_later(anchor, months or 0)
    except OverflowError as error:
        raise ValueError("the deadline lies past the end of the calendar") from error


def _months_later(anchor: date, months: int) -> date:
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    if year > 9999:
        raise OverflowError
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor.day, last))
