import doctest
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import self_and_others
from driehoek.evidence.self_and_others import self_other_agreement
from driehoek.evidence.undefined import Undefined

OTHERS = [3.0, 3.5, 4.0, 2.5, 3.0, 4.5, 3.0, 2.0, 3.5, 4.0]
ABOVE = [1.0, 0.0, -1.0, 0.5, 0.2, -0.4, 0.0, 1.5, 0.3, -0.1]
OWN = [seen + more for seen, more in zip(OTHERS, ABOVE, strict=True)]


def test_the_example_runs():
    assert doctest.testmod(self_and_others).failed == 0


def test_the_limits_lie_half_a_standard_deviation_from_the_mean_difference():
    found = self_other_agreement(OWN, OTHERS)
    # The plain sums of the differences: mean 0.2, sum of squares 4.8, so sd = sqrt((4.8 - 0.4) / 9).
    assert found.mean_difference == pytest.approx(0.2)
    assert found.sd_difference == pytest.approx((4.4 / 9) ** 0.5)
    assert (found.lower, found.upper) == pytest.approx(
        (mean(ABOVE) - stdev(ABOVE) / 2, mean(ABOVE) + stdev(ABOVE) / 2)
    )
    expected = ["over", None, "under", None, None, "under", None, "over", None, None]
    assert list(found.categories) == [one or "in_agreement" for one in expected]


def test_around_zero_people_are_not_measured_against_what_most_do():
    shifted = [one + 2 for one in OWN]
    assert self_other_agreement(shifted, OTHERS).categories == self_other_agreement(OWN, OTHERS).categories
    assert set(self_other_agreement(shifted, OTHERS, "zero").categories) == {"over"}


def test_who_lacks_one_of_the_two_has_no_category_and_is_counted():
    found = self_other_agreement([*OWN, None, 4], [*OTHERS, 3, None])
    assert found.categories[-2:] == found.differences[-2:] == (None, None)
    assert (found.n, found.n_dropped) == (10, 2)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=10, max_size=20))
def test_whoever_changes_the_two_scores_round_changes_over_and_under_round(pairs):
    own, others = [one for one, _ in pairs], [other for _, other in pairs]
    try:
        found = self_other_agreement(own, others)
    except Undefined:
        return
    other_way = {"over": "under", "under": "over", "in_agreement": "in_agreement"}
    turned = self_other_agreement(others, own)
    assert [other_way[one] for one in turned.categories] == list(found.categories)
    assert found.upper - found.lower == pytest.approx(found.sd_difference)


@pytest.mark.parametrize(
    ("own", "others", "says"),
    [
        (OWN[:9], OTHERS[:9], "at least 10"),
        ([one + 1 for one in OTHERS], OTHERS, "same amount"),
        ([], [], "0 people"),
    ],
)
def test_without_people_who_differ_there_are_no_categories(own, others, says):
    with pytest.raises(Undefined, match=says):
        self_other_agreement(own, others)


def test_lists_of_different_length_and_another_centre_are_refused():
    with pytest.raises(ValueError, match="same people"):
        self_other_agreement(OWN, OTHERS[:9])
    with pytest.raises(ValueError, match="centre"):
        self_other_agreement(OWN, OTHERS, "median")
