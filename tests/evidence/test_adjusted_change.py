import doctest
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import adjusted_change
from driehoek.evidence.adjusted_change import (
    edwards_nunnally,
    gulliksen_lord_novick,
    hageman_arrindell,
    practice_adjusted,
)
from driehoek.evidence.reliable_change import jacobson_truax
from driehoek.evidence.undefined import Undefined

values = st.floats(-100, 100)
NORMS = {
    "mean_pre": 10,
    "sd_pre": 5,
    "mean_post": 7,
    "sd_post": 6,
    "correlation": 0.5,
    "reliability": 0.8,
}


def test_the_examples_run():
    assert doctest.testmod(adjusted_change).failed == 0


# Inputs of the test-suite of the R package clinicalsignificance (test-calc_rci.R); values by its formulas:
# expected 0.8 (30 - 10) + 10 = 26, error sqrt(5), (2 - 26) / sqrt(5).
def test_edwards_nunnally_by_hand():
    found = edwards_nunnally(30, 2, mean_pre=10, sd_pre=5, reliability=0.8)

    assert found.expected == pytest.approx(26)
    assert found.standard_error == pytest.approx(math.sqrt(5))
    assert found.rci == pytest.approx(-24 / math.sqrt(5))
    assert (found.critical_value, found.reliable) == (2, True)


# The same test-suite: expected 0.8 (30 - 5) + 5 = 25, error 7 sqrt(1 - 0.64) = 4.2.
def test_gulliksen_lord_novick_by_hand():
    found = gulliksen_lord_novick(30, 2, mean_pre=5, sd_pre=7, reliability=0.8)

    assert found.expected == pytest.approx(25)
    assert found.standard_error == pytest.approx(4.2)
    assert found.rci == pytest.approx(-23 / 4.2)
    assert (found.critical_value, found.reliable) == (1.96, True)


# SEM^2 = 5; variance of differences 25 + 36 - 30 = 31; r_dd = (25 * 0.8 + 36 * 31/36 - 30) / 31 = 21/31.
def test_hageman_arrindell_by_hand():
    found = hageman_arrindell(30, 3, **NORMS)

    assert found.sem == pytest.approx(math.sqrt(5))
    assert found.r_dd == pytest.approx(21 / 31)
    assert found.rci == pytest.approx((-27 * 21 / 31 - 3 * 10 / 31) / math.sqrt(21 / 31 * 10))
    assert (found.critical_value, found.reliable) == (1.65, True)


def test_practice_is_taken_off_before_the_change_is_judged():
    plain = jacobson_truax(32.5, 42.5, sd_pre=7.5, reliability=0.8)
    found = practice_adjusted(32.5, 42.5, practice_gain=2, sd_pre=7.5, reliability=0.8)

    assert plain.reliable_at_95
    assert found.rci == pytest.approx(8 / plain.s_diff)
    assert not found.reliable


def test_someone_low_who_only_returns_to_the_mean_has_not_changed():
    low = {"mean_pre": 3.6, "sd_pre": 0.5, "reliability": 0.6}

    assert gulliksen_lord_novick(2.6, 3.0, **low).rci == pytest.approx(0)
    assert edwards_nunnally(2.6, 3.0, **low).rci == pytest.approx(0)


@pytest.mark.parametrize(
    ("norms", "reason"),
    [
        ({"correlation": 0.9, "sd_post": 5}, "no larger than measurement error"),
        ({"correlation": 1, "sd_post": 5}, "no larger than measurement error"),
        ({"sd_post": 0}, "sd_post is zero"),
        ({"sd_pre": 0}, "sd_pre is zero"),
        ({"reliability": 1}, "a perfect reliability"),
    ],
)
def test_without_reliable_differences_there_is_no_index(norms, reason):
    with pytest.raises(Undefined, match=reason):
        hageman_arrindell(30, 3, **NORMS | norms)


@pytest.mark.parametrize("measure", [edwards_nunnally, gulliksen_lord_novick])
def test_adjusted_indices_need_an_error_and_good_numbers(measure):
    with pytest.raises(Undefined, match="a perfect reliability"):
        measure(3, 4, mean_pre=3, sd_pre=1, reliability=1)
    with pytest.raises(Undefined, match="sd_pre is zero"):
        measure(3, 4, mean_pre=3, sd_pre=0, reliability=0.5)
    with pytest.raises(Undefined, match="negative"):
        measure(3, 4, mean_pre=3, sd_pre=1, reliability=-0.5)
    for wrong, name in (({"pre": "3"}, "score"), ({"post": None}, "post"), ({"mean_pre": True}, "mean")):
        with pytest.raises(ValueError, match=f"{name} must be a number"):
            measure(**{"pre": 3, "post": 4, "mean_pre": 3, "sd_pre": 1, "reliability": 0.5} | wrong)


def test_wrong_numbers_are_refused_by_name():
    for correlation in (1.2, -1.2):
        with pytest.raises(ValueError, match="correlation must lie from -1 to 1"):
            hageman_arrindell(30, 3, **NORMS | {"correlation": correlation})
    with pytest.raises(ValueError, match="mean_post must be a number"):
        hageman_arrindell(30, 3, **NORMS | {"mean_post": "7"})
    with pytest.raises(ValueError, match="practice_gain must be a number"):
        practice_adjusted(3, 4, practice_gain=None, sd_pre=1, reliability=0.5)
    with pytest.raises(Undefined, match="sd_pre is zero"):
        practice_adjusted(3, 4, practice_gain=1, sd_pre=0, reliability=0.5)


@settings(max_examples=25)
@given(values, values, values, st.floats(0.5, 30), st.floats(0, 0.95), values)
def test_adjusted_indices_see_no_zero_and_turn_with_the_direction(pre, post, mean, sd, r, shift):
    for measure in (edwards_nunnally, gulliksen_lord_novick):
        found = measure(pre, post, mean_pre=mean, sd_pre=sd, reliability=r).rci
        moved = measure(pre + shift, post + shift, mean_pre=mean + shift, sd_pre=sd, reliability=r).rci
        turned = measure(-pre, -post, mean_pre=-mean, sd_pre=sd, reliability=r).rci

        assert moved == pytest.approx(found, abs=1e-9)
        assert turned == pytest.approx(-found, abs=1e-9)


@settings(max_examples=25)
@given(values, values, st.floats(0.5, 30), st.floats(0, 0.95))
def test_without_practice_it_is_the_plain_index(pre, post, sd, r):
    found = practice_adjusted(pre, post, practice_gain=0, sd_pre=sd, reliability=r).rci

    assert found == pytest.approx(jacobson_truax(pre, post, sd_pre=sd, reliability=r).rci)
