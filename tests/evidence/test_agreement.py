import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import agreement
from driehoek.evidence.agreement import average_deviation, awg, null_variance, rwg, rwg_j
from driehoek.evidence.undefined import Undefined

answers = st.lists(st.integers(1, 5), min_size=2, max_size=12)
sheets = st.integers(1, 6).flatmap(
    lambda items: st.lists(
        st.lists(st.integers(1, 5), min_size=items, max_size=items), min_size=2, max_size=8
    )
)


def test_the_examples_run():
    assert doctest.testmod(agreement).failed == 0


# R 4.2.2, multilevel::rwg with ranvar = (A^2 - 1) / 12 = 2.
def test_rwg_agrees_with_r():
    found = rwg([4, 4, 5, 3, 4], 5, "uniform")

    assert (found.rwg, found.s2, found.sigma2_eu, found.n) == (0.75, 0.5, 2, 5)


def test_raters_who_differ_more_than_chance_are_reported_as_zero_and_the_raw_value_stays():
    found = rwg([1, 5, 1, 5, 3], 5)

    assert (found.rwg_raw, found.rwg_reported, found.rwg) == (-1, 0, 0)


def test_equal_answers_agree_completely():
    assert rwg([4, 4, 4], 5).rwg == 1
    assert rwg([0.1, 0.1, 0.1], 5).rwg == 1
    assert rwg_j([[4, 2], [4, 2]], 5).rwg_j == 1
    assert awg([4, 4, 4, 4], (1, 5)).awg == 1
    assert average_deviation([0.1, 0.1, 0.1], 5).ad_mean == 0


def test_against_a_leaning_null_the_same_raters_agree_less():
    raters = [4, 4, 5, 3, 4]

    assert rwg(raters, 5, "slight_skew").rwg == pytest.approx(1 - 0.5 / 1.34)
    assert rwg(raters, 5, "moderate_skew").rwg == pytest.approx(1 - 0.5 / 0.9)
    assert rwg(raters, 5, "heavy_skew").rwg_raw == pytest.approx(1 - 0.5 / 0.44)
    assert rwg(raters, 5, "triangular").rwg == pytest.approx(1 - 0.5 / 1.32)
    assert rwg(raters, 5, "normal").rwg == pytest.approx(1 - 0.5 / 1.04)
    assert rwg(raters, 5, 1.0).rwg == 0.5
    assert null_variance(7) == 4
    # The largest that five options can have: half of the answers at either end.
    assert null_variance(5, 4) == 4


def test_a_rater_without_an_answer_is_left_out():
    assert rwg([4, None, 4, 5, 3, 4], 5) == rwg([4, 4, 5, 3, 4], 5)
    assert average_deviation([4, None, 4, 5], 5).n == 3
    assert awg([2, 3, None, 3], (1, 5)).n == 3


# By hand: item variances 1/3, 1/3 and 1, mean 5/9, S = 5/18; rwg(j) = (3 * 13/18) / (3 * 13/18 + 5/18).
def test_agreement_over_items_by_hand():
    found = rwg_j([[4, 4, 3], [4, 5, 4], [5, 4, 5], [1, None, 5]], 5)

    assert found.mean_item_variance == pytest.approx(5 / 9)
    assert found.rwg_j == pytest.approx(39 / 44)
    assert found.rwg_star_j == pytest.approx(13 / 18)
    assert found.ad_m_j == pytest.approx((4 / 9 + 4 / 9 + 2 / 3) / 3)
    assert (found.n_raters, found.n_dropped, found.n_items) == (3, 1, 3)
    assert found.ad_cutoff == 5 / 6


def test_beyond_chance_agreement_over_items_is_zero_where_the_formula_has_its_pole():
    # S = 4: untruncated, 2 (1 - 4) / (2 (1 - 4) + 4) would be 3.
    found = rwg_j([[1, 5], [5, 1]], 5)

    assert found.rwg_j == 0
    assert found.rwg_star_j == -3


# By hand: M = 3, s2 = 2/3, most = (6 * 3 - 9 - 5) * 4/3 = 16/3, awg = 1 - (4/3) / (16/3).
def test_awg_by_hand():
    assert awg([2, 3, 3, 4], (1, 5)).awg == pytest.approx(0.75)
    assert awg([1, 5], (1, 5)).awg == pytest.approx(-1)


# R multilevel::awg gives NA for the first: the mean 4.75 lies above (5 * 3 + 1) / 4 = 4.
@pytest.mark.parametrize("raters", [[5, 5, 5, 4], [1, 1, 1, 2], [5, 5, 5, 5]])
def test_awg_does_not_exist_for_a_mean_near_an_end(raters):
    with pytest.raises(Undefined, match="outside the range in which awg can be interpreted"):
        awg(raters, (1, 5))


def test_a_mean_exactly_at_the_limit_still_has_an_awg():
    assert awg([5, 5, 5, 5, 1], (1, 5)).awg == pytest.approx(-1)
    assert awg([0.3, 0.3, 0.1], (0.1, 0.3)).awg == pytest.approx(-1)


