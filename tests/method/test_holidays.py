from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.method.holidays import DaysOff, dutch_holidays, easter


@pytest.mark.parametrize(
    "day",
    # The earliest and the latest Easter there is, and the years in which simple rules go wrong.
    [
        "1818-03-22",
        "1943-04-25",
        "1954-04-18",
        "1981-04-19",
        "2008-03-23",
        "2011-04-24",
        "2026-04-05",
        "2038-04-25",
    ],
)
def test_easter_is_on_the_day_on_which_it_was_kept(day):
    assert str(easter(int(day[:4]))) == day


@given(st.integers(1900, 2299))
def test_easter_is_a_sunday_between_22_march_and_25_april(year):
    day = easter(year)
    assert (day.weekday(), date(year, 3, 22) <= day <= date(year, 4, 25)) == (6, True)


def test_the_holidays_of_2026_are_those_of_the_law():
    days = [f"{day:%d-%m}" for day in sorted(dutch_holidays(2026))]

    assert days == [
        "01-01", "05-04", "06-04", "27-04", "05-05", "14-05", "24-05", "25-05", "25-12", "26-12",
    ]  # fmt: skip


def test_kings_day_is_a_day_earlier_when_it_falls_on_a_sunday():
    assert date(2025, 4, 26) in dutch_holidays(2025)
    assert date(2025, 4, 27) not in dutch_holidays(2025)


def test_days_off_are_the_chosen_days_and_the_holidays_only_when_asked():
    mine = frozenset({date(2026, 12, 28)})

    assert date(2026, 12, 28) in DaysOff(mine)
    assert date(2026, 12, 25) not in DaysOff(mine)
    assert date(2026, 12, 25) in DaysOff(mine, holidays=True)
