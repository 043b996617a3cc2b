import doctest
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from driehoek.evidence import posterior as posterior_module
from driehoek.evidence.posterior import normal_posterior, posterior
from driehoek.evidence.raters import paired_t
from driehoek.evidence.undefined import Undefined

PRE, POST = [3, 4, 3, 2, 4], [4, 4, 4, 3, 5]
waves = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=8)
priors = st.sampled_from(["reference", "weak", "sceptical"])


def test_the_examples_run():
    assert doctest.testmod(posterior_module).failed == 0


# Box & Tiao (1973): under the reference prior the change is t distributed with n - 1 degrees of freedom.
@pytest.mark.parametrize("raters", [2, 3, 5])
def test_under_the_reference_prior_it_is_the_t_distribution(raters):
    from scipy import stats

    pre, post = PRE[:raters], POST[:raters]
    known = paired_t(pre, post)
    found = posterior(pre, post, 0.5, prior="reference")
    error = known.mean_change / known.t

    assert found.prob_at_least == pytest.approx(
        stats.t.sf((0.5 - known.mean_change) / error, known.df), rel=1e-9
    )
    assert (found.ci_low, found.ci_high) == pytest.approx((known.ci_low, known.ci_high), rel=1e-9)
    assert found.mean_change == pytest.approx(known.mean_change)


# Straight from Bayes' rule: both unknowns on a fine even grid, without integrating anything out first.
@pytest.mark.parametrize(
    ("prior", "scale", "width"), [("weak", 1.0, None), ("weak", 0.5, None), ("sceptical", 1.0, 0.35)]
)
def test_the_chance_is_what_bayes_rule_says(prior, scale, width):
    moves = np.array(POST) - np.array(PRE)
    edges = np.linspace(-7.5, 8.5, 1601)
    change, spread = np.meshgrid((edges[1:] + edges[:-1]) / 2, np.linspace(0.02, 6, 600))
    squares = ((moves[:, None, None] - change) ** 2).sum(axis=0)
    density = -len(moves) * np.log(spread) - squares / (2 * spread**2) - spread**2 / (2 * scale**2)
    density = np.exp(density - (0 if width is None else change**2 / (2 * width**2)))

    found = posterior(PRE, POST, 0.5, prior=prior, scale_of_spread=scale)

    assert found.prob_at_least == pytest.approx(density[change > 0.5].sum() / density.sum(), abs=1e-4)
    assert found.mean_change == pytest.approx((density * change).sum() / density.sum(), abs=1e-4)
    below = density[change < found.ci_low].sum() / density.sum()
    assert below == pytest.approx(0.025, abs=2e-3)


def test_the_prior_is_stated():
    weak = posterior(PRE, POST, 0.5)
    sceptical = posterior(PRE, POST, 0.5, prior="sceptical")
    reference = posterior(PRE, POST, 0.5, prior="reference")

    assert (weak.prior, weak.prior_scale_of_spread, weak.prior_sd_of_change) == ("weak", 1.0, None)
    assert (sceptical.prior_scale_of_spread, sceptical.prior_sd_of_change) == (1.0, 0.35)
    assert (reference.prior_scale_of_spread, reference.prior_sd_of_change) == (None, None)


def test_a_sceptic_sees_less_change_than_the_raters_say():
    weak, sceptical = (posterior(PRE, POST, 0.5, prior=prior) for prior in ("weak", "sceptical"))

    assert 0 < sceptical.mean_change < weak.mean_change == pytest.approx(0.8)
    assert sceptical.prob_at_least < weak.prob_at_least


def test_a_sceptic_without_doubts_agrees_with_the_weak_prior():
    weak = posterior(PRE, POST, 0.5)
    open_minded = posterior(PRE, POST, 0.5, prior="sceptical", sd_of_change=1e4)

    assert open_minded.prob_at_least == pytest.approx(weak.prob_at_least, rel=1e-6)


def test_with_two_raters_the_weak_prior_is_worth_having():
    reference, weak = (posterior([3, 2], [4, 4], 0.5, prior=prior) for prior in ("reference", "weak"))

    assert weak.ci_high - weak.ci_low < (reference.ci_high - reference.ci_low) / 2


def test_an_absurd_change_stays_within_reach_of_the_grid():
    found = posterior([0, 0, 1], [100, 101, 100], 50, prior="sceptical")

    assert 0 <= found.prob_at_least <= 1
    assert 0 < found.mean_change < 100


@pytest.mark.parametrize("scale", [1e-4, 1e-2, 1e2, 1e6])
def test_any_scale_of_the_prior_gives_a_chance(scale):
    for prior in ("weak", "sceptical"):
        found = posterior(PRE, POST, 0.5, prior=prior, scale_of_spread=scale)
        assert 0 <= found.prob_at_least <= 1
        assert found.ci_low < found.mean_change < found.ci_high


def test_many_raters_leave_the_prior_no_say():
    rng = np.random.default_rng(11)
    pre = rng.normal(3, 1, 100_000)
    post = pre + rng.normal(0.5, 1, 100_000)
    known = paired_t(pre, post)
    found = posterior(pre, post, 0.5)

    assert (found.ci_low, found.ci_high) == pytest.approx((known.ci_low, known.ci_high), rel=1e-6)