def test_average_deviation_by_hand():
    found = average_deviation([1, 2, 2, 5], 5)

    assert found.ad_mean == pytest.approx((1.5 + 0.5 + 0.5 + 2.5) / 4)
    assert found.ad_median == pytest.approx(1)
    assert found.cutoff == 5 / 6
    assert not found.within_cutoff


def test_a_deviation_exactly_at_the_cutoff_is_agreement():
    assert average_deviation([1, 2, 1, 2], 3).within_cutoff


@pytest.mark.parametrize(
    ("raters", "reason"),
    [([], "no raters"), ([None], "no raters"), ([4], "one rater: agreement does not exist")],
)
def test_without_two_raters_there_is_no_agreement(raters, reason):
    for measure in (
        lambda: rwg(raters, 5),
        lambda: awg(raters, (1, 5)),
        lambda: average_deviation(raters, 5),
        lambda: rwg_j([[4, None], [4, 5]][: len(raters) + 1], 5) if raters != [] else rwg([], 5),
    ):
        with pytest.raises(Undefined):
            measure()
    with pytest.raises(Undefined, match=reason):
        rwg(raters, 5)


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda: rwg([1, 6], 5), "further apart"),
        (lambda: rwg_j([[1, 6], [1, 0]], 5), "further apart"),
        (lambda: average_deviation([1, 6], 5), "further apart"),
        (lambda: rwg([1, 2], 1), "scale_options must be a whole number of at least 2"),
        (lambda: rwg([1, 2], 5.0), "scale_options must be a whole number"),
        (lambda: average_deviation([1, 2], 0), "scale_options"),
        (lambda: rwg([1, 2], 5, "skewed"), "null must be uniform"),
        (lambda: rwg([1, 2], 7, "slight_skew"), "five options"),
        (lambda: rwg([1, 2], 5, 0), "null must be a variance above 0"),
        (lambda: rwg([1, 2], 5, 4.1), "null must be a variance above 0"),
        (lambda: rwg(["4", 5], 5), "ratings must be a number"),
        (lambda: rwg_j([[1, 2], [1]], 5), "same length"),
        (lambda: awg([0, 3], (1, 5)), "ratings must lie on the scale"),
        (lambda: awg([3, 6], (1, 5)), "ratings must lie on the scale"),
        (lambda: awg([3, 4], (5, 1)), "scale must run"),
        (lambda: awg([3, 4], (1, 3, 5)), "scale must be the lowest"),
        (lambda: awg([3, 4], 5), "scale must be the lowest"),
    ],
)
def test_wrong_input_is_refused_by_name(measure, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        measure()
    assert not isinstance(refusal.value, Undefined)


def test_many_raters_far_from_zero_lose_no_digits():
    raters = np.random.default_rng(7).integers(1, 6, 100_000)

    assert rwg(raters + 10**9, 5).rwg == pytest.approx(rwg(raters, 5).rwg, rel=1e-12)


@settings(max_examples=25)
@given(answers, st.randoms(use_true_random=False), st.integers(-3, 3))
def test_order_shift_and_mirror_change_nothing(raters, chance, shift):
    shuffled = chance.sample(raters, len(raters))
    mirrored = [6 - rating for rating in raters]

    for other in (shuffled, mirrored, [rating + shift for rating in raters]):
        assert rwg(other, 5).rwg_raw == pytest.approx(rwg(raters, 5).rwg_raw)
        assert average_deviation(other, 5).ad_mean == pytest.approx(average_deviation(raters, 5).ad_mean)
        assert average_deviation(other, 5).ad_median == pytest.approx(average_deviation(raters, 5).ad_median)


@settings(max_examples=25)
@given(answers)
def test_awg_stays_between_minus_one_and_one_and_sees_no_direction(raters):
    try:
        found = awg(raters, (1, 5)).awg
    except Undefined:
        with pytest.raises(Undefined):
            awg([6 - rating for rating in raters], (1, 5))
        return
    assert -1 - 1e-9 <= found <= 1
    assert awg([6 - rating for rating in raters], (1, 5)).awg == pytest.approx(found)


@settings(max_examples=25)
@given(sheets)
def test_agreement_over_items_lies_between_zero_and_one_and_grows_with_the_items(rows):
    found = rwg_j(rows, 5)
    twice = rwg_j([row + row for row in rows], 5)

    assert 0 <= found.rwg_j <= 1
    assert twice.rwg_j >= found.rwg_j - 1e-12
    assert twice.rwg_star_j == pytest.approx(found.rwg_star_j)
    assert twice.ad_m_j == pytest.approx(found.ad_m_j)


@settings(max_examples=25)
@given(answers)
def test_over_one_item_both_are_the_same(raters):
    assert rwg_j([[rating] for rating in raters], 5).rwg_j == pytest.approx(rwg(raters, 5).rwg)
