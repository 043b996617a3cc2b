import doctest
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import reliable_change
from driehoek.evidence.planning import detectable_change
from driehoek.evidence.reliable_change import (
    cutoffs,
    jacobson_truax,
    jacobson_truax_changes,
    kelley,
    minimal_detectable_change,
    minimal_detectable_change_of_means,
)
from driehoek.evidence.undefined import Undefined

values = st.floats(-100, 100)
reliabilities = st.floats(0, 0.99)
spreads = st.floats(0.1, 50)


def test_the_examples_run():
    assert doctest.testmod(reliable_change).failed == 0


# The worked example of Jacobson & Truax (1991), which prints 3.35, 4.74 and 3.16; digits recomputed.
def test_the_published_example():
    found = jacobson_truax(32.5, 47.5, sd_pre=7.5, reliability=0.8)

    assert found.sem == pytest.approx(3.35410196624968, rel=1e-12)
    assert found.s_diff == pytest.approx(4.74341649025257, rel=1e-12)
    assert found.rci == pytest.approx(3.16227766016838, rel=1e-12)
    assert found.reliable_at_95


# Inputs of the test-suite of the R package clinicalsignificance (test-calc_rci.R).
def test_many_changes_at_once():
    found = jacobson_truax_changes([-8, -4, 0, 4, None, 8], sd_pre=5, reliability=0.8)

    assert found.s_diff == pytest.approx(3.16227766016838, rel=1e-12)
    assert found.rci[4] is None
    assert [one for one in found.rci if one is not None] == pytest.approx(
        [-2.5298221281347, -1.26491106406735, 0, 1.26491106406735, 2.5298221281347], rel=1e-12
    )
    assert found.reliable_at_95 == (True, False, False, False, None, True)
    assert found.n == 5


def test_a_rise_of_15_per_cent_can_lie_within_measurement_error():
    found = jacobson_truax(3.2, 3.68, sd_pre=0.55, reliability=0.78)

    assert found.rci == pytest.approx(1.31568586724842, rel=1e-12)
    assert found.percent_change == pytest.approx(15)
    assert found.reliable_at_95 is False


@pytest.mark.parametrize("pre", [0, -2])
def test_without_a_baseline_above_zero_there_is_no_percentage(pre):
    assert jacobson_truax(pre, 3, sd_pre=1, reliability=0.8).percent_change is None


def test_a_fall_can_be_reliable_too():
    assert jacobson_truax(47.5, 32.5, sd_pre=7.5, reliability=0.8).reliable_at_95
    assert jacobson_truax(5, 3, sd_pre=1, reliability=0.8).percent_change == -40


@pytest.mark.parametrize(
    ("sd", "reliability", "reason"),
    [(0, 0.8, "sd_pre is zero"), (5, 1, "a perfect reliability"), (5, -0.2, "the reliability is negative")],
)
def test_without_measurement_error_there_is_no_index(sd, reliability, reason):
    with pytest.raises(Undefined, match=reason):
        jacobson_truax(1, 2, sd_pre=sd, reliability=reliability)
    with pytest.raises(Undefined, match=reason):
        jacobson_truax_changes([1], sd_pre=sd, reliability=reliability)


