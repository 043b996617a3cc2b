"""A starting value from several measurements: worked by hand, and never rounded."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.evidence.baseline import BaselineWindow, Before
from driehoek.evidence.criteria import CriterionTerms, Observation, judge
from driehoek.evidence.foresight import required_change

FIRST, LAST = date(2026, 1, 5), date(2026, 1, 26)
START, END = date(2026, 2, 1), date(2026, 4, 30)
AFTER = END + timedelta(days=1)


def window(*values, weighed=()):
    volumes = weighed or [None] * len(values)
    rows = [
        Before(FIRST + timedelta(weeks=week), Decimal(value), volume and Decimal(volume))
        for week, (value, volume) in enumerate(zip(values, volumes, strict=True))
    ]
    return BaselineWindow(FIRST, LAST, tuple(rows))


def grows(before, form="relative_change", target="0.15", direction="up", **more):
    terms = (form, direction, Decimal(target), START, END)
    return CriterionTerms(*terms, baseline=before.mean, measured_before=before, **more)


def test_the_mean_is_exact():
    assert window("3.0", "3.1", "3.3").mean == Fraction(47, 15)


def test_where_it_weighs_all_errors_are_divided_by_all_orders():
    # 24 of 300 and 12 of 900: 36 of 1200 is 0.03, where the mean of 0.08 and 0.0133 is 0.0467.
    assert window(24, 12, weighed=(300, 900)).mean == Fraction(3, 100)


def test_a_third_is_not_rounded_before_it_is_compared():
    # 10/3 and fifteen percent is 23/6, which is 3.8333...: 3.83 falls short and 3.84 does not.
    terms = grows(window("3", "3", "4"))

    def status(value):
        return judge(terms, [Observation(END, Decimal(value))], AFTER).status

    assert [status("3.83"), status("3.84")] == ["not_reached", "reached"]
    assert judge(terms, [Observation(END, Fraction(23, 6))], AFTER).status == "reached"
    assert required_change(terms) == Fraction(1, 2)


def test_a_period_that_ran_into_the_window_shows_no_change():
    terms = replace(grows(window("3", "3", "4")), window_starts=LAST)

    verdict = judge(terms, [Observation(END, Decimal(9))], AFTER)

    assert (verdict.status, verdict.reason) == ("not_assessable", "baseline_after_start")
    day_later = replace(terms, window_starts=LAST + timedelta(days=1))
    assert judge(day_later, [Observation(END, Decimal(9))], AFTER).status == "reached"


@given(st.lists(st.decimals("-99", "99", places=2), min_size=1, max_size=4))
def test_the_mean_lies_between_the_lowest_and_the_highest(values):
    assert min(values) <= window(*values).mean <= max(values)


@pytest.mark.parametrize(
    ("starts", "ends", "rows"),
    [
        (LAST, FIRST, [Before(FIRST, Decimal(1))]),
        (FIRST, LAST, []),
        (FIRST, LAST, [Before(START, Decimal(1))]),
        (FIRST, LAST, [Before(FIRST, Decimal(1)), Before(FIRST, Decimal(2))]),
        (FIRST, LAST, [Before(FIRST, Decimal(1), Decimal(2)), Before(LAST, Decimal(2))]),
        (FIRST, LAST, [Before(FIRST, Decimal(1), Decimal(0))]),
    ],
)
def test_what_has_no_mean_is_refused(starts, ends, rows):
    with pytest.raises(ValueError, match=r"period|volume"):
        BaselineWindow(starts, ends, tuple(rows))


def test_a_baseline_is_the_mean_and_nothing_else():
    with pytest.raises(ValueError, match="mean"):
        replace(grows(window("3", "3", "4")), baseline=Decimal(3))
