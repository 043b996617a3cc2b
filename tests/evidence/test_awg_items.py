import doctest
from fractions import Fraction
from itertools import product
from statistics import variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import awg_items
from driehoek.evidence.agreement import awg
from driehoek.evidence.awg_items import awg_j
from driehoek.evidence.undefined import Undefined


def test_the_example_runs():
    assert doctest.testmod(awg_items).failed == 0


def test_awg_over_items_by_hand():
    # Item 1: mean 3, s2 2/3, most 4 * 4/3, so 1 - (4/3) / (16/3) = 3/4.
    # Item 2: mean 7/2, s2 1/3, most (5/2)(3/2) * 4/3 = 5, so 1 - (2/3) / 5 = 13/15.
    found = awg_j([[2, 4], [3, 4], [3, 3], [4, 3]], (1, 5))
    assert found.awg_items == pytest.approx((3 / 4, 13 / 15), rel=1e-12)
    assert found.awg_j == pytest.approx(float((Fraction(3, 4) + Fraction(13, 15)) / 2), rel=1e-12)


@pytest.mark.parametrize("raters", [2, 4])
def test_nothing_but_the_two_ends_gives_the_least_agreement_that_awg_knows(raters):
    """Of all answers with the mean of both ends, the widest give awg -1: found by going through them all."""
    sheets = [one for one in product(range(1, 6), repeat=raters) if sum(one) == 3 * raters]
    widest = max(sheets, key=variance)
    assert set(widest) == {1, 5}
    assert awg_j([[one, one] for one in widest], (1, 5)).awg_j == pytest.approx(-1)
    for sheet in sheets:
        expected = 1 - 2 * variance(sheet) / variance(widest)
        assert awg_j([[one] for one in sheet], (1, 5)).awg_j == pytest.approx(expected, abs=1e-12)


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(2, 4), min_size=3, max_size=3), min_size=3, max_size=8))
def test_it_is_the_mean_of_each_and_does_not_grow_with_their_number(rows):
    try:
        alone = [awg([row[at] for row in rows], (1, 5)).awg for at in range(3)]
    except Undefined:
        with pytest.raises(Undefined, match="question"):
            awg_j(rows, (1, 5))
        return
    found = awg_j(rows, (1, 5))
    assert found.awg_j == pytest.approx(sum(alone) / 3)
    assert awg_j([row + row for row in rows], (1, 5)).awg_j == pytest.approx(found.awg_j)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([[3, 3], [4, None]], "one rater"),
        ([[None, 3]], "no raters"),
        ([[3, 5], [3, 5], [4, 5]], "question 2"),
    ],
)
def test_without_agreement_to_see_there_is_none(rows, says):
    with pytest.raises(Undefined, match=says):
        awg_j(rows, (1, 5))


def test_a_rater_with_a_gap_is_left_out_and_counted():
    found = awg_j([[2, 4], [3, 4], [3, 3], [4, 3], [None, 5]], (1, 5))
    assert (found.n_raters, found.n_dropped) == (4, 1)
    assert found.awg_j == awg_j([[2, 4], [3, 4], [3, 3], [4, 3]], (1, 5)).awg_j
