import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import omega
from driehoek.evidence.omega import mcdonald_omega, omega_from_scores
from driehoek.evidence.reliability import cronbach_alpha
from driehoek.evidence.undefined import Undefined

LOADINGS = np.array([0.8, 0.7, 0.6, 0.5])


def answers(people=300, loadings=LOADINGS, seed=1):
    rng = np.random.default_rng(seed)
    noise = rng.normal(size=(people, len(loadings))) * np.sqrt(1 - loadings**2)
    return rng.normal(size=(people, 1)) * loadings + noise


def test_the_examples_run():
    assert doctest.testmod(omega).failed == 0


# Closed form, McDonald (1999).
def test_omega_from_a_model():
    found = mcdonald_omega([0.8, 0.7, 0.6, 0.5], [0.36, 0.51, 0.64, 0.75])

    assert found.omega == pytest.approx(0.749445676274945, rel=1e-12)


def test_factor_loadings_agree_with_statsmodels():
    from statsmodels.multivariate.factor import Factor

    rows = answers()
    oracle = Factor(rows, n_factor=1, method="ml").fit()
    found = omega_from_scores(rows.tolist())
    loadings = oracle.loadings[:, 0] * np.sign(oracle.loadings.sum())

    assert found.loadings == pytest.approx(loadings.tolist(), abs=1e-5)
    assert found.uniquenesses == pytest.approx(oracle.uniqueness.tolist(), abs=1e-5)
    assert found.omega_standardised == pytest.approx(
        mcdonald_omega(loadings, oracle.uniqueness).omega, rel=1e-6
    )


# Three items are fitted exactly: each loading is the root of r12 r13 / r23 and so on.
def test_three_items_are_fitted_exactly():
    rows = answers(loadings=LOADINGS[:3])
    r = np.corrcoef(rows, rowvar=False)
    found = omega_from_scores(rows)

    assert found.loadings[0] == pytest.approx(np.sqrt(r[0, 1] * r[0, 2] / r[1, 2]), abs=1e-6)
    assert found.loadings[1] == pytest.approx(np.sqrt(r[0, 1] * r[1, 2] / r[0, 2]), abs=1e-6)
    assert found.loadings[2] == pytest.approx(np.sqrt(r[0, 2] * r[1, 2] / r[0, 1]), abs=1e-6)


def test_many_answers_find_the_model_they_were_drawn_from():
    found = omega_from_scores(answers(people=100_000))

    assert found.loadings == pytest.approx(LOADINGS.tolist(), abs=0.02)
    assert found.omega == pytest.approx(0.749445676274945, abs=0.01)


def test_items_that_measure_to_the_same_degree_have_the_omega_that_is_alpha():
    rows = answers(people=100_000, loadings=np.full(4, 0.6))

    assert omega_from_scores(rows).omega == pytest.approx(cronbach_alpha(rows).alpha, abs=0.002)


def test_the_sum_of_answers_weighs_items_by_their_spread():
    rows = answers(people=2000)
    stretched = omega_from_scores(rows * [10, 1, 1, 1])

    assert stretched.omega_standardised == pytest.approx(omega_from_scores(rows).omega_standardised, abs=1e-6)
    # Nearly all of the sum is now the first item, with a loading of 0.8.
    assert stretched.omega == pytest.approx(0.71, abs=0.05)


def test_an_item_scored_the_wrong_way_round_is_seen():
    rows = answers() * [1, 1, 1, -1]
    found = omega_from_scores(rows)

    assert found.has_opposite_items
    assert found.loadings[3] < 0 < found.loadings[0]
    assert not omega_from_scores(answers()).has_opposite_items


def test_people_with_a_gap_are_left_out_and_counted():
    rows = answers().tolist()
    found = omega_from_scores([*rows, [None, 1, 2, 3]])

    assert found.omega == omega_from_scores(rows).omega
    assert (found.n, found.n_dropped) == (300, 1)


def improper():
    """Items of which the second and third hang together only through the first."""
    one, two, three = np.random.default_rng(8).normal(size=(3, 500))
    return np.column_stack([one, one * 0.9 + two * 0.44, one * 0.9 - two * 0.2 + three * 0.4])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 2], [2, 3], [3, 4]], "fewer than three items"),
        ([[1, 2, 3], [2, 3, 5], [3, 4, 4]], "no more people than items"),
        ([[1, 2, 0.1], [2, 3, 0.1], [3, 5, 0.1], [4, 4, 0.1]], "the same answer from everybody"),
        ([[1, 1, 2], [2, 2, 3], [3, 3, 5], [4, 4, 4], [5, 5, 1]], "repeat each other exactly"),
        (improper(), "improper solution"),
    ],
)
def test_an_omega_that_does_not_exist_says_why(rows, reason):
    with pytest.raises(Undefined, match=reason):
        omega_from_scores(rows)


def test_a_model_without_variance_has_no_omega():
    for nothing, reason in ((([], []), "no items"), (([0, 0], [0, 0]), "no variance")):
        with pytest.raises(Undefined, match=reason):
            mcdonald_omega(*nothing)


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda: mcdonald_omega([0.5], [0.5, 0.5]), "one number for every item"),
        (lambda: mcdonald_omega([0.5, None], [0.5, 0.5]), "one number for every item"),
        (lambda: mcdonald_omega([0.5], [-0.5]), "none can be negative"),
        (lambda: mcdonald_omega(["0.5"], [0.5]), "loadings must be a number"),
        (lambda: omega_from_scores([[1, 2, 3], [1, 2]]), "same length"),
        (lambda: omega_from_scores([[1, 2, "3"], [1, 2, 3]]), "rows must be a number"),
    ],
)
def test_wrong_input_is_refused_by_name(measure, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        measure()
    assert not isinstance(refusal.value, Undefined)


models = st.lists(st.tuples(st.floats(0.1, 2), st.floats(0.01, 2)), min_size=1, max_size=6)


@settings(max_examples=25)
@given(models, st.randoms(use_true_random=False), st.sampled_from([-1e-140, 3, 1e70]))
def test_omega_sees_no_order_and_no_unit(model, chance, unit):
    found = mcdonald_omega([loading for loading, _ in model], [unique for _, unique in model]).omega
    mixed = chance.sample(model, len(model))
    moved = mcdonald_omega(
        [loading * unit for loading, _ in mixed], [unique * unit**2 for _, unique in mixed]
    )

    assert moved.omega == pytest.approx(found)
    assert 0 < found < 1
    assert mcdonald_omega([one for one, _ in model * 2], [two for _, two in model * 2]).omega > found


@settings(max_examples=5)
@given(st.integers(0, 1000), st.sampled_from([-1e-150, 1e100]), st.integers(-5, 5))
def test_omega_of_answers_sees_no_order_no_zero_and_no_unit(seed, unit, shift):
    rows = answers(seed=seed)
    found = omega_from_scores(rows)
    moved = omega_from_scores((rows[::-1, ::-1] + shift) * unit)

    assert moved.omega == pytest.approx(found.omega, abs=1e-6)
    assert moved.loadings == pytest.approx(found.loadings[::-1], abs=1e-4)
