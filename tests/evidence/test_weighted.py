"""Everything in the window together, each value by its volume: worked by hand, and what must always hold."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.evidence.certainty_of_criterion import certainty_of
from driehoek.evidence.criteria import CriterionTerms, Observation, judge
from driehoek.evidence.series_file import read_series

START, END = date(2026, 3, 31), date(2026, 6, 28)
AFTER = END + timedelta(days=1)


def halved(counted="weighted"):
    """Half as many errors per order as the 0.084 of before."""
    given_ = {"baseline": Decimal("0.084"), "counted": counted}
    return CriterionTerms("relative_change", "down", Decimal("0.5"), START, END, **given_)


def weeks(*pairs):
    return [
        Observation(START + timedelta(weeks=number), Decimal(errors), Decimal(orders))
        for number, (errors, orders) in enumerate(pairs)
    ]


def test_a_busy_week_weighs_more_than_a_quiet_one():
    # 24 of 300 and 12 of 900: 36 of 1200 is 0.03, where the mean of 0.08 and 0.0133 is 0.0467.
    verdict = judge(halved(), weeks((24, 300), (12, 900)), AFTER)

    assert (verdict.status, verdict.value, verdict.pooled) == ("reached", Fraction(3, 100), 2)
    assert verdict.change == Fraction(3, 100) / Fraction("0.084") - 1


def test_exactly_half_is_reached_and_one_error_more_is_not():
    assert judge(halved(), weeks((42, 1000)), AFTER).status == "reached"
    assert judge(halved(), weeks((43, 1000)), AFTER).status == "not_reached"


def test_a_list_that_is_ticked_off_is_no_sample_also_where_it_weighs():
    ticked = [replace(one, ticked=True) for one in weeks((24, 300), (12, 900))]
    verdict = judge(halved(), ticked, AFTER)

    assert certainty_of(halved(), ticked, verdict).reason == "ticked_off"
    assert certainty_of(halved(), weeks((24, 300), (12, 900)), verdict).reason != "ticked_off"


def test_what_lies_outside_the_window_does_not_weigh():
    before = Observation(START - timedelta(days=1), Decimal(900), Decimal(1000))
    late = Observation(AFTER, Decimal(0), Decimal(100_000))

    verdict = judge(halved(), [before, *weeks((50, 1000)), late], AFTER)

    assert (verdict.status, verdict.value, verdict.others) == ("not_reached", Fraction(1, 20), 2)


def test_before_the_deadline_it_is_not_due():
    assert judge(halved(), weeks((1, 100)), END).status == "not_due"


@pytest.mark.parametrize("out_of", [None, Decimal(0)])
def test_a_value_without_its_volume_cannot_be_judged(out_of):
    broken = Observation(START + timedelta(days=3), Decimal(1), out_of)

    verdict = judge(halved(), [*weeks((1, 100)), broken], AFTER)

    assert (verdict.status, verdict.reason, verdict.value) == ("not_assessable", "volume_missing", None)


def test_a_running_total_is_never_weighted():
    with pytest.raises(ValueError, match="running total"):
        CriterionTerms("count", "up", Decimal(6), START, END, counted="weighted")


def test_only_a_value_from_after_the_window_is_shown_as_a_rate():
    late = Observation(AFTER, Decimal(5), Decimal(100))

    verdict = judge(halved(), [late], AFTER + timedelta(days=1))

    assert (verdict.reason, verdict.value) == ("measured_late", Fraction(1, 20))


_PAIRS = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 1000)), min_size=1, max_size=12)


@given(_PAIRS)
def test_the_order_of_the_weeks_and_putting_two_together_change_nothing(pairs):
    together = (sum(errors for errors, _orders in pairs), sum(orders for _errors, orders in pairs))

    found = {judge(halved(), weeks(*given_), AFTER).value for given_ in (pairs, pairs[::-1], [together])}

    assert found == {Fraction(*together)}


@given(_PAIRS)
def test_it_lies_between_the_best_and_the_worst_week(pairs):
    rates = [Fraction(errors, orders) for errors, orders in pairs]

    assert min(rates) <= judge(halved(), weeks(*pairs), AFTER).value <= max(rates)


def test_a_file_of_three_columns_is_read_by_their_order():
    series = read_series(b"datum;fouten;orders\n03-04-2026;24;300\n10-04-2026;28;520\n", weighted=True)

    assert [(row.value, row.out_of) for row in series.rows] == [(24, 300), (28, 520)]
    assert read_series(b"03-04-2026;24;300\n", weighted=True).rows[0].out_of == 300


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"datum;fouten\n03-04-2026;24\n", "missing_volume"),
        (b"datum;fouten;orders;meer\n03-04-2026;24;300;1\n", "missing_volume"),
        (b"datum;fouten;orders\n03-04-2026;24;\n", "value_missing"),
        (b"datum;fouten;orders\n03-04-2026;24;veel\n", "value_unreadable"),
        (b"datum;fouten;orders\n03-04-2026;24\n", "too_few_fields"),
    ],
)
def test_a_file_without_volumes_names_what_is_missing(content, problem):
    assert [one.id for one in read_series(content, weighted=True).problems] == [problem]
