"""Counts and weighted shares: against R and statsmodels, by hand, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.counts import poisson_rate_ratio, volume_weighted_shares
from driehoek.evidence.undefined import Undefined

ORDERS = {
    "volumes_pre": [120, 95, 140],
    "counted_pre": [84, 66, 99],
    "volumes_post": [30, 160, 150],
    "counted_post": [29, 133, 131],
}
ERRORS = {"events_pre": 41, "exposure_pre": 3100, "events_post": 18, "exposure_post": 3000}
periods = st.lists(st.tuples(st.integers(2, 200), st.floats(0.05, 0.95)), min_size=2, max_size=8)


def test_errors_per_order_are_those_of_poisson_test():
    # R 4.2.2: poisson.test(c(18, 41), c(3000, 3100))
    found = poisson_rate_ratio(**ERRORS)
    assert found.rate_ratio == pytest.approx(0.453658536585366)
    assert (found.ci_low, found.ci_high) == pytest.approx((0.245316657584903, 0.807508275248193))
    assert found.p == pytest.approx(0.00406789823339185)


def test_p_sums_the_outcomes_that_are_as_likely_or_less():
    # 1 against 5 with equal exposure: of Binomial(6, 1/2) 0, 1, 5 and 6 are as likely or less, 14/64 by hand.
    found = poisson_rate_ratio(events_pre=5, exposure_pre=1, events_post=1, exposure_post=1)
    assert found.p == pytest.approx(14 / 64, rel=1e-14)


def test_no_errors_are_no_proof_of_none():
    found = poisson_rate_ratio(**ERRORS | {"events_post": 0})
    assert (found.rate_ratio, found.ci_low) == (0, 0)
    # The upper end solves (exposure share)^41 = 0.025, by hand.
    share = found.ci_high * 3000 / (found.ci_high * 3000 + 3100)
    assert (1 - share) ** 41 == pytest.approx(0.025)


@given(st.integers(1, 300), st.integers(0, 300), st.floats(0.1, 1e6), st.floats(0.1, 1e6))
@settings(max_examples=50)
def test_interval_holds_the_ratio_and_turns_over(pre, post, before, after):
    found = poisson_rate_ratio(events_pre=pre, exposure_pre=before, events_post=post, exposure_post=after)
    assert found.ci_low <= found.rate_ratio <= found.ci_high < math.inf
    assert 0 <= found.p <= 1
    if post:
        back = poisson_rate_ratio(events_pre=post, exposure_pre=after, events_post=pre, exposure_post=before)
        assert found.ci_low == pytest.approx(1 / back.ci_high)
        assert found.p == pytest.approx(back.p, abs=1e-9)


def test_many_events_keep_their_digits():
    found = poisson_rate_ratio(events_pre=10**7, exposure_pre=1, events_post=10**7, exposure_post=1)
    assert found.ci_high == pytest.approx(math.exp(1.96 * math.sqrt(2e-7)), rel=1e-6)


def test_quiet_month_does_not_lift_the_share():
    # R 4.2.2: glm(cbind(on_time, late) ~ post, family = quasibinomial)
    found = volume_weighted_shares(**ORDERS)
    assert (found.pooled_pre, found.pooled_post) == pytest.approx((70.1408450704225, 86.1764705882353))
    assert found.mean_of_months_pre == pytest.approx(70.062656641604)
    assert found.mean_of_months_post == pytest.approx(89.0416666666667)
    assert found.dispersion == pytest.approx(1.05843620631187)
    assert found.log_odds_ratio == pytest.approx(0.976011204954364)
    assert found.se_log_odds_ratio == pytest.approx(0.200918696371991)


@given(periods, periods)
@settings(max_examples=25)
def test_odds_are_those_of_a_quasibinomial_regression(before, after):
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    volumes = np.array([volume for volume, _ in before + after], dtype=float)
    counted = np.array([volume * share for volume, share in before + after])
    m = len(before)
    found = volume_weighted_shares(
        volumes_pre=volumes[:m].tolist(),
        counted_pre=counted[:m].tolist(),
        volumes_post=volumes[m:].tolist(),
        counted_post=counted[m:].tolist(),
    )
    phase = np.repeat([0.0, 1.0], [m, len(after)])
    if np.ptp(counted / volumes) < 1e-9:
        return
    model = GLM(
        counted / volumes, np.column_stack((np.ones_like(phase), phase)), Binomial(), var_weights=volumes
    )
    fit = model.fit(scale="X2")
    assert found.log_odds_ratio == pytest.approx(fit.params[1], abs=1e-6)
    assert found.dispersion == pytest.approx(fit.scale, rel=1e-5, abs=1e-12)
    if found.se_log_odds_ratio is not None:
        assert found.se_log_odds_ratio == pytest.approx(fit.bse[1], rel=1e-4, abs=1e-9)
        assert found.odds_ratio_low < math.exp(found.log_odds_ratio) < found.odds_ratio_high


def test_a_split_period_is_the_same_orders():
    split = ORDERS | {"volumes_pre": [60, 60, 95, 140], "counted_pre": [40, 44, 66, 99]}
    assert volume_weighted_shares(**split).pooled_pre == volume_weighted_shares(**ORDERS).pooled_pre


def test_all_on_time_has_no_odds():
    found = volume_weighted_shares(**ORDERS | {"counted_post": [30, 160, 150]})
    assert (found.pooled_post, found.log_odds_ratio, found.se_log_odds_ratio) == (100, None, None)


def test_one_period_in_each_phase_or_equal_ones_have_odds_but_no_error():
    single = volume_weighted_shares(volumes_pre=[10], counted_pre=[4], volumes_post=[10], counted_post=[6])
    assert (single.dispersion, single.se_log_odds_ratio) == (None, None)
    assert single.log_odds_ratio == pytest.approx(2 * math.log(1.5))
    equal = volume_weighted_shares(
        volumes_pre=[10, 30], counted_pre=[3, 9], volumes_post=[10, 30], counted_post=[7, 21]
    )
    assert (equal.se_log_odds_ratio, equal.odds_ratio_low) == (None, None)


def test_a_month_without_its_volume_is_left_out():
    found = volume_weighted_shares(**ORDERS | {"volumes_pre": [None, 95, 140]})
    assert (found.periods_pre, found.pooled_pre) == (2, pytest.approx(100 * 165 / 235))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: poisson_rate_ratio(**ERRORS | {"events_pre": 0})), "no events before"),
        ((lambda: volume_weighted_shares(**ORDERS | {"volumes_post": [None] * 3})), "post phase"),
    ],
)
def test_what_does_not_exist_is_said(wrong, sentence):
    with pytest.raises(Undefined, match=sentence):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"events_pre": -1}, "events_pre"),
        ({"events_post": 1.5}, "events_post"),
        ({"events_post": True}, "events_post"),
        ({"exposure_pre": 0}, "exposure_pre"),
        ({"exposure_post": math.inf}, "exposure_post"),
        ({"confidence": 95}, "confidence"),
    ],
)
def test_wrong_counts_are_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        poisson_rate_ratio(**ERRORS | wrong)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"volumes_pre": [1]}, "equally long"),
        ({"counted_pre": [121, 1, 1]}, "from 0 to its volume"),
        ({"volumes_pre": [120, 0, 140], "counted_pre": [1, 0, 1]}, "above 0"),
        ({"counted_post": [-1, 1, 1]}, "from 0"),
        ({"counted_post": ["1", 1, 1]}, "counted_post"),
        ({"confidence": 1}, "confidence"),
    ],
)
def test_wrong_volumes_are_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        volume_weighted_shares(**ORDERS | wrong)
