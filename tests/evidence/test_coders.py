import doctest
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import coders
from driehoek.evidence.coders import krippendorff_alpha, weighted_kappa
from driehoek.evidence.undefined import Undefined

LEVELS = [-2, -1, 0, 1, 2]
FIRST = [0, 1, -1, 2, 0, -2, 1, 0, -1, 1]
SECOND = [0, 1, 0, 2, -1, -2, 2, 0, -1, 0]
pairs = st.lists(st.tuples(st.sampled_from(LEVELS), st.sampled_from(LEVELS)), min_size=2, max_size=20)
codings = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.none() | st.integers(0, 4), min_size=raters, max_size=raters), min_size=2, max_size=8
    )
)


def test_the_examples_run():
    assert doctest.testmod(coders).failed == 0


# R 4.2.2, psych::cohen.kappa; irr::kappa2 gives a wrong 0.7059 here, sorting -2 and -1 as text.
def test_kappa_agrees_with_r():
    found = weighted_kappa(FIRST, SECOND, LEVELS, "quadratic")

    assert found.kappa == pytest.approx(0.856115107913669, rel=1e-12)
    assert found.unweighted == pytest.approx(0.487179487179487, rel=1e-12)
    assert (found.n, found.n_dropped) == (10, 0)


@pytest.mark.parametrize(
    ("weights", "power"), [("linear", "linear"), ("quadratic", "quadratic"), ("unweighted", None)]
)
def test_kappa_agrees_with_statsmodels(weights, power):
    from statsmodels.stats.inter_rater import cohens_kappa

    counts = np.zeros((5, 5))
    for one, other in zip(FIRST, SECOND, strict=True):
        counts[LEVELS.index(one), LEVELS.index(other)] += 1

    expected = cohens_kappa(counts, wt=power, return_results=False)

    assert weighted_kappa(FIRST, SECOND, LEVELS, weights).kappa == pytest.approx(expected, rel=1e-12)


# Two of three agree; expected 1/3 * 1/3 + 1/3 * 2/3 = 1/3: (2/3 - 1/3) / (1 - 1/3).
def test_kappa_by_hand():
    assert weighted_kappa(
        ["a", "b", "c"], ["a", "b", "b"], ["a", "b", "c"], "unweighted"
    ).kappa == pytest.approx(0.5)


def test_a_category_that_nobody_used_still_keeps_the_others_apart():
    narrow = weighted_kappa([1, 1, 2, 5], [1, 2, 2, 5], [1, 2, 5])
    wide = weighted_kappa([1, 1, 2, 5], [1, 2, 2, 5], [1, 2, 3, 4, 5])

    assert wide.kappa > narrow.kappa


def test_a_pair_with_a_gap_is_left_out_and_counted():
    found = weighted_kappa([None, *FIRST, 1], [2, *SECOND, None], LEVELS)

    assert found.kappa == weighted_kappa(FIRST, SECOND, LEVELS).kappa
    assert (found.n, found.n_dropped) == (10, 2)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ([], [], "fewer than two"),
        ([1], [1], "fewer than two"),
        ([1, None, 2], [1, 2, None], "fewer than two"),
        ([1, 1, 1], [1, 1, 1], "one and the same category"),
    ],
)
def test_a_kappa_that_does_not_exist_says_why(one, other, reason):
    with pytest.raises(Undefined, match=reason):
        weighted_kappa(one, other, LEVELS)


