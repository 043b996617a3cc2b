import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.evidence import attainment as attainment_module
from driehoek.evidence.attainment import level_in_words, summarise, t_change, t_score, weighted_mean
from driehoek.evidence.undefined import Undefined

levels = st.lists(st.integers(-2, 2), min_size=1, max_size=10)


# R 4.2.2, formula of Kiresuk & Sherman (1968), as gasr::calc_tscore; the second and third are printed in
# the README of gasr.
@pytest.mark.parametrize(
    ("attainment", "weights", "expected"),
    [
        ([0, 0, 0], None, 50),
        ([2, 2, 2], None, 77.3861278752583),
        ([0, 1, 1], None, 59.1287092917528),
        ([1], None, 60),
        ([1, 0, -1, 2], [6, 2, 1, 9], 67.0207012673386),
    ],
)
def test_t_agrees_with_r(attainment, weights, expected):
    assert t_score(attainment, weights) == pytest.approx(expected, rel=1e-12)


def test_change_agrees_with_r():
    change = t_change([-1, -1, -1], [0, 1, 0])

    assert change.t_baseline == pytest.approx(36.3069360623708)
    assert change.t_achieved == pytest.approx(54.5643546458764)
    assert change.change == pytest.approx(18.2574185835055)


def test_two_of_three_goals_are_said_as_two_of_three():
    summary = summarise([0, 1, -1])

    assert (summary.reached, summary.rated, summary.goals) == (2, 3, 3)
    assert summary.t_score == 50


def test_under_three_rated_goals_there_is_no_score():
    assert summarise([0, 1]).t_score is None
    assert summarise([0, 1, None]).t_score is None
    assert summarise([]).t_score is None


def test_a_goal_not_rated_is_left_out_with_its_weight():
    assert summarise([2, 0, 1, None], [1, 2, 3, 100]).t_score == t_score([2, 0, 1], [1, 2, 3])
    assert summarise([2, 0, 1], [0, 0, 0]).t_score is None


@pytest.mark.parametrize(
    ("attainment", "weights", "reason"),
    [([], [], "no goals rated"), ([0, 1], [0, 0], "all weights are zero")],
)
def test_a_score_that_does_not_exist_says_why(attainment, weights, reason):
    with pytest.raises(Undefined, match=reason):
        t_score(attainment, weights)


@pytest.mark.parametrize(
    ("attainment", "weights", "rho"),
    [
        ([3], None, 0.3),
        ([0.5], None, 0.3),
        ([True], None, 0.3),
        ([0, 1], [1], 0.3),
        ([0], [-1], 0.3),
        ([0], [float("nan")], 0.3),
        ([0], None, 1.1),
    ],
)
def test_levels_weights_and_rho_out_of_range_are_refused(attainment, weights, rho):
    with pytest.raises(ValueError, match=r"level|weight|rho"):
        t_score(attainment, weights, rho)


def test_change_needs_the_same_goals():
    with pytest.raises(ValueError, match="same goals"):
        t_change([0], [0, 1])


@given(levels, st.floats(0.01, 100))
def test_one_factor_on_all_weights_changes_nothing(attainment, factor):
    assert t_score(attainment, [factor] * len(attainment)) == pytest.approx(t_score(attainment))


@given(levels)
def test_the_opposite_levels_lie_as_far_below_fifty(attainment):
    assert t_score(attainment) - 50 == pytest.approx(50 - t_score([-level for level in attainment]))


def test_the_examples_run():
    assert doctest.testmod(attainment_module).failed == 0


# By hand: (6 * 1 + 2 * 0 + 1 * -1 + 9 * 2) / 18.
def test_the_weighted_mean_by_hand():
    found = weighted_mean([1, 0, -1, 2, None], [6, 2, 1, 9, 4])

    assert found.weighted_mean == pytest.approx(23 / 18)
    assert (found.rated, found.goals) == (4, 5)
    assert weighted_mean([1, 0]).weighted_mean == 0.5


def test_a_weighted_mean_that_does_not_exist_says_why():
    for attainment, weights, reason in (
        ([], None, "no goals rated"),
        ([None], None, "no goals rated"),
        ([1, 2, None], [0, 0, 5], "all weights are zero"),
    ):
        with pytest.raises(Undefined, match=reason):
            weighted_mean(attainment, weights)
    with pytest.raises(ValueError, match="a level is a whole number"):
        weighted_mean([3])
    with pytest.raises(ValueError, match="need 2 weights"):
        weighted_mean([1, 2], [1])


@given(levels, st.sampled_from([1e-300, 7, 1e307]))
def test_the_weighted_mean_sees_no_unit_of_weights_and_turns_with_the_levels(attainment, unit):
    weights = [1 + place for place in range(len(attainment))]
    found = weighted_mean(attainment, weights).weighted_mean

    assert weighted_mean(attainment, [weight * unit for weight in weights]).weighted_mean == pytest.approx(
        found
    )
    assert weighted_mean([-level for level in attainment], weights).weighted_mean == pytest.approx(-found)
    assert min(attainment) - 1e-9 <= found <= max(attainment) + 1e-9


@pytest.mark.parametrize(
    ("outcome", "baseline", "level"),
    [
        ("much_more", -1, 2),
        ("somewhat_more", -2, 1),
        ("as_expected", -1, 0),
        ("partly", -1, -1),
        ("partly", -2, -1),
        ("same_as_before", -1, -1),
        ("same_as_before", -2, -2),
        ("worse_than_before", -1, -2),
    ],
)
def test_words_become_levels(outcome, baseline, level):
    assert level_in_words(outcome, baseline) == level


@pytest.mark.parametrize(
    ("outcome", "baseline", "reason"),
    [
        ("worse_than_before", -2, "nothing worse was possible"),
        ("better", -1, "not one of the outcomes"),
        ("as_expected", 0, "baseline must be -1"),
    ],
)
def test_words_that_cannot_be_are_refused(outcome, baseline, reason):
    with pytest.raises(ValueError, match=reason):
        level_in_words(outcome, baseline)


@given(levels, st.sampled_from([1e-300, 1e-170, 1e300]))
def test_huge_and_tiny_weights_give_the_same_t(attainment, unit):
    weights = [1 + place for place in range(len(attainment))]
    found = t_score(attainment, [weight * unit for weight in weights])

    assert found == pytest.approx(t_score(attainment, weights))
