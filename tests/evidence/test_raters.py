import doctest
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from driehoek.evidence import raters
from driehoek.evidence.raters import paired_t, self_minus_others, welch
from driehoek.evidence.undefined import Undefined

waves = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=10)


def test_the_examples_run():
    assert doctest.testmod(raters).failed == 0


# R 4.2.2, t.test(paired = TRUE).
def test_change_of_matched_raters_agrees_with_r():
    found = paired_t([3, 4, 3, 2, 4], [4, 4, 4, 3, 5], confidence=0.95)

    assert found.mean_change == pytest.approx(0.8, rel=1e-12)
    assert found.ci_low == pytest.approx(0.244710978960441, rel=1e-9)
    assert found.ci_high == pytest.approx(1.35528902103956, rel=1e-9)
    assert found.t == pytest.approx(4, rel=1e-12)
    assert found.p == pytest.approx(0.0161300899000925, rel=1e-9)
    assert (found.df, found.n, found.n_dropped, found.enough_raters) == (4, 5, 0, True)


def test_a_rater_missing_in_one_wave_is_left_out_and_counted():
    found = paired_t([3, 4, None, 2], [4, 4, 4, None])

    assert (found.n, found.n_dropped, found.enough_raters) == (2, 2, False)
    assert found.mean_change == 0.5


@pytest.mark.parametrize("post", [[4, 5, 3], [3, 4, 2], [4.5, 5.5, 3.5]])
def test_raters_who_all_moved_the_same_leave_no_interval(post):
    with pytest.raises(Undefined, match="all 3 raters moved the same: no interval can be computed"):
        paired_t([3, 4, 2], post)


def test_last_bits_of_a_float_are_no_difference_between_raters():
    # 4.3 - 3.3 and 2.3 - 1.3 differ in the last bits: t would be of the order of 10 to the power 15.
    with pytest.raises(Undefined, match="moved the same"):
        paired_t([3.3, 1.3, 2.1], [4.3, 2.3, 3.1])


@pytest.mark.parametrize(("pre", "post"), [([], []), ([3], [4]), ([3, None], [4, 4])])
def test_one_rater_in_both_waves_is_too_few(pre, post):
    with pytest.raises(Undefined, match="fewer than two raters"):
        paired_t(pre, post)


def test_change_of_unmatched_raters_agrees_with_scipy():
    from scipy import stats

    pre, post = [3, 4, 3, 2, None], [4, 4, 5, 3, 5, 4]
    oracle = stats.ttest_ind(post, [3, 4, 3, 2], equal_var=False)
    interval = oracle.confidence_interval(0.9)
    found = welch(pre, post, confidence=0.9)

    assert found.mean_change == pytest.approx(25 / 6 - 3)
    assert (found.t, found.df, found.p) == pytest.approx((oracle.statistic, oracle.df, oracle.pvalue))
    assert (found.ci_low, found.ci_high) == pytest.approx((interval.low, interval.high))
    assert (found.n_pre, found.n_post, found.n_dropped, found.enough_raters) == (4, 6, 1, True)


def test_one_wave_without_differences_still_has_an_interval():
    found = welch([3, 3, 3], [4, 5, 6])

    assert found.df == pytest.approx(2)
    assert found.mean_change == 2
    assert not found.enough_raters


@pytest.mark.parametrize(
    ("pre", "post", "reason"),
    [
        ([3], [4, 5], "fewer than two raters in a wave"),
        ([3, 4], [5, None], "fewer than two raters in a wave"),
        ([3, 3], [4, 4, 4], "the same score within each wave"),
    ],
)
def test_unmatched_raters_without_an_interval(pre, post, reason):
    with pytest.raises(Undefined, match=reason):
        welch(pre, post)


# By hand: mean 4, sd sqrt(2/3), t(3) at 95 per cent is 3.182446; half = 3.182446 * sqrt(2/3) / 2.
def test_self_minus_others_by_hand():
    found = self_minus_others(4.8, [4, 3, None, 4, 5])

    half = 3.182446305284263 * math.sqrt(2 / 3) / 2
    assert found.difference == pytest.approx(0.8)
    assert (found.ci_low, found.ci_high) == pytest.approx((0.8 - half, 0.8 + half))
    assert (found.mean_others, found.n) == (4, 4)
    assert found.sd_others == pytest.approx(math.sqrt(2 / 3))