@pytest.mark.parametrize(
    ("one", "other", "categories", "weights", "reason"),
    [
        ([1, 2], [1], LEVELS, "linear", "the same things"),
        ([1, 7], [1, 2], LEVELS, "linear", "7 is not one of the categories"),
        ([1, [2]], [1, 2], LEVELS, "linear", "is not one of the categories"),
        ([1, 2], [1, 2], [1, 2, 2], "linear", "two or more different"),
        ([1, 1], [1, 1], [1], "linear", "two or more different"),
        ([1, 2], [1, 2], LEVELS, "cubic", "weights must be"),
    ],
)
def test_wrong_input_for_kappa_is_refused(one, other, categories, weights, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        weighted_kappa(one, other, categories, weights)
    assert not isinstance(refusal.value, Undefined)


@settings(max_examples=25)
@given(pairs, st.sampled_from(["unweighted", "linear", "quadratic"]))
def test_kappa_sees_no_order_of_raters_and_no_direction(given_pairs, weights):
    one, other = [a for a, _ in given_pairs], [b for _, b in given_pairs]
    if len({*one, *other}) == 1:
        return
    found = weighted_kappa(one, other, LEVELS, weights).kappa

    assert -1 <= found <= 1
    assert weighted_kappa(other, one, LEVELS, weights).kappa == pytest.approx(found)
    assert weighted_kappa(one, other, LEVELS[::-1], weights).kappa == pytest.approx(found)
    assert weighted_kappa(one * 3, other * 3, LEVELS, weights).kappa == pytest.approx(found)


# README of the package krippendorff (nominal, interval); all digits of R irr::kripp.alpha.
def test_alpha_agrees_with_r():
    gap = None
    found = krippendorff_alpha(
        [
            [gap, gap, gap, gap, gap, 3, 4, 1, 2, 1, 1, 3, 3, gap, 3],
            [1, gap, 2, 1, 3, 3, 4, 3, gap, gap, gap, gap, gap, gap, gap],
            [gap, gap, 2, 1, 3, 4, 4, gap, 2, 1, 1, 3, 3, gap, 4],
        ]
    )

    assert found.nominal == pytest.approx(0.691358024691358, rel=1e-12)
    assert found.ordinal == pytest.approx(0.806721419941315, rel=1e-12)
    assert found.interval == pytest.approx(0.810844892812106, rel=1e-12)
    assert (found.n_units, found.n_values) == (12, 26)


def by_definition(units, level):
    """Krippendorff's alpha pair by pair, with the distances as he prints them."""
    units = [[code for code in unit if code is not None] for unit in units]
    units = [unit for unit in units if len(unit) > 1]
    values = [code for unit in units for code in unit]

    def ordinal(one, other):
        low, high = sorted((one, other))
        ends = (values.count(low) + values.count(high)) / 2
        return (sum(values.count(code) for code in set(values) if low <= code <= high) - ends) ** 2

    distance = {
        "nominal": lambda one, other: float(one != other),
        "ordinal": ordinal,
        "interval": lambda one, other: (one - other) ** 2,
        "ratio": lambda one, other: ((one - other) / (one + other)) ** 2 if one + other else 0,
    }[level]
    observed = sum(sum(distance(*pair) for pair in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    expected = sum(distance(*pair) for pair in permutations(values, 2)) / (len(values) - 1)
    return 1 - observed / expected


@settings(max_examples=25)
@given(codings)
def test_alpha_is_what_the_definition_says_at_every_level(units):
    rows = [list(row) for row in zip(*units, strict=True)]
    useful = [unit for unit in units if sum(code is not None for code in unit) > 1]
    used = {code for unit in useful for code in unit if code is not None}
    if len(useful) < 2 or len(used) < 2:
        with pytest.raises(Undefined):
            krippendorff_alpha(rows)
        return
    found = krippendorff_alpha(rows)

    for level in ("nominal", "ordinal", "interval", "ratio"):
        assert getattr(found, level) == pytest.approx(by_definition(units, level), abs=1e-9), level


@settings(max_examples=25)
@given(codings, st.integers(-50, 50), st.sampled_from([0.001, 3, 1e6]))
def test_alpha_sees_no_order_of_raters_no_zero_and_no_unit(units, shift, unit_size):
    rows = [list(row) for row in zip(*units, strict=True)]
    try:
        found = krippendorff_alpha(rows)
    except Undefined:
        return
    moved = krippendorff_alpha(
        [[None if code is None else code * unit_size + shift for code in row] for row in reversed(rows)]
    )

    assert moved.nominal == pytest.approx(found.nominal)
    assert moved.ordinal == pytest.approx(found.ordinal)
    assert moved.interval == pytest.approx(found.interval, abs=1e-9)


def test_text_has_only_the_nominal_level_and_numbers_below_zero_have_no_ratio():
    text = krippendorff_alpha([["question", "advice", "advice"], ["question", "advice", "question"]])
    numbers = krippendorff_alpha([[-1, 0, 1], [-1, 0, 0]])

    assert text.nominal == pytest.approx(krippendorff_alpha([[1, 2, 2], [1, 2, 1]]).nominal)
    assert (text.ordinal, text.interval, text.ratio) == (None, None, None)
    assert numbers.ratio is None
    assert numbers.interval is not None


def test_too_many_different_values_have_no_ratio_and_take_no_minutes():
    values = np.random.default_rng(3).random(50_000).tolist()

    found = krippendorff_alpha([values, values])

    assert found.interval == 1
    assert found.ratio is None


def test_equal_codes_agree_completely():
    found = krippendorff_alpha([[1, 2, 3], [1, 2, 3]])

    assert (found.nominal, found.ordinal, found.interval, found.ratio) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 2], [None, None]], "fewer than two things"),
        ([[None], [None]], "fewer than two things"),
        ([[1], [2]], "fewer than two things"),
        ([[1, 1], [1, 1]], "every code is the same"),
    ],
)
def test_an_alpha_that_does_not_exist_says_why(rows, reason):
    with pytest.raises(Undefined, match=reason):
        krippendorff_alpha(rows)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 2], [1]], "the same length"),
        ([], "one row per rater"),
        ([1, 2], "one row per rater"),
        ([[1, "a"], [1, 2]], "numbers only, or text only"),
        ([[1, [2]], [1, 2]], "numbers only, or text only"),
        ([[1, True], [1, 2]], "must be a number"),
        ([[1, float("inf")], [1, 2]], "finite"),
    ],
)
def test_wrong_codes_are_refused(rows, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        krippendorff_alpha(rows)
    assert not isinstance(refusal.value, Undefined)
