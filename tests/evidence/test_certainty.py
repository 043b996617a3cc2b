"""How sure: the interval decides, and where there is none that is said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from driehoek.evidence.certainty import of_raters, of_share

BEFORE, AFTER = [3, 4, 3, 2, 4], [4, 4, 4, 3, 5]
RISE = {"matched": True, "form": "absolute_change", "direction": "up"}
FEW = st.lists(st.integers(1, 5), min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("target", "status"), [(0.2, "demonstrated"), (0.5, "not_demonstrated"), (1.4, "excluded")]
)
def test_where_the_interval_lies_beside_the_target_decides(target, status):
    found = of_raters(BEFORE, AFTER, target=target, **RISE)
    assert found.status == status
    assert (found.method, found.n) == ("paired_t", {"before": 5, "after": 5})
    assert found.estimate == pytest.approx(0.8)
    assert (found.low, found.high) == pytest.approx(
        (0.244710978960441, 1.35528902103956)
    )  # R: t.test(paired)


def test_a_fall_is_judged_downwards():
    found = of_raters(AFTER, BEFORE, matched=True, form="absolute_change", direction="down", target=0.2)
    assert found.status == "demonstrated"
    assert found.high < -0.2


def test_raters_who_are_not_the_same_people_are_compared_by_welch():
    found = of_raters(BEFORE, AFTER, matched=False, form="absolute_change", direction="up", target=0)
    assert found.method == "welch"
    oracle = stats.ttest_ind(AFTER, BEFORE, equal_var=False).confidence_interval()
    assert (found.low, found.high) == pytest.approx((oracle.low, oracle.high))


def test_a_level_is_judged_on_the_last_wave_alone():
    found = of_raters([], AFTER, matched=True, form="level", direction="up", target=3)
    assert (found.status, found.method, found.n["after"]) == ("demonstrated", "one_sample_t", 5)


def test_a_relative_change_has_the_interval_of_a_ratio():
    found = of_raters(BEFORE, AFTER, matched=True, form="relative_change", direction="up", target=0.15)
    assert found.estimate == pytest.approx(0.25)
    for end in (found.low, found.high):  # at each end the ratio is just not refused by the t test
        rest = np.array(AFTER) - (1 + end) * np.array(BEFORE)
        t = rest.mean() / (rest.std(ddof=1) / np.sqrt(5))
        assert abs(t) == pytest.approx(2.776445, rel=1e-5)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ([3, 4, 3], [4, 5, 4], "too_few_raters"),
        ([3, 4, 3, None, 2], [4, None, 4, 3, 3], "too_few_raters"),
        ([3, 4, 3, 2], [4, 5, 4, 3], "no_spread"),
        ([3.1, 4.1, 3.7, 2.2], [3.7, 4.7, 4.3, 2.8], "no_spread"),
    ],
)
def test_without_an_interval_nothing_is_said(before, after, reason):
    found = of_raters(before, after, target=0.5, **RISE)
    assert (found.status, found.reason) == ("not_assessable", reason)
    assert found.estimate is None


@pytest.mark.parametrize(
    ("before", "reason"),
    [([0, 0, 0, 0], "start_not_above_zero"), ([-1, 2, -3, 4, 0.1], "start_too_uncertain")],
)
def test_a_percentage_of_a_start_that_may_be_nothing_has_no_bounds(before, reason):
    found = of_raters(
        before,
        [1, 2, 1, 2, 3][: len(before)],
        matched=True,
        form="relative_change",
        direction="up",
        target=0.1,
    )
    assert (found.status, found.reason) == ("not_assessable", reason)


@given(FEW, st.floats(-10, 10), st.integers(1, 4))
@settings(max_examples=40, deadline=None)
def test_neither_the_order_of_raters_nor_a_shift_of_the_scale_matters(scores, shift, turn):
    after = [score + (place % 3) * 0.5 for place, score in enumerate(scores)]
    first = of_raters(scores, after, target=0.3, **RISE)
    turned = [scores[turn:] + scores[:turn], after[turn:] + after[:turn]]
    moved = of_raters(*([one + shift for one in wave] for wave in turned), target=0.3, **RISE)
    assert moved.estimate == pytest.approx(first.estimate, abs=1e-6)
    assert moved.low == pytest.approx(first.low, abs=1e-6)


@pytest.mark.parametrize(
    ("yes", "n", "invited", "status", "reason"),
    [
        (16, 20, None, "not_demonstrated", "target_inside_interval"),
        (16, 20, 26, "not_demonstrated", "target_inside_interval"),
        (20, 20, 21, "demonstrated", "whole_interval_on_target"),
        (5, 20, 26, "excluded", "whole_interval_short_of_target"),
        (16, 20, 20, "demonstrated", "everybody_answered"),
        (15, 20, 20, "excluded", "everybody_answered"),
        (8, 9, 40, "not_assessable", "too_few_answered"),
        (0, 0, 40, "not_assessable", "nobody_answered"),
    ],
)
def test_a_share_of_people(yes, n, invited, status, reason):
    found = of_share(yes, n, target=0.8, invited=invited)
    assert (found.status, found.reason) == (status, reason)
    assert (found.low is None) == (reason in ("everybody_answered", "too_few_answered", "nobody_answered"))


def test_what_the_silent_could_have_said_stands_beside_a_share():
    beside = of_share(8, 9, target=0.8, invited=40).beside
    assert beside == {"lowest": 0.2, "highest": 39 / 40}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"target": -0.1}, "negative change"),
        ({"confidence": 95}, "confidence"),
        ({"form": "count"}, "change or a level"),
        ({"direction": "left"}, "direction"),
        ({"before": [1, 2, 3]}, "one length"),
    ],
)
def test_what_cannot_be_is_refused(wrong, says):
    facts = {"before": BEFORE, "after": AFTER, "target": 0.5, **RISE} | wrong
    with pytest.raises(ValueError, match=says):
        of_raters(facts.pop("before"), facts.pop("after"), **facts)


@pytest.mark.parametrize(("yes", "n", "invited"), [(5, 4, None), (4, 4, 3), (-1, 3, None)])
def test_answers_that_cannot_be_are_refused(yes, n, invited):
    with pytest.raises(ValueError, match="answers"):
        of_share(yes, n, target=0.8, invited=invited)