@pytest.mark.parametrize(
    ("others", "reason"),
    [
        ([], "fewer than two others"),
        ([4, None], "fewer than two others"),
        ([4, 4, 4], "all 3 others gave the same"),
    ],
)
def test_without_differences_between_others_there_is_no_interval(others, reason):
    with pytest.raises(Undefined, match=reason):
        self_minus_others(4, others)


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda: paired_t([1, 2], [1]), "the same people"),
        (lambda: paired_t([1, 2], [1, "2"]), "post_by_rater must be a number"),
        (lambda: paired_t([1, 2], [1, 3], confidence=95), "confidence must lie between 0 and 1"),
        (lambda: welch([1, 2], [1, 3], confidence=1), "confidence"),
        (lambda: welch([1, 2], [1, math.inf]), "post must be a finite number"),
        (lambda: self_minus_others(None, [1, 3]), "self_score must be a number"),
        (lambda: self_minus_others(3, [1, 3], confidence=0), "confidence"),
    ],
)
def test_wrong_input_is_refused_by_name(measure, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        measure()
    assert not isinstance(refusal.value, Undefined)


@pytest.mark.parametrize("unit", [1e-200, 1e-9, 1e140])
def test_tiny_and_huge_units_change_the_numbers_and_not_the_verdict(unit):
    pre, post = np.array([3.0, 4, 3, 2, 4]), np.array([4.0, 4, 4, 3, 5])

    assert paired_t(pre * unit, post * unit).p == pytest.approx(0.0161300899000925)
    assert welch(pre * unit, post * unit).t == pytest.approx(welch(pre, post).t)
    assert self_minus_others(unit, pre * unit).ci_low == pytest.approx(
        self_minus_others(1, pre).ci_low * unit
    )


def test_a_hundred_thousand_raters_are_no_problem():
    rng = np.random.default_rng(5)
    pre = rng.normal(3, 1, 100_000)
    post = pre + rng.normal(0.5, 1, 100_000)

    assert paired_t(pre.tolist(), post.tolist()).mean_change == pytest.approx(float((post - pre).mean()))
    assert welch(pre + 1e9, post + 1e9).t == pytest.approx(welch(pre, post).t, rel=1e-4)


@settings(max_examples=25)
@given(waves, st.randoms(use_true_random=False), st.integers(-20, 20))
def test_paired_change_sees_no_order_and_no_zero_and_turns_with_the_direction(pairs, chance, shift):
    assume(len({after - before for before, after in pairs}) > 1)
    shuffled = chance.sample(pairs, len(pairs))
    found = paired_t(*zip(*pairs, strict=True))
    moved = paired_t(*zip(*((before + shift, after + shift) for before, after in shuffled), strict=True))
    turned = paired_t(*zip(*((after, before) for before, after in pairs), strict=True))

    assert moved.mean_change == pytest.approx(found.mean_change)
    assert (moved.ci_low, moved.ci_high, moved.p) == pytest.approx((found.ci_low, found.ci_high, found.p))
    assert (turned.ci_low, turned.ci_high) == pytest.approx((-found.ci_high, -found.ci_low))
    assert found.ci_low < found.mean_change < found.ci_high
    assert (found.p < 0.05) == (found.ci_low > 0 or found.ci_high < 0)


@settings(max_examples=25)
@given(waves, st.integers(-20, 20))
def test_unmatched_change_turns_with_the_direction_and_sees_no_zero(pairs, shift):
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    assume(len(set(before)) > 1 or len(set(after)) > 1)
    found = welch(before, after)
    turned = welch([one + shift for one in after], [one + shift for one in before])

    assert turned.mean_change == pytest.approx(-found.mean_change)
    assert (turned.ci_low, turned.ci_high) == pytest.approx((-found.ci_high, -found.ci_low))
    assert turned.df == pytest.approx(found.df)


def test_four_raters_are_enough_to_read_an_interval_and_two_to_have_one():
    assert paired_t([3, 4, 3, 2], [4, 4, 4, 3]).enough_raters
    assert not paired_t([3, 4, 3], [4, 4, 4]).enough_raters
    assert welch([3, 4, 3, 2], [4, 4, 4, 3]).enough_raters
    assert not welch([3, 4, 3], [4, 4, 4, 3]).enough_raters
    assert self_minus_others(4, [3, 4]).n == 2
