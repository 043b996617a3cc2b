"""Interrupted series: against R nlme and statsmodels, by hand, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.interrupted import segmented_ar1, segmented_newey_west
from driehoek.evidence.segments import Segments
from driehoek.evidence.undefined import Undefined

A = [9.1, 8.7, 9.4, 9, 8.8, 9.3, 9.2, 8.9, 9.1, 9, 8.6, 9.2]
B = [8.1, 7.9, 7.6, 7.8, 7.2, 7.3, 6.9, 7, 6.8, 6.4, 6.6, 6.2]
seeds = st.integers(0, 10_000)


def noisy(seed, n=48, memory=0.4):
    noise = np.random.default_rng(seed).normal(size=n)
    for at in range(1, n):
        noise[at] += memory * noise[at - 1]
    return noise[: n // 2].tolist(), (2 + noise[n // 2 :]).tolist()


def test_lead_time_is_that_of_nlme():
    # R 4.2.2: nlme::gls(y ~ t + post + since, correlation = corAR1(), method = "REML"), since = 1 at first
    found = segmented_ar1(A, B)
    assert found.phi == pytest.approx(-0.382633921576683, rel=1e-6)
    assert found.b_t == pytest.approx(-0.00795742205528401, rel=1e-6)
    assert found.b_post == pytest.approx(-0.749667921558789, rel=1e-6)
    assert found.b_since == pytest.approx(-0.157199957152369, rel=1e-6)
    assert found.se_post == pytest.approx(0.116968507071743, rel=1e-6)


def test_no_other_phi_is_more_likely():
    # The restricted likelihood written out with whole matrices, on a grid of its own.
    y, values = np.array(A + B), Segments.of(A, B, 1)
    apart = np.abs(np.subtract.outer(np.arange(24), np.arange(24)))

    def likelihood(phi):
        inverse = np.linalg.inv(phi**apart)
        middle = values.design.T @ inverse @ values.design
        rest = y - values.design @ np.linalg.solve(middle, values.design.T @ inverse @ y)
        logs = [np.linalg.slogdet(one)[1] for one in (middle, inverse)]
        return -(20 * np.log(rest @ inverse @ rest) + logs[0] - logs[1]) / 2

    best = likelihood(segmented_ar1(A, B).phi)
    assert all(likelihood(phi) <= best + 1e-9 for phi in np.linspace(-0.95, 0.95, 77) if phi)


@pytest.mark.parametrize("lags", [0, 1, 4])
def test_least_squares_and_newey_west_are_those_of_statsmodels(lags):
    from statsmodels.regression.linear_model import OLS
    from statsmodels.stats.stattools import durbin_watson

    before, after = noisy(3, 30)
    found, design = segmented_newey_west(before, after, maxlags=lags), Segments.of(before, after, 1).design
    plain = OLS(before + after, design)
    robust, small = (
        plain.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": small})
        for small in (False, True)
    )
    assert (found.b_t, found.b_post, found.b_since) == pytest.approx(tuple(plain.fit().params[1:]))
    assert found.se_post_ols == pytest.approx(plain.fit().bse[2])
    assert found.se_post_nw == pytest.approx(robust.bse[2])
    assert found.se_post_nw_smallsample == pytest.approx(small.bse[2])
    assert found.durbin_watson == pytest.approx(durbin_watson(plain.fit().resid))


@given(seeds, st.integers(1, 15))
@settings(max_examples=6)
def test_both_codings_agree_on_the_effect_at_a_point(seed, point):
    for model in (segmented_newey_west, segmented_ar1):
        one, zero = (model(*noisy(seed), at_point=point, since_starts_at=start) for start in (1, 0))
        assert one.effect.effect == pytest.approx(zero.effect.effect, abs=1e-6)
        assert one.effect.se == pytest.approx(zero.effect.se, rel=1e-5)
        assert one.b_post + one.b_since == pytest.approx(zero.b_post, abs=1e-6)
        assert one.effect.ci_low < one.effect.effect < one.effect.ci_high


def test_with_the_second_coding_the_jump_is_the_effect_at_the_first_point():
    found = segmented_ar1(A, B, at_point=1, since_starts_at=0)
    assert (found.effect.effect, found.effect.se) == pytest.approx((found.b_post, found.se_post))


@given(seeds, st.floats(-1000, 1000), st.floats(0.01, 100), st.floats(-5, 5))
@settings(max_examples=6)
def test_level_unit_and_trend_of_the_series_do_not_change_the_jump(seed, shift, factor, slope):
    before, after = noisy(seed)
    plain = segmented_ar1(before, after)
    both = np.array(before + after)
    moved = shift + factor * both + slope * np.arange(both.size)
    found = segmented_ar1(moved[:24].tolist(), moved[24:].tolist())
    assert found.phi == pytest.approx(plain.phi, abs=1e-4)
    assert found.b_post == pytest.approx(factor * plain.b_post, rel=1e-3, abs=1e-3 * factor)
    assert found.se_post == pytest.approx(factor * plain.se_post, rel=1e-3)


def test_a_gap_keeps_its_place():
    holes = [*A[:5], None, *A[6:]]
    values = Segments.of(holes, B, 1)
    assert values.times.tolist() == [1, 2, 3, 4, 5, *range(7, 25)]
    found = segmented_ar1(holes, B)
    assert (found.n_before, found.n_after) == (11, 12)
    assert found.b_t == pytest.approx(segmented_ar1(A, B).b_t, abs=0.01)
    assert segmented_newey_west(holes, B).durbin_watson is None


def test_memory_over_a_gap_is_the_power_of_its_length():
    # Whitened by hand: over two steps phi^2 is remembered.
    values = Segments.of([1, None, 2, 4], [3, 5, 4], 1)
    _, y, log_left = values.whitened(-0.5)
    assert y[1] == pytest.approx((2 - 0.25 * 1) / np.sqrt(1 - 0.25**2))
    assert y[2] == pytest.approx((4 + 0.5 * 2) / np.sqrt(1 - 0.25))
    assert log_left == pytest.approx(np.log(1 - 0.0625) + 4 * np.log(1 - 0.25))


def test_default_lag_and_last_point_are_those_of_the_docstring():
    found = segmented_newey_west(A, B)
    assert found.maxlags == int(4 * 0.24 ** (2 / 9))
    assert found.effect.at_point == 12


def test_a_long_series_is_fitted_too():
    before, after = noisy(1, 6_000)
    assert segmented_ar1(before, after).phi == pytest.approx(0.4, abs=0.04)


@pytest.mark.parametrize("model", [segmented_newey_west, segmented_ar1])
@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ([1, 2, 1], [3], "2 values"),
        ([1], [3, 4, 3, 4], "2 values"),
        ([1, 2], [3, 5], "5 together"),
        ([5] * 6, [5] * 6, "exactly"),
        ([0.1] * 6, [0.1] * 6, "exactly"),
        ([1, 2, 3, 4], [9, 11, 13, 15], "exactly"),
        ([100.1, 100.2, 100.3, 100.4], [100.7, 100.8, 100.9, 101.0], "exactly"),
    ],
)
def test_what_does_not_exist_is_said(model, before, after, sentence):
    with pytest.raises(Undefined, match=sentence):
        model(before, after)


def test_memory_that_cannot_be_told_from_the_trend_is_said():
    with pytest.raises(Undefined, match="memory"):
        segmented_ar1([1, -1, 1, -1, 1, -1.0001], [1, -1, 1, -1, 1, -1])


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"since_starts_at": 2}, "since_starts_at"),
        ({"at_point": 0}, "at_point"),
        ({"at_point": 1.5}, "at_point"),
        ({"confidence": 95}, "confidence"),
    ],
)
def test_options_out_of_range_are_refused_by_name(options, sentence):
    for model in (segmented_newey_west, segmented_ar1):
        with pytest.raises(ValueError, match=sentence):
            model(A, B, **options)


@pytest.mark.parametrize("lags", [-1, 24, 1.5])
def test_lags_out_of_range_are_refused(lags):
    with pytest.raises(ValueError, match="maxlags"):
        segmented_newey_west(A, B, maxlags=lags)


def test_text_is_refused():
    with pytest.raises(ValueError, match="before"):
        segmented_ar1(["a", 1, 2], B)
