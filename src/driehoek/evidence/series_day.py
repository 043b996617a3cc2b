"""Read a typed day, the Dutch or the international way, without guessing which number is the month."""

import re
from datetime import date
from typing import Final, Literal

DayTrouble = Literal[
    "date_missing", "date_unreadable", "date_ambiguous", "date_impossible", "date_out_of_range"
]

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2150
# Of another zone only midnight: 23:30Z is the next day in Amsterdam.
_TIME: Final = re.compile(
    r"(?:[T ]00:00(?::00(?:\.0+)?)?Z?|[T ](?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)$"
)


def read_day(text: str) -> date | DayTrouble:
    """One day: 2026-01-31, 31-01-2026, 31/01/2026 or 31.01.2026; a time behind it is let go.

    Parameters
    ----------
    text : without space around it; a year has four figures, from 1950 to 2150.

    Returns
    -------
    date, or why there is none.

    Example
    -------
    >>> read_day("31-01-2026") == read_day("2026-01-31")
    True
    >>> str(read_day("15-09-2026 14:30"))
    '2026-09-15'
    >>> read_day("3/4/2026"), read_day("30-02-2026"), read_day("January")
    ('date_ambiguous', 'date_impossible', 'date_unreadable')
    """
    if not text:
        return "date_missing"
    text = _TIME.sub("", text)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    dutch = re.fullmatch(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif dutch:
        day, month, year = int(dutch[1]), int(dutch[3]), int(dutch[4])
        # With slashes 3/4/2026 is April in Antwerp and March in Boston; dashes never put the month first.
        if dutch[2] == "/" and day <= 12 and month <= 12 and day != month:
            return "date_ambiguous"
    else:
        return "date_unreadable"
    try:
        found = date(year, month, day)
    except ValueError:
        return "date_impossible"
    return found if FIRST_YEAR <= year <= LAST_YEAR else "date_out_of_range"


def looks_like_day(text: str) -> bool:
    """Whether this stands where a day was meant, readable or not.

    >>> looks_like_day("32-13-2026"), looks_like_day("datum")
    (True, False)
    """
    return re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", text) is not None
