"""What single figures give away, by hand; and numbers as they are given to the functions of this room."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence.given import exact, placed, present
from driehoek.evidence.privacy import differencing, dp_mean, l_diversity
from driehoek.evidence.undefined import Undefined


def test_one_person_fewer_gives_away_that_person():
    # 6 x 23/6 - 5 x 18/5 = 5
    found = differencing(mean_all=3.83333333333333, n_all=6, mean_without=3.6, n_without=5)
    assert (found.recovered_value, found.n_recovered) == (pytest.approx(5), 1)


@given(st.lists(st.integers(1, 5), min_size=2, max_size=20), st.integers(1, 19))
@settings(max_examples=50)
def test_what_is_recovered_is_the_mean_of_the_others(answers, left):
    part = answers[: min(left, len(answers) - 1)]
    found = differencing(
        mean_all=sum(answers) / len(answers),
        n_all=len(answers),
        mean_without=sum(part) / len(part),
        n_without=len(part),
    )
    others = answers[len(part) :]
    assert found.n_recovered == len(others)
    assert found.recovered_value == pytest.approx(sum(others) / len(others))


@pytest.mark.parametrize(
    ("given_", "known", "distinct"),
    [
        ({"n": 5, "mean": 5}, True, 1),
        ({"n": 5, "mean": 1}, True, 1),
        ({"n": 9, "mean": 3, "sd": 0}, True, 1),
        ({"n": 1, "mean": 3}, True, 1),
        ({"n": 5, "mean": 3}, False, 1),
        ({"n": 5, "mean": 3, "sd": 1}, False, 2),
        ({"n": 5, "mean": 3.2}, False, 2),
        ({"n": 5, "mean": 3.2, "are_whole": False}, False, 1),
    ],
)
def test_a_mean_that_gives_away_everybody_is_known(given_, known, distinct):
    found = l_diversity(scale=(1, 5), **given_)
    assert (found.all_individual_answers_known, found.distinct_l) == (known, distinct)


def test_noise_for_a_team_drowns_it():
    # Sensitivity 4 / 10; P(|noise| > t) = exp(-t / 0.4) = 0.05
    found = dp_mean(n=10, lower=1, upper=5, epsilon=1)
    assert (found.sensitivity, found.laplace_scale, found.error_bound_95) == pytest.approx(
        (0.4, 0.4, 1.1982929094216)
    )
    assert math.exp(-found.error_bound_95 / found.laplace_scale) == pytest.approx(0.05)
    assert dp_mean(n=400, lower=1, upper=5, epsilon=0.5).error_bound_95 == pytest.approx(0.06, abs=1e-3)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ((lambda: differencing(mean_all=math.nan, n_all=2, mean_without=1, n_without=1)), "finite"),
        ((lambda: differencing(mean_all=3, n_all=2.0, mean_without=1, n_without=1)), "whole"),
        ((lambda: differencing(mean_all=3, n_all=2, mean_without=1, n_without=2)), "n_without"),
        ((lambda: l_diversity(n=0, mean=3, scale=(1, 5))), "n is"),
        ((lambda: l_diversity(n=3, mean=6, scale=(1, 5))), "mean"),
        ((lambda: l_diversity(n=3, mean=3, scale=(5, 1))), "scale"),
        ((lambda: l_diversity(n=3, mean=3, scale=(1, 5), sd=-1)), "sd"),
        ((lambda: dp_mean(n=0, lower=1, upper=5, epsilon=1)), "n is"),
        ((lambda: dp_mean(n=9, lower=5, upper=1, epsilon=1)), "lower"),
        ((lambda: dp_mean(n=9, lower=1, upper=5, epsilon=0)), "epsilon"),
        ((lambda: present("before", [1, "2"])), "before"),
        ((lambda: present("before", [True])), "before"),
        ((lambda: exact("target", "0.8")), "target"),
        ((lambda: exact("target", math.inf)), "target"),
    ],
)
def test_wrong_input_is_refused_by_name(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        wrong()


def test_missing_values_are_left_out_and_keep_their_place():
    assert present("before", [Decimal("1.5"), None, Fraction(1, 4), 2]).tolist() == [1.5, 0.25, 2]
    assert placed("before", [None, 7])[0].tolist() == [2]
    with pytest.raises(Undefined, match="before has 1 values, and at least 2"):
        present("before", [None, 7], 2)
