import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import group_icc
from driehoek.evidence.group_icc import bliese
from driehoek.evidence.icc import shrout_fleiss
from driehoek.evidence.undefined import Undefined

groups = st.lists(st.lists(st.integers(1, 7), min_size=1, max_size=5), min_size=2, max_size=6)


def long_form(by_group):
    pairs = [(score, name) for name, scores in enumerate(by_group) for score in scores]
    return [score for score, _ in pairs], [name for _, name in pairs]


def test_the_examples_run():
    assert doctest.testmod(group_icc).failed == 0


# By hand: means 1.5 and 4.5; MSB = 2 * 2 * 1.5^2 = 9, MSW = 1/2; 8.5 / 9.5 and 8.5 / 9.
def test_groups_of_equal_size_by_hand():
    found = bliese([1, 2, 4, 5], ["a", "a", "b", "b"])

    assert (found.icc1, found.icc2) == pytest.approx((8.5 / 9.5, 8.5 / 9))
    assert (found.n_groups, found.k, found.n, found.n_dropped) == (2, 2, 4, 0)


# By hand: sizes 2 and 4; the mean size is 3, n0 = (6 - 20/6) / 1 = 8/3. MSB = 12, MSW = (0.5 + 5) / 4.
def test_with_unequal_groups_the_convention_for_their_size_shows():
    outcome, group = [1, 2, 3, 4, 5, 6], list("aabbbb")
    mean, unbiased = bliese(outcome, group), bliese(outcome, group, group_size="n0")

    assert mean.k == 3
    assert unbiased.k == pytest.approx(8 / 3)
    assert mean.icc1 == pytest.approx((12 - 1.375) / (12 + 2 * 1.375))
    assert unbiased.icc1 == pytest.approx((12 - 1.375) / (12 + 5 / 3 * 1.375))
    # Sizes 1, 2 and 3: (6 - 14/6) / 2.
    assert bliese(outcome, list("abbccc"), group_size="n0").k == pytest.approx(11 / 6)
    assert mean.icc2 == unbiased.icc2 == pytest.approx(1 - 1.375 / 12)


def test_people_without_a_score_or_a_group_are_left_out_and_counted():
    found = bliese([1, None, 2, 4, 5, 9], ["a", "a", "a", "b", "b", None])

    assert found.icc1 == bliese([1, 2, 4, 5], ["a", "a", "b", "b"]).icc1
    assert (found.n, found.n_dropped) == (4, 2)


def test_members_who_differ_more_than_groups_give_a_negative_correlation():
    assert bliese([1, 5, 2, 5], ["a", "a", "b", "b"]).icc1 < 0


def test_members_who_are_all_the_same_agree_completely():
    found = bliese([0.1, 0.1, 0.1, 0.7, 0.7, 0.7], [1, 1, 1, 2, 2, 2])

    assert (found.icc1, found.icc2) == (1, 1)


@pytest.mark.parametrize(
    ("outcome", "group", "reason"),
    [
        ([], [], "fewer than two groups"),
        ([1, 2], ["a", "a"], "fewer than two groups"),
        ([1, 2], ["a", "b"], "no group has two members"),
        ([1, 3, 2, 2], ["a", "a", "b", "b"], "all groups have the same mean"),
        ([0.1, 0.1, 0.1, 0.1, 0.1], ["a", "a", "a", "b", "b"], "all groups have the same mean"),
    ],
)
def test_a_correlation_that_does_not_exist_says_why(outcome, group, reason):
    with pytest.raises(Undefined, match=reason):
        bliese(outcome, group)


@pytest.mark.parametrize(
    ("outcome", "group", "size", "reason"),
    [
        ([1, 2], ["a"], "mean", "the same people"),
        (["1", 2], ["a", "b"], "mean", "outcome must be a number"),
        ([1, 2], ["a", "b"], "median", "group_size must be mean or n0"),
    ],
)
def test_wrong_input_is_refused(outcome, group, size, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        bliese(outcome, group, size)
    assert not isinstance(refusal.value, Undefined)


def test_a_hundred_thousand_people_are_no_problem():
    rng = np.random.default_rng(4)
    group = rng.integers(0, 500, 100_000)
    outcome = rng.normal(0, 1, 500)[group] + rng.normal(0, 1, 100_000)

    found = bliese((outcome + 1e6).tolist(), group.tolist())

    assert found.icc1 == pytest.approx(0.5, abs=0.06)
    assert found.icc1 == pytest.approx(bliese(outcome, group).icc1, rel=1e-8)


@settings(max_examples=25)
@given(
    groups, st.randoms(use_true_random=False), st.integers(-100, 100), st.sampled_from([-1e-150, 0.5, 1e100])
)
def test_it_sees_no_order_no_zero_no_unit_and_no_direction(by_group, chance, shift, unit):
    outcome, group = long_form(by_group)
    try:
        found = bliese(outcome, group)
    except Undefined:
        return
    places = chance.sample(range(len(outcome)), len(outcome))
    moved = bliese(
        [(outcome[place] + shift) * unit for place in places], [str(group[place]) for place in places]
    )

    assert (moved.icc1, moved.icc2) == pytest.approx((found.icc1, found.icc2), rel=1e-6, abs=1e-9)
    assert -1 / max(found.k - 1, 1e-9) - 1e-9 <= found.icc1 <= 1


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(1, 7), min_size=3, max_size=3), min_size=2, max_size=6))
def test_groups_of_equal_size_are_one_way_raters(rows):
    try:
        found = bliese(*long_form(rows))
        raters = shrout_fleiss(rows)
    except Undefined:
        return
    assert (found.icc1, found.icc2) == pytest.approx((raters.ICC1, raters.ICC1k), abs=1e-9)