def test_without_a_change_there_is_no_index():
    for nothing in ([], [None]):
        with pytest.raises(Undefined, match="no changes"):
            jacobson_truax_changes(nothing, sd_pre=5, reliability=0.8)


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda: jacobson_truax("1", 2, sd_pre=1, reliability=0.8), "pre must be a number"),
        (lambda: jacobson_truax(1, math.nan, sd_pre=1, reliability=0.8), "post must be a finite number"),
        (lambda: jacobson_truax(1, 2, sd_pre=-1, reliability=0.8), "sd_pre must be 0 or more"),
        (lambda: jacobson_truax(1, 2, sd_pre=1, reliability=80), "reliability must lie from 0 to 1"),
        (lambda: jacobson_truax_changes(["1"], sd_pre=1, reliability=0.8), "changes must be a number"),
        (lambda: kelley(None, group_mean=3, sd=1, reliability=0.7), "observed must be a number"),
        (lambda: kelley(3, group_mean="3", sd=1, reliability=0.7), "group_mean must be a number"),
        (lambda: minimal_detectable_change(sd=-1, reliability=0.7), "sd must be 0 or more"),
        (lambda: minimal_detectable_change_of_means(sd_within=1, k_before=0, k_after=2), "k_before"),
        (lambda: minimal_detectable_change_of_means(sd_within=1, k_before=2, k_after=2.5), "k_after"),
    ],
)
def test_wrong_input_is_refused_by_name(measure, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        measure()
    assert not isinstance(refusal.value, Undefined)


def norms(lower=40, spread_lower=7.5, better=60, spread_better=7.5, up=True):
    return {
        "mean_dysfunctional": lower,
        "sd_dysfunctional": spread_lower,
        "mean_functional": better,
        "sd_functional": spread_better,
        "higher_is_better": up,
    }


# Jacobson & Truax (1991).
def test_the_published_cutoffs():
    found = cutoffs(**norms())

    assert (found.a, found.b, found.c) == (55, 45, 50)


# By hand: a = 40 + 20, b = 60 - 10, c = (5 * 40 + 10 * 60) / 15.
def test_the_halfway_cutoff_lies_nearer_the_group_with_less_spread():
    found = cutoffs(**norms(spread_lower=10, spread_better=5))

    assert (found.a, found.b) == (60, 50)
    assert found.c == pytest.approx(800 / 15)


def test_cutoffs_where_lower_is_better():
    found = cutoffs(**norms(lower=60, better=40, up=False))

    assert (found.a, found.b, found.c) == (45, 55, 50)


@settings(max_examples=25)
@given(values, spreads, st.floats(0.5, 50), spreads)
def test_turned_round_scales_have_turned_round_cutoffs(lower, spread_lower, apart, spread_better):
    up = cutoffs(**norms(lower, spread_lower, lower + apart, spread_better))
    down = cutoffs(**norms(-lower, spread_lower, -lower - apart, spread_better, up=False))

    assert (down.a, down.b, down.c) == pytest.approx((-up.a, -up.b, -up.c))
    assert lower < up.c < lower + apart


def test_cutoffs_that_cannot_be():
    with pytest.raises(ValueError, match="the better mean"):
        cutoffs(**norms(up=False))
    with pytest.raises(ValueError, match="the better mean"):
        cutoffs(**norms(better=40))
    with pytest.raises(ValueError, match="sd_functional must be 0 or more"):
        cutoffs(**norms(spread_better=-1))
    with pytest.raises(Undefined, match="neither group has any spread"):
        cutoffs(**norms(spread_lower=0, spread_better=0))


# Kelley (1947), closed form.
def test_the_true_score_is_drawn_to_the_mean():
    found = kelley(2.6, group_mean=3.5, sd=0.5, reliability=0.7)

    assert found.estimated_true == pytest.approx(2.87, rel=1e-12)
    assert found.se_estimate == pytest.approx(0.229128784747792, rel=1e-12)
    with pytest.raises(Undefined, match="sd is zero"):
        kelley(2.6, group_mean=3.5, sd=0, reliability=0.7)
    with pytest.raises(Undefined, match="negative"):
        kelley(2.6, group_mean=3.5, sd=0.5, reliability=-0.1)


# Closed form, Weir (2005).
def test_the_smallest_change_that_is_more_than_error():
    found = minimal_detectable_change(sd=0.55, reliability=0.78)

    assert found.sem == pytest.approx(0.257972866790289, rel=1e-12)
    assert found.mdc95 == pytest.approx(0.715051165326222, rel=1e-9)
    assert found.mdc90 == pytest.approx(0.600089854721857, rel=1e-9)
    with pytest.raises(Undefined, match="sd is zero"):
        minimal_detectable_change(sd=0, reliability=0.7)


def test_newly_drawn_raters_need_the_change_that_planning_asks_for():
    found = minimal_detectable_change_of_means(sd_within=0.8, k_before=6, k_after=4)

    assert found.se_difference == pytest.approx(0.8 * math.sqrt(1 / 6 + 1 / 4))
    assert found.mdc95 == pytest.approx(detectable_change(spread=0.8, n_before=6, n_after=4))
    assert found.mdc90 < found.mdc95
    with pytest.raises(Undefined, match="sd_within is zero"):
        minimal_detectable_change_of_means(sd_within=0, k_before=6, k_after=4)


@settings(max_examples=25)
@given(values, values, spreads, reliabilities, values, st.sampled_from([0.01, 7, 1e9]))
def test_the_index_sees_no_zero_and_no_unit_and_turns_with_the_direction(pre, post, sd, r, shift, unit):
    found = jacobson_truax(pre, post, sd_pre=sd, reliability=r).rci
    moved = jacobson_truax(
        pre * unit + shift * unit, post * unit + shift * unit, sd_pre=sd * unit, reliability=r
    )

    assert moved.rci == pytest.approx(found, abs=1e-9)
    assert jacobson_truax(post, pre, sd_pre=sd, reliability=r).rci == -found
    assert jacobson_truax_changes([post - pre], sd_pre=sd, reliability=r).rci[0] == pytest.approx(found)


@settings(max_examples=25)
@given(values, spreads, reliabilities)
def test_a_change_is_reliable_when_it_is_beyond_the_smallest_detectable_one(post, sd, r):
    found = jacobson_truax(0, post, sd_pre=sd, reliability=r)
    smallest = minimal_detectable_change(sd=sd, reliability=r).mdc95

    if abs(abs(post) - smallest) > 1e-3 * smallest:
        assert found.reliable_at_95 == (abs(post) > smallest)
