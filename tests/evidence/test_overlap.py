"""Overlap of two phases: by hand, against R SingleCaseES and scipy, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.overlap import baseline_corrected_tau, nap, tau_u
from driehoek.evidence.trend import MOST_FOR_SLOPE, median_line, sign_sum, theil_sen, trend_p
from driehoek.evidence.undefined import Undefined

A, B = [20, 20, 26, 25, 22, 23], [28, 25, 24, 27, 30, 30, 29]
scores = st.lists(st.integers(0, 20), min_size=1, max_size=12)
longer = st.lists(st.integers(0, 20), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [([1, 2], [3, 4], 1.0), ([3, 4], [1, 2], 0.0), ([5], [5], 0.5), ([3, 4], [4, 5], 0.875)],
)
def test_pairs_are_counted_as_by_hand(before, after, expected):
    assert nap(before, after).nap == expected


def test_overlap_is_that_of_the_published_example():
    # Parker, Vannest & Davis (2011): 38.5 of 42; R 4.2.2: SingleCaseES::NAP(A, B)
    found = nap(A, B)
    assert (found.nap, found.tau_nonoverlap) == pytest.approx((38.5 / 42, 35 / 42))
    assert found.se == pytest.approx(0.0690065559342354)
    assert (found.ci_low, found.ci_high) == pytest.approx((0.597340610527278, 0.986017584590098), abs=1e-4)


def test_without_overlap_the_interval_still_has_width():
    # The inner root of Newcombe's equation; R returns the outer one, an interval from 1 to 1.
    found = nap([1, 2, 3], [4, 5, 6])
    x, h, z2 = found.ci_low, 2.0, 1.959963984540054**2
    assert 0 < x < 1
    assert found.ci_high == 1
    left, right = 9 * (1 - x) ** 2 * (2 - x) * (1 + x), z2 * x * (1 - x) * (2 + h + (1 + 2 * h) * x * (1 - x))
    assert left == pytest.approx(right)
    assert nap([4, 5, 6], [1, 2, 3]).ci_high == pytest.approx(1 - x)


@given(scores, scores)
@settings(max_examples=25)
def test_swapping_the_phases_or_the_direction_mirrors(before, after):
    found, swapped = nap(before, after), nap(after, before)
    down = nap(before, after, improvement="decrease")
    assert found.nap == pytest.approx(1 - swapped.nap)
    assert (found.ci_low, found.ci_high) == pytest.approx((1 - swapped.ci_high, 1 - swapped.ci_low))
    assert down.nap == pytest.approx(swapped.nap)
    assert found.ci_low <= found.nap <= found.ci_high
    assert (found.se is None) == (swapped.se is None)
    assert found.se is None or found.se == pytest.approx(swapped.se)


@given(longer, longer)
@settings(max_examples=25)
def test_error_is_that_of_the_table_of_all_pairs(before, after):
    one, other = np.array(before)[:, None], np.array(after)
    table = (other > one) + 0.5 * (other == one)
    m, n = table.shape
    share = table.mean()
    rows, columns = ((table - share).sum(axis=axis) for axis in (1, 0))
    inside = min(max(share, 0.5 / (m * n)), 1 - 0.5 / (m * n))
    squares = (rows @ rows + columns @ columns - 2 * ((table - share) ** 2).sum()) / (m * n)
    variance = (inside * (1 - inside) + squares) / ((m - 1) * (n - 1))
    found = nap(before, after).se
    assert (found or 0) ** 2 == pytest.approx(max(variance, 0), abs=1e-12)


@given(scores, scores)
@settings(max_examples=25)
def test_agrees_with_mann_whitney(before, after):
    from scipy.stats import mannwhitneyu

    u = mannwhitneyu(after, before, method="asymptotic").statistic
    assert nap(before, after).nap == pytest.approx(u / (len(before) * len(after)))


def test_one_value_has_a_share_but_no_error():
    assert nap([3], [4, 5]).se is None


def test_tau_u_is_that_of_the_published_example():
    # Parker et al. (2011): Tau 16/20, Tau-U (A versus B minus trend A) 11/20
    found = tau_u([3, 3, 4, 5], [4, 5, 6, 7, 7])
    assert (found.tau, found.tau_u) == (0.8, 0.55)


def test_a_line_that_was_rising_already_shows_no_effect():
    # Tarlow (2017): 1, 0.6, 0
    found = baseline_corrected_tau([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
    assert (found.tau, found.tau_u, found.tau_bc) == (1, 0.6, 0)
    assert found.se == pytest.approx(math.sqrt(2 / 10))


@given(st.floats(-3, 3), st.floats(-100, 100), st.integers(2, 9), st.integers(1, 9))
@settings(max_examples=25)
def test_rounding_makes_no_effect_out_of_a_straight_line(slope, start, m, n):
    line = [start + slope * at for at in range(m + n)]
    assert baseline_corrected_tau(line[:m], line[m:]).tau_bc == 0


@given(longer, scores)
@settings(max_examples=25)
def test_without_slope_both_taus_are_those_of_scipy(before, after):
    from scipy.stats import kendalltau

    found = baseline_corrected_tau(before, after)
    phase, values = [0] * len(before) + [1] * len(after), before + after
    if len(set(values)) > 1:
        assert found.tau_b == pytest.approx(kendalltau(phase, values).statistic)
    line = found.baseline_intercept + found.baseline_slope * np.arange(1, len(values) + 1)
    rest = np.round(np.array(values) - line, 9)
    if np.ptp(rest) > 0:
        assert found.tau_bc == pytest.approx(kendalltau(phase, rest).statistic)


@given(longer, scores)
@settings(max_examples=25)
def test_a_fall_that_is_better_is_a_rise_upside_down(before, after):
    down = baseline_corrected_tau(before, after, improvement="decrease")
    up = baseline_corrected_tau([-one for one in before], [-one for one in after])
    assert (down.tau, down.tau_bc, down.tau_u) == pytest.approx((up.tau, up.tau_bc, up.tau_u))
    assert down.baseline_slope == pytest.approx(-up.baseline_slope)


def test_a_missing_value_keeps_its_place_in_time():
    found = baseline_corrected_tau([1, None, 3, 4], [None, 6])
    assert found.baseline_slope == 1
    assert found.tau_bc == 0
    assert (found.n_before, found.n_after) == (3, 1)


def test_trend_is_tested_as_in_r():
    from scipy.stats import kendalltau

    rising = np.array([1.0, 3, 2, 5, 4, 6])
    assert trend_p(rising) == pytest.approx(kendalltau(range(6), rising, method="exact").pvalue)
    # Tied: S = 5 of 1, 2, 2, 3; var = (4 * 3 * 13 - 2 * 1 * 9) / 18; z = (5 - 1) / sqrt(var), by hand
    assert trend_p(np.array([1.0, 2, 2, 3])) == pytest.approx(math.erfc(4 / math.sqrt(2 * 138 / 18)))
    assert trend_p(np.array([1.0, 1, 1])) is None
    assert trend_p(np.array([1.0, 2])) is None


def test_a_long_series_stays_quick_and_exact():
    rng = np.random.default_rng(1)
    before, after = rng.integers(0, 50, 20_000), rng.integers(5, 55, 20_000)
    ahead = nap(before, after).nap
    assert ahead == pytest.approx(1 - nap(after, before).nap)
    assert sign_sum(np.arange(1000.0)) == 499_500


def test_stray_point_bends_least_squares_and_not_the_median():
    # R 4.2.2: zyp::zyp.sen; scipy's default intercept is another one
    found = theil_sen([1, 2, 3, 4, 5, 6, 7], [10, 12, 11, 14, 13, 15, 40])
    assert (found.slope, found.intercept_median_residual, found.ols_slope) == pytest.approx(
        (4 / 3, 26 / 3, 3.5)
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 50)), min_size=2, max_size=15))
@settings(max_examples=25)
def test_slopes_are_those_of_scipy(points):
    from scipy.stats import theilslopes

    x, y = zip(*points, strict=True)
    if len(set(x)) == 1:
        with pytest.raises(Undefined, match="different times"):
            theil_sen(x, y)
        return
    known, found = theilslopes(y, x, method="joint"), theil_sen(x, y)
    assert (found.slope, found.intercept_median_residual) == pytest.approx((known.slope, known.intercept))
    assert found.ols_slope == pytest.approx(np.polyfit(x, y, 1)[0], abs=1e-9)


def test_a_point_without_one_of_its_numbers_is_left_out():
    assert theil_sen([1, 2, None, 4], [1, 2, 3, None]).n == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: nap([], [1])), "before has 0"),
        ((lambda: nap([1], [None])), "after has 0"),
        ((lambda: baseline_corrected_tau([1], [2])), "two values before"),
        ((lambda: theil_sen([1], [2])), "two points"),
    ],
)
def test_what_does_not_exist_is_said(wrong, sentence):
    with pytest.raises(Undefined, match=sentence):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: nap(["3"], [1])), "before holds something"),
        ((lambda: nap([[1, 2]], [1])), "before holds something"),
        ((lambda: nap([1], [float("nan")])), "after holds a number"),
        ((lambda: nap([1], [2], confidence=95)), "confidence"),
        ((lambda: nap([1], [2], improvement="up")), "improvement"),
        ((lambda: theil_sen([1, 2], [1])), "equally long"),
        ((lambda: median_line(np.arange(MOST_FOR_SLOPE + 1.0), np.arange(MOST_FOR_SLOPE + 1.0))), "at most"),
    ],
)
def test_wrong_input_is_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


def test_an_array_is_looked_at_as_a_list_is_and_stays_as_it_was():
    given = np.array([3.0, 1.0, 2.0])
    assert nap(given, [4.0, 5.0]) == nap([3.0, 1.0, 2.0], [4.0, 5.0])
    assert given.tolist() == [3.0, 1.0, 2.0]
    with pytest.raises(ValueError, match="not finite"):
        nap(np.array([1.0, np.nan]), [4.0, 5.0])
