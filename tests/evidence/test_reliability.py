import doctest
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from driehoek.evidence import reliability
from driehoek.evidence.reliability import (
    cronbach_alpha,
    error_of_a_mean_of_raters,
    spearman_brown,
    standard_error_of_measurement,
    two_item_reliability,
)
from driehoek.evidence.undefined import Undefined

sheets = st.integers(2, 4).flatmap(
    lambda items: st.lists(
        st.lists(st.integers(1, 5), min_size=items, max_size=items), min_size=2, max_size=8
    )
)


def test_the_examples_run():
    assert doctest.testmod(reliability).failed == 0


# By hand: item variances 1 and 7/3, sums 2, 4, 7 with variance 19/3; alpha = 2 (1 - (10/3) / (19/3)).
# The items correlate (3/2) / sqrt(7/3).
def test_alpha_by_hand():
    found = cronbach_alpha([[1, 1], [2, 2], [3, 4], [None, 2]])

    r = 1.5 / math.sqrt(7 / 3)
    assert found.alpha == pytest.approx(18 / 19)
    assert found.average_r == pytest.approx(r)
    assert found.alpha_standardised == pytest.approx(2 * r / (1 + r))
    assert (found.n, found.n_items, found.n_dropped, found.is_negative) == (3, 2, 1, False)


# With 2 people and 2 items, F(0.025; 1, 1) is 647.789 and its lower quantile one over that.
def test_the_interval_of_feldt_by_hand():
    found = cronbach_alpha([[1, 1], [3, 4]])

    assert found.alpha == pytest.approx(2 * (1 - 6.5 / 12.5))
    assert found.ci_low == pytest.approx(1 - 0.04 * 647.789, rel=1e-5)
    assert found.ci_high == pytest.approx(1 - 0.04 / 647.789, rel=1e-5)


def test_an_item_scored_the_wrong_way_round_gives_a_negative_alpha_and_is_not_hidden():
    found = cronbach_alpha([[1, 5], [2, 4], [3, 3], [5, 2]])

    assert found.alpha < 0
    assert found.is_negative
    assert found.average_r < 0


def test_an_item_that_everybody_answers_the_same_has_no_correlation():
    found = cronbach_alpha([[1, 2, 0.1], [2, 3, 0.1], [4, 4, 0.1]])

    assert (found.alpha_standardised, found.average_r) == (None, None)
    assert found.alpha > 0


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1], [2]], "one item"),
        ([[1, 2]], "fewer than two people"),
        ([[1, 2], [None, 1]], "fewer than two people"),
        ([[1, 5], [5, 1], [3, 3]], "the same sum"),
        ([[2, 2], [2, 2]], "the same sum"),
        ([[0.1, 0.3], [0.3, 0.1], [0.2, 0.2]], "the same sum"),
    ],
)
def test_an_alpha_that_does_not_exist_says_why(rows, reason):
    with pytest.raises(Undefined, match=reason):
        cronbach_alpha(rows)


@settings(max_examples=25)
@given(
    sheets, st.randoms(use_true_random=False), st.integers(-100, 100), st.sampled_from([-1e-150, 3, 1e100])
)
def test_alpha_sees_no_order_no_zero_no_unit_and_no_direction(rows, chance, shift, unit):
    try:
        found = cronbach_alpha(rows)
    except Undefined:
        return
    order = chance.sample(range(len(rows[0])), len(rows[0]))
    moved = cronbach_alpha(
        [[(row[item] + shift) * unit for item in order] for row in chance.sample(rows, len(rows))]
    )

    assert moved.alpha == pytest.approx(found.alpha, rel=1e-6, abs=1e-9)
    if found.average_r is None:
        assert moved.average_r is None
    else:
        assert moved.average_r == pytest.approx(found.average_r, rel=1e-6, abs=1e-9)
    assert found.ci_low - 1e-9 <= found.alpha <= 1
    assert found.ci_high <= 1


@settings(max_examples=25)
@given(sheets)
def test_the_average_correlation_is_that_of_all_pairs(rows):
    columns = np.array(rows, dtype=float)
    assume((np.ptp(columns, axis=0) > 0).all() and np.ptp(columns.sum(axis=1)) > 0)
    items = columns.shape[1]
    every = np.corrcoef(columns, rowvar=False)

    expected = (every.sum() - items) / (items * (items - 1))
    assert cronbach_alpha(rows).average_r == pytest.approx(expected, abs=1e-9)


