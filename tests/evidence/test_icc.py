import doctest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.evidence import icc
from driehoek.evidence.icc import FORMS, shrout_fleiss, shrout_fleiss_interval
from driehoek.evidence.reliability import spearman_brown
from driehoek.evidence.undefined import Undefined

# Shrout & Fleiss (1979), table 2.
RATINGS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
tables = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.integers(1, 7), min_size=raters, max_size=raters), min_size=2, max_size=8
    )
)


def forms(found):
    return [getattr(found, form) for form in FORMS if getattr(found, form) is not None]


def test_the_examples_run():
    assert doctest.testmod(icc).failed == 0


# Shrout & Fleiss (1979), table 4: .17 .29 .71 .44 .62 .91; digits from psych::ICC, which estimates them from
# a mixed model and differs from the analysis of variance in the sixth.
def test_six_forms_of_the_published_example():
    found = shrout_fleiss(RATINGS)

    assert forms(found) == pytest.approx(
        [0.1657422862, 0.2897641937, 0.7148415115, 0.4427980576, 0.6200510217, 0.9093158637], rel=1e-5
    )
    assert (found.n_targets, found.n_raters, found.n_dropped) == (6, 4, 0)


# By hand: people 1.5 and 3.5, raters 2 and 3; sums of squares 4, 1 and 0: BMS 4, JMS 1, EMS 0, WMS 1/2.
def test_forms_by_hand():
    found = shrout_fleiss([[1, 2], [3, 4]])

    assert forms(found) == pytest.approx([3.5 / 4.5, 4 / 5, 1, 7 / 8, 4 / 4.5, 1])


# psych::ICC documented example, R 4.2.2 (ICC2); the limits of the others as it prints them, two decimals.
def test_intervals_of_the_published_example():
    found = shrout_fleiss_interval(RATINGS, "ICC2", confidence=0.95)

    assert found.lower == pytest.approx(0.0187866046514589, rel=1e-4)
    assert found.upper == pytest.approx(0.761084711371385, rel=1e-4)
    assert pytest.approx(11.0272871463863, rel=1e-4) == found.F
    assert (found.df1, found.df2) == (5, 15)
    assert found.p == pytest.approx(0.000134566, rel=1e-4)


@pytest.mark.parametrize(
    ("form", "lower", "upper", "df2"),
    [
        ("ICC1", -0.13, 0.72, 18),
        ("ICC3", 0.34, 0.95, 15),
        ("ICC1k", -0.88, 0.91, 18),
        ("ICC2k", 0.071, 0.93, 15),
        ("ICC3k", 0.676, 0.99, 15),
    ],
)
def test_intervals_of_the_other_forms(form, lower, upper, df2):
    found = shrout_fleiss_interval(RATINGS, form)

    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.006)
    assert found.df2 == df2
    assert found.icc == getattr(shrout_fleiss(RATINGS), form)


def test_people_with_a_gap_are_left_out_and_counted():
    found = shrout_fleiss([*RATINGS, [1, None, 2, 3]])

    assert forms(found) == forms(shrout_fleiss(RATINGS))
    assert (found.n_targets, found.n_dropped) == (6, 1)


def test_raters_who_see_the_opposite_give_a_negative_correlation():
    found = shrout_fleiss([[1, 5], [5, 2], [2, 4], [4, 2]])

    assert found.ICC1 < 0
    assert found.ICC3 < 0


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1], [2]], "one rater"),
        ([[1, 2]], "fewer than two people"),
        ([[1, 2], [None, 3]], "fewer than two people"),
        ([[1, 5], [5, 1], [3, 3]], "everybody has the same mean"),
        ([[0.1, 0.1, 0.1], [0.1, 0.1, 0.1]], "everybody has the same mean"),
    ],
)
def test_a_correlation_that_does_not_exist_says_why(rows, reason):
    with pytest.raises(Undefined, match=reason):
        shrout_fleiss(rows)


@pytest.mark.parametrize("form", FORMS)
def test_raters_who_agree_completely_leave_no_interval(form):
    assert forms(shrout_fleiss([[1, 1, 1], [0.1, 0.1, 0.1], [3, 3, 3]])) == [1] * 6
    with pytest.raises(Undefined, match="F is infinite"):
        shrout_fleiss_interval([[1, 1, 1], [0.1, 0.1, 0.1], [3, 3, 3]], form)


