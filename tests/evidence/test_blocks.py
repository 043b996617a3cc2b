import doctest
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import blocks
from driehoek.evidence.blocks import block_length, drawn_means, percent_change_in_blocks
from driehoek.evidence.course import percent_change
from driehoek.evidence.undefined import Undefined

STEADY = [4, 5, 4, 3, 5, 6, 5, 4, 3, 4, 5, 4]
HIGHER = [8, 9, 8, 7, 9, 11, 10, 8, 7, 8, 9, 9]


def test_the_examples_run():
    assert doctest.testmod(blocks).failed == 0


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_the_spread_of_the_draws_is_that_of_the_means_of_all_blocks(length):
    """Without simulation: with n a multiple of the length, a draw is the mean of n / length whole blocks."""
    phase = np.array(STEADY, dtype=float)
    means = [phase[at : at + length].mean() for at in range(12 - length + 1)]
    drawn = drawn_means(phase, length, np.random.default_rng(5), runs=200_000)
    assert drawn.mean() == pytest.approx(np.mean(means), abs=0.01)
    assert drawn.var() == pytest.approx(np.var(means) / (12 / length), rel=0.03)


def test_of_values_that_forget_each_other_it_comes_close_to_the_log_ratio_interval():
    rng = np.random.default_rng(8)
    before, after = rng.normal(50, 8, 120).tolist(), rng.normal(65, 8, 120).tolist()
    found, plain = percent_change_in_blocks(before, after), percent_change(before, after)
    assert found.percent_change == plain.percent_change
    assert found.percent_ci_low == pytest.approx(plain.percent_ci_low, abs=1.5)
    assert found.percent_ci_high == pytest.approx(plain.percent_ci_high, abs=1.5)


def test_of_values_that_remember_it_is_wider():
    rng = np.random.default_rng(3)
    noise = [0.0]
    for _ in range(119):
        noise.append(0.8 * noise[-1] + rng.normal())
    before = [40 + one for one in noise[:60]]
    after = [60 + one for one in noise[60:]]
    found, plain = percent_change_in_blocks(before, after), percent_change(before, after)
    wide = math.log1p(found.percent_ci_high / 100) - math.log1p(found.percent_ci_low / 100)
    narrow = math.log1p(plain.percent_ci_high / 100) - math.log1p(plain.percent_ci_low / 100)
    assert wide > 1.3 * narrow


def test_the_same_question_has_the_same_answer():
    assert percent_change_in_blocks(STEADY, HIGHER) == percent_change_in_blocks(STEADY, HIGHER)


@settings(max_examples=15)
@given(
    st.lists(st.integers(1, 9), min_size=12, max_size=16),
    st.lists(st.integers(1, 9), min_size=12, max_size=16),
    st.sampled_from([0.001, 0.5, 1000.0]),
)
def test_the_unit_does_not_matter_and_a_surer_interval_is_wider(before, after, unit):
    try:
        found = percent_change_in_blocks(before, after)
    except Undefined:
        return
    other = percent_change_in_blocks([unit * one for one in before], [unit * one for one in after])
    assert other.percent_ci_low == pytest.approx(found.percent_ci_low, abs=1e-6)
    assert other.percent_ci_high == pytest.approx(found.percent_ci_high, abs=1e-6)
    surer = percent_change_in_blocks(before, after, confidence=0.99)
    assert surer.percent_ci_low <= found.percent_ci_low <= found.percent_ci_high <= surer.percent_ci_high


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (STEADY[:11], HIGHER, "at least 12"),
        ([*STEADY[:11], None], HIGHER, "at least 12"),
        (STEADY, [], "at least 1 are needed"),
        ([4] * 12, [5] * 12, "the same"),
        ([0] * 12, HIGHER, "is 0 throughout"),
        ([0] * 11 + [1], HIGHER, "some draws"),
        ([-1, *STEADY], HIGHER, "below"),
    ],
)
def test_what_cannot_be_drawn_again_has_a_reason(before, after, says):
    with pytest.raises(Undefined, match=says):
        percent_change_in_blocks(before, after)


def test_the_length_of_a_block_is_the_cube_root():
    assert [block_length(n) for n in (1, 12, 24, 60, 125)] == [1, 2, 3, 4, 5]
