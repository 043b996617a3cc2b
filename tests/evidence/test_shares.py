"""Shares and recommendation: the published tables, statsmodels, by hand, and what must always hold."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.proportions import wilson_interval
from driehoek.evidence.recommendation import enps
from driehoek.evidence.shares import (
    agreed_share,
    clopper_pearson,
    difference_newcombe,
    mcnemar_exact,
    probability_of_share,
    wilson,
)
from driehoek.evidence.undefined import Undefined

SCORES = [8, 7, 9, 6, 7, 8, 10, 7, 5, 8, 9, 7, 7, 6, 8, 9, 7, 8, 7, 4]
RECOMMENDED = [10, 9, 9, 8, 7, 7, 6, 3, 9, 10, 8, 5]
counts = st.tuples(st.integers(1, 200), st.floats(0, 1)).map(lambda one: (round(one[0] * one[1]), one[0]))


def test_wilson_is_that_of_proportions():
    found = wilson(81, 263)  # Newcombe (1998), table I, method 3
    assert (found.p, found.low, found.high) == pytest.approx(
        (0.307984790874525, 0.255288519878274, 0.3662095769828)
    )
    assert (found.low, found.high) == wilson_interval(81, 263)


def test_exact_interval_is_that_of_r():
    found = clopper_pearson(17, 20)  # R 4.2.2: binom::binom.confint(17, 20, methods = "exact")
    assert (found.low, found.high) == pytest.approx((0.621073173454686, 0.967929062814536))


@given(counts)
@settings(max_examples=50)
def test_exact_interval_mirrors_and_keeps_its_tails(count):
    from scipy.stats import binom

    k, n = count
    found, other = clopper_pearson(k, n), clopper_pearson(n - k, n)
    assert (found.low, found.high) == pytest.approx((1 - other.high, 1 - other.low))
    assert 0 <= found.low <= k / n <= found.high <= 1
    if k:
        assert binom.sf(k - 1, n, found.low) == pytest.approx(0.025)


def test_difference_is_that_of_the_table():
    # Newcombe (1998), Stat Med 17, 873, table II, method 10: 56/70 - 48/80
    found = difference_newcombe(56, 70, 48, 80)
    assert (found.difference, found.low, found.high) == pytest.approx(
        (0.2, 0.0524314724023649, 0.333872654036906)
    )


@given(counts, counts)
@settings(max_examples=50)
def test_difference_turns_over_and_stays_within_one(one, two):
    found, back = difference_newcombe(*one, *two), difference_newcombe(*two, *one)
    assert (found.difference, found.low) == pytest.approx((-back.difference, -back.high))
    assert -1 <= found.low <= found.difference + 1e-12
    assert found.difference - 1e-12 <= found.high <= 1


def test_eighty_percent_reached_is_not_yet_shown():
    # R 4.2.2: binom.confint wilson; pbeta
    found = agreed_share(SCORES, threshold=7, target=0.8, invited=26)
    assert (found.successes, found.n, found.p) == (16, 20, 0.8)
    assert (found.low, found.high) == pytest.approx((0.583982567748107, 0.919342337420202))
    assert (found.point_estimate_meets, found.lower_bound_meets) == (True, False)
    assert found.prob_ge_target_uniform_prior == pytest.approx(0.413991616486552)
    assert found.response_rate == pytest.approx(20 / 26)
    assert (found.manski_low, found.manski_high) == (16 / 26, 22 / 26)


def test_everybody_answered_leaves_nothing_to_estimate():
    found = agreed_share([7, 8, 6], threshold=7, target=0.6, invited=3)
    assert found.is_whole_population
    assert found.point_estimate_meets
    assert (found.low, found.high, found.lower_bound_meets, found.prob_ge_target_uniform_prior) == (None,) * 4
    assert (found.manski_low, found.manski_high) == (2 / 3, 2 / 3)


def test_without_a_number_of_invited_nothing_is_said_of_the_silent():
    found = agreed_share([7, None, 8], threshold=7, target=0.6)
    assert (found.n, found.response_rate, found.manski_low, found.is_whole_population) == (
        2,
        None,
        None,
        False,
    )


def test_shares_are_compared_as_written():
    # 7 of 10 is 0.7, and 0.1 + 0.2 in floats is more than 0.3; a score of 6.9 reaches a threshold of 6.9.
    assert agreed_share([Decimal("6.9")] * 7 + [1] * 3, threshold=6.9, target=0.7).point_estimate_meets
    assert not agreed_share([7] * 699 + [1] * 301, threshold=7, target=Decimal("0.7")).point_estimate_meets


@pytest.mark.parametrize(("prior", "expected"), [("uniform", 0.5), ("jeffreys", 0.5)])
def test_without_answers_the_prior_speaks(prior, expected):
    assert probability_of_share(0, 0, target=0.5, prior=prior) == pytest.approx(expected)


@given(counts, st.floats(0.01, 0.99))
@settings(max_examples=50)
def test_a_higher_target_is_less_likely_and_yes_mirrors_no(count, target):
    k, n = count
    found = probability_of_share(k, n, target=target, prior="jeffreys")
    assert probability_of_share(k, n, target=min(target + 0.01, 1), prior="jeffreys") <= found
    assert probability_of_share(n - k, n, target=1 - target, prior="jeffreys") == pytest.approx(
        1 - found, abs=1e-9
    )


def test_uniform_prior_by_hand():
    # One yes of one: P(p >= t) = 1 - t^2
    assert probability_of_share(1, 1, target=0.6) == pytest.approx(1 - 0.36)


@pytest.mark.parametrize(
    ("to_yes", "to_no", "p"), [(5, 0, 2 / 32), (0, 5, 2 / 32), (3, 3, 1), (1, 6, 16 / 128)]
)
def test_changing_sides_by_hand(to_yes, to_no, p):
    assert mcnemar_exact(to_yes, to_no).p == pytest.approx(p)


@given(st.integers(0, 30), st.integers(0, 30))
@settings(max_examples=50)
def test_changing_sides_is_twice_the_smaller_tail(to_yes, to_no):
    n, few = to_yes + to_no, min(to_yes, to_no)
    if n:
        tail = sum(math.comb(n, k) for k in range(few + 1)) / 2**n
        assert mcnemar_exact(to_yes, to_no).p == pytest.approx(min(2 * tail, 1))


def test_recommendation_is_that_of_r():
    found = enps(RECOMMENDED)  # R 4.2.2: NPS::nps.var, nps.se
    assert (found.enps, found.se) == pytest.approx((16.6666666666667, 23.0739551747724))
    assert (found.ci_low, found.ci_high) == pytest.approx((-28.5574544567789, 61.8907877901122))
    assert (found.promoters, found.passives, found.detractors) == (5, 4, 3)


def test_eleven_and_a_half_are_counted_and_left_out():
    found = enps([10, 11, -1, 7.5, None, 0])
    assert (found.enps, found.n, found.invalid, found.missing) == (0, 2, 3, 1)


def test_all_alike_have_no_interval_unless_adjusted():
    plain, adjusted = enps([10] * 8), enps([10] * 8, is_adjusted=True)
    assert (plain.enps, plain.se, plain.ci_low) == (100, None, None)
    # Three quarters promoter and detractor and 3 answers more, by hand: 8.75 and 0.75 of 11.
    middle = (8.75 - 0.75) / 11
    se = math.sqrt((9.5 / 11 - middle**2) / 11)
    assert (adjusted.enps, adjusted.se) == (100, pytest.approx(100 * se))
    assert adjusted.ci_low == pytest.approx(100 * (middle - 1.959963984540054 * se))
    assert adjusted.ci_high == 100


@given(st.lists(st.integers(0, 10), min_size=1, max_size=30), st.booleans())
@settings(max_examples=50)
def test_recommendation_does_not_depend_on_order_and_stays_on_its_scale(scores, is_adjusted):
    found = enps(scores, is_adjusted=is_adjusted)
    assert found == enps(sorted(scores), is_adjusted=is_adjusted)
    assert -100 <= found.enps <= 100
    assert found.ci_low is None or -100 <= found.ci_low <= found.ci_high <= 100
    doubled = enps(scores * 4, is_adjusted=False)
    assert doubled.enps == pytest.approx(found.enps)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: agreed_share([None], threshold=7, target=0.8)), "nobody answered"),
        ((lambda: mcnemar_exact(0, 0)), "nobody changed"),
        ((lambda: enps([11, None])), "no valid score"),
    ],
)
def test_what_does_not_exist_is_said(wrong, sentence):
    with pytest.raises(Undefined, match=sentence):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: wilson(3, 2)), "at least 1 answers"),
        ((lambda: clopper_pearson(0, 0)), "at least 1 answers"),
        ((lambda: clopper_pearson(1.5, 3)), "whole numbers"),
        ((lambda: clopper_pearson(1, 3, confidence=95)), "confidence"),
        ((lambda: difference_newcombe(1, 2, 3, 2)), "successes"),
        ((lambda: mcnemar_exact(-1, 3)), "successes"),
        ((lambda: probability_of_share(1, 2, target=80)), "target"),
        ((lambda: probability_of_share(1, 2, target=0.8, prior="flat")), "prior"),
        ((lambda: agreed_share(["7"], threshold=7, target=0.8)), "scores"),
        ((lambda: agreed_share([7], threshold=math.nan, target=0.8)), "threshold"),
        ((lambda: agreed_share([7, 8], threshold=7, target=0.8, invited=1)), "invited"),
        ((lambda: enps([True])), "scores"),
        ((lambda: enps([9], confidence=95)), "confidence"),
    ],
)
def test_wrong_input_is_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
