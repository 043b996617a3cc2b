from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from driehoek.evidence.ratings import (
    all_alike,
    both_given,
    comparable,
    complete_rows,
    count,
    ends_of_scale,
    measurement_error,
    real_spread,
    scores,
    size,
    table,
    usable_reliability,
    with_gaps,
)
from driehoek.evidence.undefined import Undefined


def test_a_gap_is_left_out_and_never_a_zero():
    assert scores("ratings", [4, None, 2]).tolist() == [4, 2]


def test_every_kind_of_number_is_read():
    given = [1, 2.5, Decimal("0.5"), Fraction(1, 4), np.int64(3), np.float32(2)]

    assert with_gaps("ratings", given).tolist() == [1, 2.5, 0.5, 0.25, 3, 2]
    assert with_gaps("ratings", np.array([1, 2])).tolist() == [1, 2]
    assert table("rows", np.array([[1, 2], [3, 4]])).tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (["4", 2], "ratings must be a number"),
        ([True, 2], "ratings must be a number"),
        ([float("nan"), 2], "finite"),
        (np.array([np.nan, 2]), "finite"),
        ([10**400], "finite"),
        ([1e200], "too large"),
        (np.array([1e200]), "too large"),
        ("42", "must be a list"),
        (4, "must be a list"),
        ([[1, 2]], "ratings must be a number"),
    ],
)
def test_what_is_no_list_of_scores_is_refused_by_name(given, reason):
    with pytest.raises(ValueError, match=reason):
        with_gaps("ratings", given)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1, 2], [1]], "same length"),
        ([], "at least one"),
        ([[]], "at least one"),
        ([1, 2], "must be rows"),
        (["12", "34"], "must be rows"),
        ("12", "must be rows"),
        (np.array([1, 2]), "must be rows"),
    ],
)
def test_what_is_no_table_is_refused(rows, reason):
    with pytest.raises(ValueError, match=reason):
        table("rows", rows)


def test_a_row_with_a_gap_is_left_out_and_counted():
    found, dropped = complete_rows(table("rows", [[1, 2, 3], [4, None, 6], [7, 8, 9]]))

    assert found.tolist() == [[1, 2, 3], [7, 8, 9]]
    assert dropped == 1


def test_only_complete_pairs_stay_and_the_others_are_counted():
    one, other, dropped = both_given("pre", [1, None, 3], "post", [2, 3, None])

    assert (one.tolist(), other.tolist(), dropped) == ([1], [2], 2)
    with pytest.raises(ValueError, match="the same people"):
        both_given("pre", [1], "post", [1, 2])


def test_the_last_bits_of_a_subtraction_are_no_difference():
    pre, post = np.array([3.3, 1.3]), np.array([4.3, 2.3])

    assert np.ptp(post - pre) > 0
    assert all_alike(post - pre, pre, post)
    assert not all_alike(np.array([1, 1.001]), pre, post)


def test_comparable_numbers_lie_around_zero_and_within_one():
    assert comparable(np.array([1e140, 3e140])).tolist() == [-1, 1]
    assert comparable(np.array([1e-300, 3e-300])).tolist() == [-1, 1]
    assert comparable(np.array([0.1, 0.1, 0.1])).tolist() == [0, 0, 0]


def test_counts_and_sizes_are_checked():
    assert count("n", np.int64(3)) == 3
    assert count("n", 1) == 1
    assert size("sd", Decimal("0.5")) == 0.5
    for wrong in (0, 2.0, True, "3"):
        with pytest.raises(ValueError, match="n must be a whole number of at least 1"):
            count("n", wrong)
    with pytest.raises(ValueError, match="sd must be 0 or more"):
        size("sd", -1)


def test_a_measurement_error_exists_only_with_spread_and_an_imperfect_reliability():
    assert measurement_error(10, 0.75) == 5
    for sd, reliability, reason in [
        (0, 0.5, "sd_pre is zero"),
        (1e-200, 0.5, "sd_pre is zero"),
        (5, 1, "a perfect reliability"),
        (5, -0.1, "the reliability is negative"),
    ]:
        with pytest.raises(Undefined, match=reason):
            measurement_error(sd, reliability)
    for sd, reliability, reason in [(-1, 0.5, "sd_pre"), (5, 80, "reliability must"), ("5", 0.8, "sd_pre")]:
        with pytest.raises(ValueError, match=reason):
            measurement_error(sd, reliability)
    assert usable_reliability(1) == 1
    assert real_spread("sd", 0.1) == 0.1


def test_a_scale_runs_from_low_to_high():
    assert ends_of_scale([1, 5]) == (1, 5)
    for wrong in ((5, 1), (1, 1), (1,), "15", 5):
        with pytest.raises(ValueError, match="scale must"):
            ends_of_scale(wrong)