def test_many_answers_far_from_zero_lose_no_digits():
    rng = np.random.default_rng(9)
    rows = rng.normal(0, 1, (20_000, 1)) + rng.normal(0, 1, (20_000, 4))

    assert cronbach_alpha(rows + 1e6).alpha == pytest.approx(cronbach_alpha(rows).alpha, rel=1e-8)
    assert cronbach_alpha(rows).alpha == pytest.approx(0.8, abs=0.01)


def test_longer_measures_are_more_reliable():
    assert spearman_brown(0.5, 2) == pytest.approx(2 / 3)
    assert spearman_brown(0.5, 0.5) == pytest.approx(1 / 3)
    assert spearman_brown(0, 10) == 0
    assert spearman_brown(1, 10) == 1
    assert spearman_brown(0.3, 1e140) == pytest.approx(1)
    # Conway & Huffcutt (1997): about eight peers of .35 reach .80.
    assert 0.8 < spearman_brown(0.35, 8) < 0.82


@settings(max_examples=25)
@given(st.floats(0.01, 1), st.floats(0.01, 50))
def test_lengthening_and_shortening_again_changes_nothing(r, factor):
    assert spearman_brown(spearman_brown(r, factor), 1 / factor) == pytest.approx(r)
    assert 0 < spearman_brown(r, factor) <= 1 + 1e-12


def test_spearman_brown_makes_no_nonsense_of_a_negative_reliability():
    with pytest.raises(Undefined, match="the reliability is negative"):
        spearman_brown(-0.4, 4)
    for r, factor, reason in (
        (1.1, 2, "reliability"),
        (0.5, 0, "factor"),
        (0.5, -1, "factor"),
        ("1", 2, "reliab"),
    ):
        with pytest.raises(ValueError, match=reason):
            spearman_brown(r, factor)


def test_two_items_by_hand():
    found = two_item_reliability([1, 2, 3, None], [1, 2, 4, 3])

    r = 1.5 / math.sqrt(7 / 3)
    assert found.r == pytest.approx(r)
    assert found.reliability == pytest.approx(2 * r / (1 + r))
    assert (found.n, found.n_dropped) == (3, 1)
    assert two_item_reliability([1, 2, 4], [10, 20, 40]).reliability == pytest.approx(1)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ([1], [2], "fewer than two people"),
        ([1, None], [2, 3], "fewer than two people"),
        ([1, 2], [3, 3], "the same answer from everybody"),
        ([0.1, 0.1, 0.1], [1, 2, 3], "the same answer from everybody"),
        ([1, 2, 3], [3, 2, 1], "scored the wrong way round"),
    ],
)
def test_two_items_without_a_reliability_say_why(one, other, reason):
    with pytest.raises(Undefined, match=reason):
        two_item_reliability(one, other)


# Closed form: SEM = SD sqrt(1 - r).
def test_error_of_measurement():
    found = standard_error_of_measurement(0.6, 0.84)

    assert found.sem == pytest.approx(0.24, rel=1e-12)
    assert found.ci95_halfwidth == pytest.approx(0.470391356289613, rel=1e-9)
    assert standard_error_of_measurement(0.6, 1).sem == 0


def test_error_of_a_mean_of_raters():
    found = error_of_a_mean_of_raters(0.7, 4)

    assert found.sem == pytest.approx(0.35)
    assert found.ci95_halfwidth == pytest.approx(1.959964 * 0.35, rel=1e-6)


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda: standard_error_of_measurement(0, 0.8), "sd is zero"),
        (lambda: standard_error_of_measurement(1, -0.1), "the reliability is negative"),
        (lambda: error_of_a_mean_of_raters(0, 4), "sd_within is zero"),
    ],
)
def test_an_error_that_does_not_exist_says_why(measure, reason):
    with pytest.raises(Undefined, match=reason):
        measure()


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda: cronbach_alpha([[1, 2], [3]]), "same length"),
        (lambda: cronbach_alpha([[1, "2"], [3, 4]]), "rows must be a number"),
        (lambda: cronbach_alpha([[1, 2], [3, 5]], confidence=95), "confidence"),
        (lambda: two_item_reliability([1, 2], [1]), "the same people"),
        (lambda: standard_error_of_measurement(-1, 0.8), "sd must be 0 or more"),
        (lambda: standard_error_of_measurement(1, 80), "reliability must lie from 0 to 1"),
        (lambda: error_of_a_mean_of_raters(1, 0), "k must be a whole number"),
    ],
)
def test_wrong_input_is_refused_by_name(measure, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        measure()
    assert not isinstance(refusal.value, Undefined)
