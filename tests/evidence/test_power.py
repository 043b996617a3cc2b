"""People needed, staggered starts and what comes by itself: against R and statsmodels, and by hand."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.beforehand import ceiling, min_successes, truncated_return
from driehoek.evidence.power import people_needed, power_t, stepped_wedge
from driehoek.evidence.undefined import Undefined

WEDGE = {
    "clusters_per_sequence": [6, 6, 6, 6],
    "periods": 5,
    "n_per_cluster_period": 120,
    "mu0": 0.05,
    "mu1": 0.035,
    "tau": 0.01,
}
LOW = {"mean": 3.6, "sd": 0.5, "cutoff": 3, "reliability": 0.6}


def test_half_a_spread_needs_sixty_four_in_each_group():
    assert people_needed(d=0.5) == pytest.approx(
        63.7656104441418, rel=1e-7
    )  # R pwr::pwr.t.test(d = 0.5, power = 0.8)


@pytest.mark.parametrize(("d", "n"), [(0.2, 30), (0.5, 64), (1.2, 5), (2.5, 3)])
def test_power_is_that_of_statsmodels(d, n):
    from statsmodels.stats.power import TTestIndPower, TTestPower

    assert power_t(n=n, d=d) == pytest.approx(TTestIndPower().power(d, n, 0.05))
    assert power_t(n=n, d=d, is_one_sided=True) == pytest.approx(
        TTestIndPower().power(d, n, 0.05, alternative="larger")
    )
    assert power_t(n=n, d=d, design="one-sample") == pytest.approx(TTestPower().power(d, n, 0.05))


@given(st.floats(0.05, 3), st.floats(0.1, 0.99), st.sampled_from(["two-sample", "one-sample"]), st.booleans())
@settings(max_examples=30)
def test_with_the_people_needed_the_power_is_there(d, power, design, is_one_sided):
    n = people_needed(d=d, power=power, design=design, is_one_sided=is_one_sided)
    found = power_t(n=n, d=-d, design=design, is_one_sided=is_one_sided)
    assert found == pytest.approx(power, abs=1e-6) or (n == 2 and found > power)


@pytest.mark.parametrize("n", [2, 2.5, 10, 1e7])
def test_power_rises_with_the_effect_without_a_gap(n):
    powers = [power_t(n=n, d=float(d)) for d in np.logspace(-4, 6, 60)]
    assert powers == sorted(powers)
    assert powers[0] == pytest.approx(0.05, abs=0.2)
    assert powers[-1] == 1


def test_no_effect_is_found_as_often_as_alpha_allows():
    assert power_t(n=20, d=0) == pytest.approx(0.05)


def test_factors_by_hand():
    plain = people_needed(d=0.5)
    assert people_needed(d=0.5, r_pre_post=0.6) == pytest.approx(0.64 * plain)
    assert people_needed(d=0.5, people_per_team=8, icc=0.1) == pytest.approx(1.7 * plain)


def test_stepped_wedge_is_that_of_r():
    # R swCRTdesign 4.0, example 1 of swPwr
    assert stepped_wedge(**WEDGE).power == pytest.approx(0.786189592502726)


@pytest.mark.parametrize("clusters", [[1, 1, 1], [2, 3, 1]])
def test_stepped_wedge_is_generalised_least_squares(clusters):
    # The information of the whole design, with teams as blocks: the same without the closed form.
    periods, sigma, tau, n = len(clusters) + 1, 0.8, 0.3, 15
    found = stepped_wedge(
        clusters_per_sequence=clusters,
        periods=periods,
        n_per_cluster_period=n,
        mu0=0,
        mu1=0.4,
        tau=tau,
        sigma=sigma,
    )
    inverse = np.linalg.inv(np.eye(periods) * sigma**2 / n + tau**2)
    information = np.zeros((periods + 1, periods + 1))
    for sequence, count in enumerate(clusters):
        started = (np.arange(periods) > sequence).astype(float)
        design = np.column_stack((np.eye(periods), started))
        information += count * design.T @ inverse @ design
    assert found.se == pytest.approx(math.sqrt(np.linalg.inv(information)[-1, -1]))


def test_people_chosen_below_rise_by_themselves():
    published = truncated_return(mean=60, sd=15, cutoff=40, reliability=0.8)  # Barnett et al. (2005)
    assert (published.expected_rtm, published.C_z) == pytest.approx((5.39440460841068, 1.79813486947023))
    chosen = truncated_return(**LOW)
    assert chosen.expected_rtm == pytest.approx(0.337510404973037)
    assert (chosen.mean_of_selected, chosen.expected_retest) == pytest.approx(
        (2.75622398756741, 3.09373439254044)
    )
    assert chosen.percent_rise == pytest.approx(12.2453910311882)


@given(st.floats(0.05, 1), st.floats(-2, 2), st.integers(1, 5))
@settings(max_examples=30)
def test_people_chosen_above_fall_as_far_as_those_below_rise(reliability, away, n_baseline):
    options = {"mean": 10, "sd": 2, "reliability": reliability, "n_baseline": n_baseline}
    below = truncated_return(cutoff=10 - away, **options)
    above = truncated_return(cutoff=10 + away, selected="above", **options)
    assert above.expected_rtm == pytest.approx(below.expected_rtm)
    assert above.mean_of_selected - 10 == pytest.approx(10 - below.mean_of_selected)
    assert above.expected_retest <= above.mean_of_selected
    assert below.expected_rtm >= 0


def test_below_zero_there_is_no_percentage():
    assert truncated_return(mean=0, sd=1, cutoff=-1, reliability=0.5).percent_rise is None


def test_a_target_above_the_scale_is_not_feasible():
    found = ceiling(pre=4.7, scale_max=5, mdc95=0.6, target_relative=0.15)
    assert (found.max_possible_change, found.required_change) == pytest.approx((0.3, 0.705))
    assert (found.feasible, found.demonstrable) == (False, False)
    assert ceiling(pre=3, scale_max=5, target_relative=0.15).demonstrable is None


def test_twenty_nine_of_thirty():
    assert min_successes(n=30, target=0.8).k == 29  # R 4.2.2: binom.confint wilson


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: people_needed(d=0)), "so small"),
        ((lambda: people_needed(d=1e-4)), "so small"),
        ((lambda: min_successes(n=15, target=0.8)), "too few"),
        ((lambda: stepped_wedge(**WEDGE | {"mu0": 0.0, "mu1": 0.0})), "no spread"),
        (
            (lambda: stepped_wedge(**WEDGE | {"clusters_per_sequence": [4], "periods": 2})),
            "no comparison",
        ),
    ],
)
def test_what_does_not_exist_is_said(wrong, sentence):
    with pytest.raises(Undefined, match=sentence):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: power_t(n=1, d=0.5)), "n from 2"),
        ((lambda: power_t(n=10, d=math.inf)), "finite"),
        ((lambda: power_t(n=10, d=1, alpha=5)), "alpha"),
        ((lambda: power_t(n=10, d=1, design="paired")), "design"),
        ((lambda: people_needed(d=0.5, power=80)), "power"),
        ((lambda: people_needed(d=0.5, r_pre_post=1)), "r_pre_post"),
        ((lambda: people_needed(d=0.5, icc=2)), "icc"),
        ((lambda: people_needed(d=0.5, people_per_team=0)), "team"),
        ((lambda: stepped_wedge(**WEDGE | {"tau": -1})), "spreads"),
        ((lambda: stepped_wedge(**WEDGE, alpha=1)), "alpha"),
        ((lambda: stepped_wedge(**WEDGE | {"clusters_per_sequence": []})), "at least one team"),
        ((lambda: stepped_wedge(**WEDGE | {"periods": 4})), "one period more"),
        ((lambda: stepped_wedge(**WEDGE | {"mu1": 3.5})), "shares"),
        ((lambda: truncated_return(**LOW, selected="left")), "selected"),
        ((lambda: truncated_return(**LOW | {"sd": 0})), "spread"),
        ((lambda: truncated_return(**LOW, n_baseline=0)), "at least one"),
        ((lambda: ceiling(pre=4, scale_max=5, target_relative=-0.1)), "never negative"),
        ((lambda: min_successes(n=30, target=80)), "target"),
    ],
)
def test_wrong_input_is_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
