"""The Dutch public holidays, and other days on which nobody meets."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Holiday(StrEnum):
    """One public holiday."""

    NEW_YEAR = "new-year"
    EASTER = "easter"
    KINGS_DAY = "kings-day"
    LIBERATION_DAY = "liberation-day"
    ASCENSION_DAY = "ascension-day"
    WHITSUN = "whitsun"
    CHRISTMAS = "christmas"


@lru_cache(maxsize=256)
def dutch_holidays(year: int) -> Mapping[date, Holiday]:
    """The days that the law calls public holidays, by day; where two fall together, the later named.

    Source
    ------
    Algemene termijnenwet, article 3.1. King's Day is kept a day earlier when it falls on a Sunday.

    Example
    -------
    >>> [f"{day:%d-%m}" for day in dutch_holidays(2027)]
    ['01-01', '28-03', '29-03', '06-05', '16-05', '17-05', '27-04', '05-05', '25-12', '26-12']
    """
    sunday, king = easter(year), date(year, 4, 27)
    return {
        date(year, 1, 1): Holiday.NEW_YEAR,
        sunday: Holiday.EASTER,
        sunday + timedelta(days=1): Holiday.EASTER,
        sunday + timedelta(days=39): Holiday.ASCENSION_DAY,
        sunday + timedelta(days=49): Holiday.WHITSUN,
        sunday + timedelta(days=50): Holiday.WHITSUN,
        king - timedelta(days=king.weekday() == 6): Holiday.KINGS_DAY,
        date(year, 5, 5): Holiday.LIBERATION_DAY,
        date(year, 12, 25): Holiday.CHRISTMAS,
        date(year, 12, 26): Holiday.CHRISTMAS,
    }


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar.

    Source
    ------
    The anonymous algorithm in Meeus (1991), Astronomical Algorithms, chapter 8.

    Example
    -------
    >>> str(easter(2027))
    '2027-03-28'
    """
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days without a session: these, the public holidays when they are left out too, and somebody's own.

    >>> date(2026, 12, 25) in DaysOff(holidays=True)
    True
    """

    days: frozenset[date] = frozenset()
    holidays: bool = False
    own: Container[date] = frozenset()

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and (
            day in self.days or day in self.own or (self.holidays and day in dutch_holidays(day.year))
        )
