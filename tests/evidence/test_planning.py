"""What can be said before anything is measured; every number has an origin outside this code."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.evidence.methods import METHODS, answer_one
from driehoek.evidence.planning import (
    chance_by_itself,
    detectable_change,
    return_to_the_mean,
    room_to_move,
    share_by_itself,
)
from driehoek.evidence.proportions import fewest_answers, fewest_successes, wilson_interval


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.255288519878274, 0.3662095769828),  # Newcombe (1998), table I, method 3
        (15, 148, 0.0623863995307363, 0.160487241723308),  # the same
        (0, 20, 0, 0.161125158052819),  # the same
        (16, 20, 0.583982567748107, 0.919342337420202),  # R 4.2.2: binom.confint(16, 20, method="wilson")
    ],
)
def test_interval_is_that_of_the_table(successes, n, low, high):
    assert wilson_interval(successes, n) == pytest.approx((low, high), rel=1e-6)


@given(n=st.integers(1, 400), k=st.integers(0, 400))
def test_interval_holds_the_share_and_mirrors_when_yes_becomes_no(n, k):
    k = min(k, n)
    low, high = wilson_interval(k, n)
    assert 0 <= low <= k / n <= high <= 1
    assert wilson_interval(n - k, n) == pytest.approx((1 - high, 1 - low))


def test_eighty_percent_needs_sixteen_answers():
    # z squared is 3.8415; n / (n + 3.8415) passes 0.8 between 15 and 16.
    assert wilson_interval(15, 15)[0] < 0.8 <= wilson_interval(16, 16)[0]
    assert fewest_answers(0.8) == 16


@given(st.floats(0.05, 0.98))
def test_one_answer_fewer_is_too_few(target):
    n = fewest_answers(target)
    assert fewest_successes(n, target) is not None
    assert n == 1 or fewest_successes(n - 1, target) is None


def test_twenty_nine_of_thirty_must_say_yes():
    # R 4.2.2: the smallest k with binom.confint(k, 30, method="wilson")$lower >= 0.8
    assert fewest_successes(30, 0.8) == 29


@pytest.mark.parametrize("target", [0, 1, -1, 1.2, math.nan])
def test_a_share_nobody_can_show_is_refused(target):
    with pytest.raises(ValueError, match="target"):
        fewest_answers(target)


def test_a_target_beyond_the_scale_is_not_feasible():
    room = room_to_move(baseline=4.7, end_of_scale=5, required=0.15 * 4.7, noise=0.6)
    assert (room.possible, room.required) == pytest.approx((0.3, 0.705))
    assert not room.is_feasible
    assert room.is_demonstrable is False


def test_without_noise_nothing_is_said_about_showing_it():
    assert room_to_move(baseline=3, end_of_scale=5, required=0.5).is_demonstrable is None


@pytest.mark.parametrize(
    ("raters", "simulated"),
    # A simulation, not this formula: scale of 1 to 5, true mean 3.2, spread 0.8, other raters each time.
    [(1, 0.33), (3, 0.23), (5, 0.19), (8, 0.15), (12, 0.10)],
)
def test_chance_alone_comes_close_to_what_was_simulated(raters, simulated):
    chance = chance_by_itself(
        form="relative_change", baseline=3.2, target=0.15, spread=0.8, n_before=raters, n_after=raters
    )
    assert chance == pytest.approx(simulated, abs=0.03)


def test_a_target_of_no_change_is_a_coin():
    same = {"baseline": 3.2, "spread": 0.8, "n_before": 4, "n_after": 4}
    assert chance_by_itself(form="absolute_change", target=0, **same) == pytest.approx(0.5)
    assert chance_by_itself(form="level", target=3.2, **same) == pytest.approx(0.5)


@given(st.integers(1, 40), st.integers(0, 20), st.integers(0, 20))
def test_the_chance_of_a_share_is_the_sum_of_all_ways_to_reach_it(n, start, aim):
    p, target = Fraction(start, 20), Fraction(aim, 20)
    ways = (k for k in range(n + 1) if Fraction(k, n) >= target)
    exact = sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in ways)

    chance = share_by_itself(baseline=start / 20, target=aim / 20, n=n)

    assert chance == pytest.approx(float(exact), abs=1e-9)


@pytest.mark.parametrize(("n", "fewest"), [(1000, 520), (5000, 2600)])
def test_the_chance_of_a_share_is_as_exact_with_many_answers(n, fewest):
    exact = Fraction(sum(math.comb(n, k) for k in range(fewest, n + 1)), 2**n)

    assert share_by_itself(baseline=0.5, target=0.52, n=n) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize(("baseline", "target", "n"), [(1.2, 0.5, 5), (0.5, -0.1, 5), (0.5, 0.5, 0)])
def test_a_share_that_cannot_be_has_no_chance(baseline, target, n):
    with pytest.raises(ValueError, match="from 0 to 1"):
        share_by_itself(baseline=baseline, target=target, n=n)


@given(st.integers(1, 50), st.floats(0.01, 2))
def test_more_people_leave_less_to_chance(people, target):
    few, many = (
        chance_by_itself(form="absolute_change", baseline=3, target=target, spread=0.8, n_before=n, n_after=n)
        for n in (people, people + 1)
    )
    assert many <= few


def test_detectable_change_between_two_persons_is_that_of_weir():
    # MDC95 = 1.96 * sqrt(2) * SEM; with SEM 0.257973 it is 0.715051 (closed form, R 4.2.2).
    assert detectable_change(spread=0.257973, n_before=1, n_after=1) == pytest.approx(0.715051, rel=1e-4)


def test_low_scorers_rise_by_themselves():
    published = return_to_the_mean(mean=60, spread=15, below=40, reliability=0.8)
    assert published.rise == pytest.approx(5.39440460841068)  # Barnett et al. (2005), their example
    chosen = return_to_the_mean(mean=3.6, spread=0.5, below=3, reliability=0.6)
    assert chosen.mean_of_chosen == pytest.approx(2.75622398756741)  # the same formula in R 4.2.2
    assert chosen.rise == pytest.approx(0.337510404973037)
    assert chosen.expected_next == pytest.approx(3.09373439254044)


def test_a_perfect_measure_does_not_return():
    assert return_to_the_mean(mean=3.6, spread=0.5, below=3, reliability=1).rise == 0


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"spread": 0}, "spread"),
        ({"spread": -1}, "spread"),
        ({"reliability": 1.2}, "reliability"),
        ({"below": -60}, "nobody scores that low"),
        ({"mean": math.nan}, "finite"),
        ({"n_baseline": 0}, "at least one"),
    ],
)
def test_impossible_choosing_is_refused(given, sentence):
    usual = {"mean": 3.6, "spread": 0.5, "below": 3, "reliability": 0.6, "n_baseline": 1}
    with pytest.raises(ValueError, match=sentence):
        return_to_the_mean(**usual | given)


def test_what_is_foreseen_can_be_asked_by_name():
    def asked(method, **given):
        return answer_one({"method": method, "input": given}, METHODS)["result"]

    # Smallest n with n of n above 80 %: measures by hand, n / (n + 1.96^2) >= 0.8 from n = 15.4.
    assert asked("planning.fewest_answers", target=0.8) == {"n": 16}
    assert asked("planning.share_alone", baseline=0.5, target=0.8, n=5) == {"chance": 6 / 32}
    alike = {"spread": 0.8, "n_before": 6, "n_after": 6}
    found = asked("planning.detectable_change", **alike)["detectable_change"]
    assert found == pytest.approx(1.959964 * 0.8 * (2 / 6) ** 0.5, rel=1e-6)
    rise = {"form": "absolute_change", "baseline": 3.2, "target": found}
    assert asked("planning.chance_alone", **rise, **alike)["chance"] == pytest.approx(0.025, rel=1e-6)