def test_an_interval_without_an_end_is_refused():
    with pytest.raises(Undefined, match="this interval has no end"):
        shrout_fleiss_interval([[1, 4, 6], [5, 1, 2], [2, 2, 6]], "ICC2k")


def test_beyond_the_pole_of_its_formula_only_that_form_has_no_value():
    rows = [[1, 5], [5, 2], [2, 4], [4, 2]]

    assert shrout_fleiss(rows).ICC2k is None
    # Exactly at the pole: BMS 1.5, JMS 6.5 and EMS 9.5, so 1.5 + (6.5 - 9.5) / 2 = 0.
    assert shrout_fleiss([[1, 4, 7], [2, 6, 1]]).ICC2k is None
    with pytest.raises(Undefined, match=r"ICC\(2,k\) has no value"):
        shrout_fleiss_interval(rows, "ICC2k")


@pytest.mark.parametrize(
    ("measure", "reason"),
    [
        (lambda: shrout_fleiss([[1, 2], [3]]), "same length"),
        (lambda: shrout_fleiss([["1", 2], [3, 4]]), "must be a number"),
        (lambda: shrout_fleiss_interval(RATINGS, "ICC4"), "form must be one of"),
        (lambda: shrout_fleiss_interval(RATINGS, "ICC2", confidence=95), "confidence"),
    ],
)
def test_wrong_input_is_refused_by_name(measure, reason):
    with pytest.raises(ValueError, match=reason) as refusal:
        measure()
    assert not isinstance(refusal.value, Undefined)


def test_many_people_far_from_zero_lose_no_digits():
    rng = np.random.default_rng(2)
    rows = rng.normal(0, 1, (50_000, 1)) + rng.normal(0, 1, (50_000, 3))

    assert forms(shrout_fleiss(rows + 1e6)) == pytest.approx(forms(shrout_fleiss(rows)), rel=1e-8)
    assert pytest.approx(0.5, abs=0.02) == shrout_fleiss(rows).ICC1


@settings(max_examples=25)
@given(
    tables, st.randoms(use_true_random=False), st.integers(-100, 100), st.sampled_from([-1e-150, 0.5, 1e100])
)
def test_forms_see_no_order_no_zero_no_unit_and_no_direction(rows, chance, shift, unit):
    try:
        found = shrout_fleiss(rows)
    except Undefined:
        return
    order = chance.sample(range(len(rows[0])), len(rows[0]))
    shuffled = [[row[rater] for rater in order] for row in chance.sample(rows, len(rows))]

    assert forms(shrout_fleiss(shuffled)) == pytest.approx(forms(found), rel=1e-6, abs=1e-9)
    moved = [[(one + shift) * unit for one in row] for row in rows]
    assert forms(shrout_fleiss(moved)) == pytest.approx(forms(found), rel=1e-6, abs=1e-9)


@settings(max_examples=25)
@given(tables)
def test_the_mean_of_raters_is_spearman_brown_of_one(rows):
    try:
        found = shrout_fleiss(rows)
    except Undefined:
        return
    for single, mean in ((found.ICC1, found.ICC1k), (found.ICC2, found.ICC2k), (found.ICC3, found.ICC3k)):
        if single >= 0:
            assert mean == pytest.approx(spearman_brown(single, len(rows[0])), abs=1e-9)


@settings(max_examples=25)
@given(tables, st.sampled_from(FORMS))
def test_an_interval_holds_its_estimate_and_widens_with_confidence(rows, form):
    try:
        narrow, wide = (shrout_fleiss_interval(rows, form, confidence) for confidence in (0.8, 0.95))
    except Undefined:
        return
    assert wide.lower - 1e-9 <= narrow.lower <= narrow.upper <= wide.upper + 1e-9
    assert narrow.upper <= 1
    # The degrees of freedom of ICC(2) are themselves estimated, and may fall short for a negative one.
    if not form.startswith("ICC2") or narrow.icc > 0:
        assert narrow.lower - 1e-9 <= narrow.icc <= narrow.upper + 1e-9
