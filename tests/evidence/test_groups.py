"""Two groups and many tests: against R and statsmodels, by hand, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.groups import ancova_did, multiple_comparisons
from driehoek.evidence.undefined import Undefined

GROUPS = {
    "treated_pre": [3.1, 2.8, 3.5, 3.9, 2.6, 3.3, 3, 3.7, 2.9, 3.4],
    "treated_post": [3.6, 3, 3.6, 4.2, 3.3, 3.5, 3.1, 4, 3.4, 3.3],
    "control_pre": [3, 2.9, 3.4, 3.8, 2.5, 3.2, 3.1, 3.6, 2.8, 3.3],
    "control_post": [3.2, 2.9, 3.4, 3.8, 2.7, 3.2, 3.1, 3.5, 3, 3.3],
}
P = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324]
P += [0.4262, 0.5719, 0.6528, 0.759, 1]


def test_both_ways_are_those_of_r():
    # R 4.2.2: lm(post ~ group + pre); lm(post - pre ~ group)
    found = ancova_did(**GROUPS)
    assert (found.ancova_effect, found.ancova_se) == pytest.approx((0.243875, 0.0727429941542786))
    assert found.ancova_p == pytest.approx(0.00377607126131325)
    assert (found.did, found.did_se, found.did_p) == pytest.approx(
        (0.23, 0.0817176711475417, 0.0114726906448624)
    )


@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(3, 12))
@settings(max_examples=25)
def test_both_ways_are_those_of_least_squares(seed, m, n):
    from statsmodels.regression.linear_model import OLS

    rng = np.random.default_rng(seed)
    pre, group = rng.normal(size=m + n), np.repeat([1.0, 0.0], [m, n])
    post = 0.5 * pre + group + rng.normal(size=m + n)
    found = ancova_did(
        treated_pre=pre[:m].tolist(),
        treated_post=post[:m].tolist(),
        control_pre=pre[m:].tolist(),
        control_post=post[m:].tolist(),
    )
    ones = np.ones_like(pre)
    ancova, did = (
        OLS(post, np.column_stack((ones, group, pre))).fit(),
        OLS(post - pre, np.column_stack((ones, group))).fit(),
    )
    assert (found.ancova_effect, found.ancova_se, found.ancova_p) == pytest.approx(
        (ancova.params[1], ancova.bse[1], ancova.pvalues[1])
    )
    assert (found.did, found.did_se, found.did_p) == pytest.approx(
        (did.params[1], did.bse[1], did.pvalues[1])
    )
    assert (found.ancova_low, found.ancova_high) == pytest.approx(tuple(ancova.conf_int()[1]))
    assert (found.did_low, found.did_high) == pytest.approx(tuple(did.conf_int()[1]))


@given(st.floats(-100, 100))
@settings(max_examples=20)
def test_moving_the_scale_changes_no_effect_and_swapping_turns_it(shift):
    plain = ancova_did(**GROUPS)
    moved = ancova_did(**{name: [shift + one for one in values] for name, values in GROUPS.items()})
    swapped = ancova_did(
        treated_pre=GROUPS["control_pre"],
        treated_post=GROUPS["control_post"],
        control_pre=GROUPS["treated_pre"],
        control_post=GROUPS["treated_post"],
    )
    assert (moved.ancova_effect, moved.did) == pytest.approx((plain.ancova_effect, plain.did))
    assert (swapped.ancova_effect, swapped.did) == pytest.approx((-plain.ancova_effect, -plain.did))


def test_who_misses_one_measurement_is_left_out_and_counted():
    found = ancova_did(**GROUPS | {"treated_pre": [None, *GROUPS["treated_pre"][1:]]})
    assert (found.n_treated, found.n_control, found.n_left_out) == (9, 10, 1)


def test_corrections_are_those_of_the_published_example():
    # Benjamini & Hochberg (1995), 3.2: Bonferroni rejects 3, BH 4; adjusted: R p.adjust
    found = multiple_comparisons(P)
    assert (found.bonferroni_rejections, found.holm_rejections, found.bh_rejections) == (3, 3, 4)
    assert found.bh_adjusted[:8] == pytest.approx(
        (0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571429, 0.0638571428571429, 0.0645)
    )


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=20).filter(any))
@settings(max_examples=50)
def test_corrections_are_those_of_scipy_and_of_the_definition_and_missing_tests_are_none(p):
    from scipy.stats import false_discovery_control

    found, there = multiple_comparisons(p), [one for one in p if one is not None]
    assert found.n_tests == len(there)
    holm = [
        max(min((len(there) - sorted(there).index(q)) * q, 1) for q in there if q <= one) for one in there
    ]
    expected = {
        "bonferroni": [min(len(there) * one, 1) for one in there],
        "holm": holm,
        "bh": false_discovery_control(there).tolist(),
    }
    for name, known in expected.items():
        adjusted = getattr(found, f"{name}_adjusted")
        assert [one is None for one in adjusted] == [one is None for one in p]
        assert [one for one in adjusted if one is not None] == pytest.approx(known)
    assert found.bonferroni_rejections <= found.holm_rejections <= found.bh_rejections


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"treated_pre": [3.1, *[None] * 9]}, "fewer than 2"),
        ({"treated_pre": [3] * 10, "control_pre": [3] * 10}, "started alike"),
        (
            {
                "treated_post": [one + 1 for one in GROUPS["treated_pre"]],
                "control_post": GROUPS["control_pre"],
            },
            "changed alike",
        ),
    ],
)
def test_what_does_not_exist_is_said(wrong, sentence):
    with pytest.raises(Undefined, match=sentence):
        ancova_did(**GROUPS | wrong)


def test_no_test_at_all_is_said():
    with pytest.raises(Undefined, match="no test"):
        multiple_comparisons([None])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: ancova_did(**GROUPS | {"control_post": [1]})), "control_pre and control_post"),
        ((lambda: ancova_did(**GROUPS, confidence=95)), "confidence"),
        ((lambda: multiple_comparisons([1.2])), "from 0 to 1"),
        ((lambda: multiple_comparisons([0.1], alpha=5)), "alpha"),
        ((lambda: multiple_comparisons(["0.1"])), "p holds"),
    ],
)
def test_wrong_input_is_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()
