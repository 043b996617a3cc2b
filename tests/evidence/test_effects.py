"""Standardised effects: against R, by hand, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.effects import exact_j, hedges_g, paired_effect
from driehoek.evidence.undefined import Undefined

PRE = [3.1, 2.8, 3.5, 3.9, 2.6, 3.3, 3, 3.7, 2.9, 3.4]
POST = [3.6, 3, 3.6, 4.2, 3.3, 3.5, 3.1, 4, 3.4, 3.3]
TREATED, CONTROL = [3.6, 3, 3.6, 4.2, 3.3, 3.5, 3.1, 4], [3.1, 3.2, 2.9, 3.5, 3.3, 2.8, 3.6]
people = st.lists(st.tuples(st.integers(10, 50), st.integers(10, 50)), min_size=3, max_size=12).filter(
    lambda all_: len({post - pre for pre, post in all_}) > 1
)
two_groups = st.tuples(*(st.lists(st.integers(0, 50), min_size=2, max_size=9, unique=True) for _ in range(2)))


def test_paired_sizes_are_those_of_r():
    # R 4.2.2: t.test(post, pre, paired = TRUE); Lakens (2013); exact J of Hedges (1981)
    found = paired_effect(PRE, POST)
    assert (found.t, found.p, found.df) == pytest.approx((3.77171134256227, 0.00440483876227538, 9))
    assert (found.d_z, found.d_av) == pytest.approx((1.19271985191884, 0.710437210485852))
    assert found.d_pre == pytest.approx(0.677772085586298)
    assert (found.g_z_exact, found.g_av_approx) == pytest.approx((1.08999672561116, 0.649542592444207))
    assert found.r == pytest.approx(0.826641034628862)
    assert (found.ci_low, found.ci_high) == pytest.approx((0.112064559544687, 0.447935440455314))


def test_two_groups_are_those_of_metafor():
    # R 4.2.2: metafor::escalc(measure = "SMD", vtype = "LS")
    found = hedges_g(TREATED, CONTROL)
    assert (found.d, found.g, found.var_g) == pytest.approx(
        (0.928194728785643, 0.873414966186428, 0.293285599629091)
    )
    assert (found.ci_low_normal, found.ci_high_normal) == pytest.approx(
        (-0.188020172518587, 1.93485010489144)
    )


def test_correction_by_hand():
    # df 2: gamma(1) / (sqrt(1) gamma(1/2)) = 1 / sqrt(pi); df 4: gamma(2) / (sqrt(2) gamma(3/2)).
    assert exact_j(2) == pytest.approx(1 / math.sqrt(math.pi))
    assert exact_j(4) == pytest.approx(1 / (math.sqrt(2) * math.sqrt(math.pi) / 2))
    assert exact_j(100_000) == pytest.approx(1 - 3 / (4 * 100_000 - 1))


@given(people)
@settings(max_examples=50)
def test_paired_test_is_that_of_scipy(both):
    from scipy.stats import ttest_rel

    pre, post = zip(*both, strict=True)
    found, known = paired_effect(pre, post), ttest_rel(post, pre)
    interval = known.confidence_interval()
    assert (found.t, found.p) == pytest.approx((known.statistic, known.pvalue))
    assert (found.ci_low, found.ci_high) == pytest.approx((interval.low, interval.high))
    back = paired_effect(post, pre)
    assert (found.t, found.d_z, found.d_av) == pytest.approx((-back.t, -back.d_z, -back.d_av))
    if found.r is not None:
        assert found.d_rm == pytest.approx(
            found.d_z * math.sqrt(2 * (1 - np.corrcoef(pre, post)[0, 1])), abs=1e-6
        )


@given(two_groups, st.floats(-1e3, 1e3), st.floats(1e-3, 1e3))
@settings(max_examples=50)
def test_size_knows_no_unit_and_no_zero_and_turns_over(groups, shift, factor):
    one, other = groups
    found, back = hedges_g(one, other), hedges_g(other, one)
    moved = hedges_g(*([shift + factor * value for value in group] for group in groups))
    assert found.g == pytest.approx(moved.g, rel=1e-6, abs=1e-6)
    assert (found.g, found.ci_low_normal) == pytest.approx((-back.g, -back.ci_high_normal))
    assert abs(found.g) <= abs(found.d)


def test_who_misses_one_measurement_is_left_out_and_counted():
    found = paired_effect([*PRE, 3, None], [*POST, None, 4])
    assert (found.n, found.n_left_out) == (10, 2)
    assert found.t == paired_effect(PRE, POST).t


def test_alike_at_the_start_there_is_no_spread_to_use():
    found = paired_effect([3, 3, 3], [3, 4, 5])
    assert (found.d_pre, found.r, found.d_rm) == (None, None, None)
    assert found.d_z == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: paired_effect([1, 2], [2, 4])), "at least 3"),
        ((lambda: paired_effect([1, 2, 3], [2, 3, 4])), "by the same"),
        ((lambda: paired_effect([0.1, 0.2, 0.3], [0.4, 0.5, 0.6])), "by the same"),
        ((lambda: hedges_g([1], [2, 3])), "treated has 1"),
        ((lambda: hedges_g([0.1] * 3, [0.7] * 3)), "no spread"),
        ((lambda: exact_j(1)), "2 degrees"),
    ],
)
def test_what_does_not_exist_is_said(wrong, sentence):
    with pytest.raises(Undefined, match=sentence):
        wrong()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: paired_effect([1, 2, 3], [2])), "equally long"),
        ((lambda: paired_effect([1, 2, "3"], [2, 3, 5])), "pre holds"),
        ((lambda: paired_effect(PRE, POST, confidence=95)), "confidence"),
        ((lambda: hedges_g([1, 2], [3, math.inf])), "control"),
        ((lambda: hedges_g(TREATED, CONTROL, confidence=0)), "confidence"),
    ],
)
def test_wrong_input_is_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
