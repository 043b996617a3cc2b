"""The course of a figure without a model: by hand, against R, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.course import levels, mean_shift, percent_change, pogo, sayable
from driehoek.evidence.undefined import Undefined

A, B = [12, 10, 11, 13, 9, 12], [9, 7, 8, 6, 7, 5, 6]
positive = st.lists(st.floats(0.5, 100), min_size=2, max_size=12)
values = st.lists(st.floats(-100, 100), min_size=1, max_size=12)


def test_percentage_is_that_of_the_log_ratio():
    # R 4.2.2: SingleCaseES::LRRd(A, B), bias_correct = FALSE and TRUE
    found = percent_change(A, B)
    assert found.percent_change == pytest.approx(-38.592750533049)
    assert (found.lrr, found.se) == pytest.approx((-0.487642288310334, 0.0916168822148587))
    assert found.percent_ci_low == pytest.approx(-48.6860775491328)
    assert found.percent_ci_high == pytest.approx(-26.5140899975651)
    assert found.lrr_bias_corrected == pytest.approx(-0.486341429678534)
    assert found.percent_change_bias_corrected == pytest.approx(100 * math.expm1(-0.486341429678534))


@given(positive, positive, st.floats(1e-6, 1e6))
@settings(max_examples=50)
def test_percentage_does_not_depend_on_the_unit(before, after, factor):
    found = percent_change(before, after)
    other = percent_change([one * factor for one in before], [one * factor for one in after])
    assert found.percent_change == pytest.approx(other.percent_change, abs=1e-6)
    assert found.percent_change == pytest.approx(100 * (np.mean(after) / np.mean(before) - 1), abs=1e-6)
    if found.se is not None:
        assert found.percent_ci_low <= found.percent_change <= found.percent_ci_high


@pytest.mark.parametrize(("before", "after"), [([4], [2, 3]), ([4, 5], [3]), ([0.1] * 3, [0.2] * 3)])
def test_without_spread_there_is_a_percentage_but_no_interval(before, after):
    found = percent_change(before, after)
    assert (found.se, found.percent_ci_low, found.percent_ci_high) == (None, None, None)


def test_tiny_numbers_keep_their_interval():
    assert percent_change([1e-200, 2e-200], [3e-200, 4e-200]).se == pytest.approx(
        percent_change([1, 2], [3, 4]).se
    )


def test_from_seventy_to_ninety_was_covered_for_four_fifths():
    # R 4.2.2: SingleCaseES::PoGO(goal = 90)
    found = pogo([70, 72, 68, 71, 69], [80, 84, 88, 86, 90, 87], goal=90)
    assert (found.pogo, found.se) == pytest.approx((79.1666666666666, 8.42784941923699))
    assert (found.ci_low, found.ci_high) == pytest.approx((62.6483853378353, 95.684947995498))


@given(values, values, st.floats(-50, 50), st.floats(0.1, 10))
@settings(max_examples=50)
def test_covered_distance_knows_no_zero_and_no_unit(before, after, shift, factor):
    goal = float(np.mean(before)) + 10
    found = pogo(before, after, goal=goal)
    moved = pogo(
        [shift + factor * one for one in before],
        [shift + factor * one for one in after],
        goal=shift + factor * goal,
    )
    assert found.pogo == pytest.approx(moved.pogo, rel=1e-6, abs=1e-6)


def test_the_goal_itself_is_all_of_the_distance_and_one_value_has_no_error():
    found = pogo([10], [30], goal=30)
    assert (found.pogo, found.se, found.ci_low) == (100, None, None)


def test_levels_leave_out_what_is_missing():
    found = levels([1, 2, None, 3], [6])
    assert (found.mean_before, found.mean_after, found.difference) == (2, 6, 4)
    assert (found.sd_before, found.sd_after, found.n_before, found.n_after) == (1, None, 3, 1)


def test_equal_values_have_no_spread_at_all():
    assert levels([0.1] * 3, [0.7] * 7).sd_before == 0


def test_one_step_is_found_where_it_is():
    found = mean_shift([1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9], years=list(range(1990, 2004)))
    assert (found.break_after_index, found.break_after_year, found.bic_prefers_break) == (7, 1996, True)
    assert (found.mean_before, found.mean_after) == pytest.approx((10 / 7, 60 / 7))


@given(st.lists(st.integers(0, 50), min_size=14, max_size=40).filter(lambda one: len(set(one)) > 1))
@settings(max_examples=50)
def test_no_other_break_fits_better(series):
    found, fewest = mean_shift(series), int(0.15 * len(series) + 1e-9)

    def left(at):
        return sum(float(np.var(side)) * len(side) for side in (series[:at], series[at:]))

    assert fewest <= found.break_after_index <= len(series) - fewest
    best = min(left(at) for at in range(fewest, len(series) - fewest + 1))
    assert left(found.break_after_index) == pytest.approx(best, abs=1e-6)


def test_noise_alone_prefers_no_break():
    assert not mean_shift([1, 2] * 10).bic_prefers_break


def test_a_missing_value_shifts_no_year():
    found = mean_shift([None, 1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9], years=list(range(15)))
    assert (found.break_after_index, found.break_after_year, found.n) == (7, 7, 14)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((1, 30), "not_assessable"),
        ((2, 0), "not_assessable"),
        ((4, 30), "describe"),
        ((5, 11), "indicative"),
        ((12, 12), "model"),
    ],
)
def test_few_points_carry_little(points, said):
    assert sayable(*points) == said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: percent_change([], [1])), "before has 0"),
        ((lambda: percent_change([0, 0], [1])), "0 throughout"),
        ((lambda: percent_change([1], [0, 0])), "0 throughout"),
        ((lambda: percent_change([1, -1], [2])), "below it"),
        ((lambda: pogo([2, 4], [5], goal=3)), "no distance"),
        ((lambda: levels([1], [])), "after has 0"),
        ((lambda: mean_shift(range(13))), "14"),
        ((lambda: mean_shift([3] * 20)), "the same"),
    ],
)
def test_what_does_not_exist_is_said(wrong, sentence):
    with pytest.raises(Undefined, match=sentence):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: percent_change([1], [2], confidence=0)), "confidence"),
        ((lambda: pogo([1], [2], goal=math.inf)), "goal"),
        ((lambda: mean_shift([1, 2] * 10, years=[1])), "years"),
        ((lambda: sayable(-1, 3)), "at least 0"),
    ],
)
def test_wrong_input_is_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
