"""How sure a figure over time is: enough points, or it is said that there are not."""

import numpy as np
import pytest

from driehoek.evidence.certainty_of_series import of_counts, of_series

UP = {"form": "absolute_change", "direction": "up"}


def noisy(level, n, seed, slope=0.0):
    rng = np.random.default_rng(seed)
    return (level + slope * np.arange(n) + rng.normal(0, 1, n)).tolist()


@pytest.mark.parametrize(
    ("before", "after", "reason", "beside"),
    [
        (1, 20, "one_value_before", set()),
        (5, 0, "nothing_after", set()),
        (4, 20, "too_few_points", {"mean_before", "mean_after"}),
        (5, 5, "only_an_indication", {"mean_before", "mean_after", "nap", "tau", "tau_bc"}),
        (11, 30, "only_an_indication", {"mean_before", "mean_after", "nap", "tau", "tau_bc"}),
    ],
)
def test_with_few_points_nothing_is_decided_and_what_may_be_shown_stands_beside(
    before, after, reason, beside
):
    found = of_series(noisy(70, before, 1), noisy(90, after, 2), target=10, **UP)
    assert (found.status, found.reason) == ("not_assessable", reason)
    assert found.estimate is None
    assert set(found.beside) == beside


def test_twelve_points_in_each_phase_are_judged_where_the_second_line_ends():
    before, after = noisy(70, 12, 1), noisy(90, 12, 2)
    sure = of_series(before, after, target=15, **UP)
    assert (sure.status, sure.method, sure.n) == ("demonstrated", "reml_ar1", {"before": 12, "after": 12})
    assert sure.low < sure.estimate < sure.high
    assert of_series(before, after, target=40, **UP).status == "excluded"
    assert of_series(before, after, target=round(sure.estimate, 1), **UP).status == "not_demonstrated"


def test_a_level_and_a_percentage_are_the_same_line_in_other_terms():
    before, after = noisy(70, 12, 1), noisy(90, 12, 2)
    level = of_series(before, after, form="level", direction="up", target=90)
    share = of_series(before, after, form="relative_change", direction="up", target=0.1, baseline=70)
    assert (share.estimate, share.low) == pytest.approx((level.estimate / 70 - 1, level.low / 70 - 1))


def test_the_distance_to_the_line_that_was_there_already_stands_beside_and_decides_nothing():
    rising = noisy(70, 26, 3, slope=1)
    found = of_series(rising[:13], rising[13:], target=5, **UP)
    assert found.status == "demonstrated"  # it did rise
    assert found.beside["effect_low"] < 0 < found.beside["effect_high"]  # and it was rising already


def test_a_fall_is_judged_downwards_and_a_gap_keeps_its_place():
    after = noisy(60, 14, 2)
    after[3] = None
    found = of_series(noisy(70, 13, 1), after, form="absolute_change", direction="down", target=5)
    assert (found.status, found.n["after"]) == ("demonstrated", 13)


@pytest.mark.parametrize(
    ("before", "after", "form", "reason"),
    [
        ([70.0] * 12, [90.0] * 12, "level", "no_spread"),
        (noisy(0, 12, 1), noisy(9, 12, 2), "relative_change", "start_not_above_zero"),
    ],
)
def test_a_model_that_has_nothing_to_hold_on_to_says_so(before, after, form, reason):
    found = of_series(before, after, form=form, direction="up", target=0.1, baseline=-1)
    assert (found.status, found.reason) == ("not_assessable", reason)


@pytest.mark.parametrize(
    ("after", "exposure", "status"),
    [(18, 3000, "not_demonstrated"), (5, 3000, "demonstrated"), (40, 3000, "excluded")],
)
def test_counted_things_are_compared_by_their_rates(after, exposure, status):
    found = of_counts(41, 3100, after, exposure, form="relative_change", direction="down", target=0.5)
    assert (found.status, found.method) == (status, "rate_ratio")


def test_a_rate_itself_has_an_exact_interval():
    found = of_counts(0, 0, 10, 2, form="level", direction="down", target=10)
    assert (found.status, found.estimate) == ("demonstrated", 5)
    assert (found.low, found.high) == pytest.approx((4.7953887 / 2, 18.3903565 / 2))  # R: poisson.test(10)
    assert of_counts(0, 0, 0, 2, form="level", direction="down", target=1).low == 0


@pytest.mark.parametrize(
    ("events", "form", "reason"),
    [(0, "relative_change", "nothing_counted_before"), (5, "absolute_change", "no_method_for_this_form")],
)
def test_counts_that_cannot_be_compared_are_not(events, form, reason):
    found = of_counts(events, 100, 3, 100, form=form, direction="down", target=0.5)
    assert (found.status, found.reason) == ("not_assessable", reason)


@pytest.mark.parametrize("form", ["share_at_least", "count"])
def test_another_form_is_refused(form):
    with pytest.raises(ValueError, match="tells of"):
        of_series([1, 2], [3, 4], form=form, direction="up", target=0.5)
    with pytest.raises(ValueError, match="tells of"):
        of_counts(1, 2, 3, 4, form=form, direction="up", target=0.5)


@pytest.mark.parametrize(("events", "exposure"), [(-1, 2), (3, 0)])
def test_less_than_nothing_is_not_counted(events, exposure):
    with pytest.raises(ValueError, match="at least 0"):
        of_counts(0, 0, events, exposure, form="level", direction="down", target=1)