def test_raters_missing_once_are_left_out_and_counted():
    found = posterior([*PRE, None, 3], [*POST, 3, None], 0.5)

    assert found.prob_at_least == posterior(PRE, POST, 0.5).prob_at_least
    assert (found.n, found.n_dropped) == (5, 2)


@pytest.mark.parametrize(
    ("pre", "post", "reason"),
    [([3], [4], "fewer than two raters"), ([3, 2, 4], [4, 3, 5], "all 3 raters moved the same")],
)
def test_no_chance_without_differences_between_raters(pre, post, reason):
    for prior in ("reference", "weak", "sceptical"):
        with pytest.raises(Undefined, match=reason):
            posterior(pre, post, 0.5, prior=prior)


def test_a_prior_in_another_unit_is_refused():
    for wrong in ({"scale_of_spread": 1e12}, {"prior": "sceptical", "sd_of_change": 1e-12}):
        with pytest.raises(Undefined, match="cannot be in the same unit"):
            posterior(PRE, POST, 0.5, **wrong)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"prior": "flat"}, "prior must be reference, weak or sceptical"),
        ({"threshold": "0.5"}, "threshold must be a number"),
        ({"scale_of_spread": -1}, "scale_of_spread must be 0 or more"),
        ({"sd_of_change": None}, "sd_of_change must be a number"),
        ({"confidence": 95}, "confidence"),
        ({"post_by_rater": [1]}, "the same people"),
    ],
)
def test_wrong_input_is_refused_by_name(wrong, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        posterior(**{"pre_by_rater": PRE, "post_by_rater": POST, "threshold": 0.5} | wrong)
    assert not isinstance(refusal.value, Undefined)


# Precision weighting by hand: 1/0.35^2 twice, so half of 0.8, with sd 0.35 / sqrt(2).
def test_with_a_known_error_prior_and_data_are_weighed_by_precision():
    found = normal_posterior(0.8, 0.35, 0.4)

    assert (found.mean_change, found.sd) == pytest.approx((0.4, 0.35 / math.sqrt(2)))
    assert found.prob_at_least == pytest.approx(0.5)
    assert (found.ci_low, found.ci_high) == pytest.approx(
        (0.4 - 1.959964 * found.sd, 0.4 + 1.959964 * found.sd)
    )
    assert normal_posterior(0.8, 0.35, 0.3, higher_is_better=False).prob_at_least == pytest.approx(
        1 - normal_posterior(0.8, 0.35, 0.3).prob_at_least
    )
    with pytest.raises(Undefined, match="standard_error is zero"):
        normal_posterior(0.8, 0, 0.4)
    with pytest.raises(ValueError, match="change must be a number"):
        normal_posterior("0.8", 0.3, 0.4)


@settings(max_examples=15)
@given(waves, priors, st.floats(-3, 3), st.integers(-20, 20))
def test_the_chance_turns_with_the_direction_and_sees_no_zero(pairs, prior, threshold, shift):
    assume(len({after - before for before, after in pairs}) > 1)
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    found = posterior(before, after, threshold, prior=prior)
    fallen = posterior(after, before, -threshold, prior=prior, higher_is_better=False)
    moved = posterior([one + shift for one in before], [one + shift for one in after], threshold, prior=prior)
    short = posterior(before, after, threshold, prior=prior, higher_is_better=False)

    assert fallen.prob_at_least == pytest.approx(found.prob_at_least, abs=1e-12)
    assert moved.prob_at_least == pytest.approx(found.prob_at_least, abs=1e-12)
    assert short.prob_at_least + found.prob_at_least == pytest.approx(1)
    assert posterior(before, after, threshold + 0.5, prior=prior).prob_at_least <= found.prob_at_least + 1e-12
    assert fallen.ci_high == pytest.approx(-found.ci_low)


@settings(max_examples=20)
@given(waves, priors, st.sampled_from([1e-6, 25, 1e6]))
def test_the_unit_does_not_matter_when_the_prior_is_in_it_too(pairs, prior, unit):
    assume(len({after - before for before, after in pairs}) > 1)
    before, after = [one for one, _ in pairs], [other for _, other in pairs]
    found = posterior(before, after, 0.5, prior=prior)
    other = posterior(
        [one * unit for one in before],
        [one * unit for one in after],
        0.5 * unit,
        prior=prior,
        scale_of_spread=unit,
        sd_of_change=0.35 * unit,
    )

    assert other.prob_at_least == pytest.approx(found.prob_at_least, rel=1e-9)


@pytest.mark.parametrize("raters", [2, 60])
def test_the_ends_of_the_interval_leave_the_tails_they_promise(raters):
    pre = [3.0] * raters
    post = [3.0 + place % 2 for place in range(raters)]
    found = posterior(pre, post, 0, prior="reference", confidence=0.999)

    above = posterior(pre, post, found.ci_high, prior="reference")
    below = posterior(pre, post, found.ci_low, prior="reference", higher_is_better=False)
    assert (above.prob_at_least, below.prob_at_least) == pytest.approx((0.0005, 0.0005), rel=1e-6)
