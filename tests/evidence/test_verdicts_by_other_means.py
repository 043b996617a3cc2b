"""Both verdicts beside the same rules written down a second time, with scipy and plain fractions."""

import calendar
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from driehoek.evidence.deadlines import deadline
from driehoek.evidence.methods import METHODS, answer_one
from driehoek.evidence.worth import break_even

FORMS = ("relative_change", "absolute_change", "level", "count")
numbers = st.sampled_from(
    ["-1", "0", "0.0", "2.0", "2.4", "2.76", "3.60", "4.0", "4.14", "4.6", "70", "80.5", "85"]
)
days = st.dates(date(2026, 1, 1), date(2029, 1, 1)) | st.sampled_from(
    [date(2028, 2, 29), date(2026, 8, 31), date(2026, 1, 31), date(2027, 12, 31), date(2026, 2, 28)]
)


def ask(method, **given):
    answer = answer_one({"method": method, "input": given}, METHODS)
    assert "result" in answer, answer
    return answer["result"]


def months_later(day, months):
    """Counted day by day through the calendar, not by arithmetic on years."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def expected(form, direction, target, baseline, value, measured, start, last, today):
    over = today > last
    if value is None or measured > today:
        return "no_data" if over else "not_due"
    if not over:
        return "not_due"
    if not start <= measured <= last:
        return "not_assessable"
    value, target = Fraction(value), Fraction(target)
    if form in ("level", "count"):
        return "reached" if (value >= target if direction == "up" else value <= target) else "not_reached"
    if baseline is None or (form == "relative_change" and Fraction(baseline) <= 0):
        return "not_assessable"
    moved = value - Fraction(baseline)
    moved = moved if direction == "up" else -moved
    needed = target * Fraction(baseline) if form == "relative_change" else target
    return "reached" if moved >= needed else "not_reached"


@settings(max_examples=600)
@given(
    st.sampled_from(FORMS),
    st.sampled_from(["up", "down"]),
    st.sampled_from(["0", "0.15", "0.5", "1", "15", "4.6"]),
    st.none() | numbers,
    st.none() | numbers,
    days,
    st.integers(0, 14),
    st.sampled_from([-400, -30, -1, 0, 1, 5]),
    st.sampled_from([-100, -1, 0, 1, 60]),
)
def test_a_criterion_is_judged_as_the_rules_say(
    form, direction, target, baseline, value, start, months, apart, asked
):
    last = months_later(start, months)
    measured, today = last + timedelta(apart), last + timedelta(asked)
    given_ = {"form": form, "direction": direction, "target": target, "baseline": baseline, "value": value}
    dates = {"start": start.isoformat(), "months": months, "today": today.isoformat()}
    found = ask(
        "verdict.criterion", **given_, **dates, measured=None if value is None else measured.isoformat()
    )
    assert found["deadline"] == last.isoformat()
    assert found["status"] == expected(form, direction, target, baseline, value, measured, start, last, today)


@given(days, st.integers(0, 500), st.integers(0, 60))
def test_a_longer_period_never_ends_sooner(start, length, months):
    assert deadline(start, days=length + 1) == deadline(start, days=length) + timedelta(1)
    assert deadline(start, months=months) <= deadline(start, months=months + 1)
    assert deadline(start, months=months).day <= start.day


def status_of(low, high, target, direction):
    low, high = (low, high) if direction == "up" else (-high, -low)
    return "demonstrated" if low >= target else "excluded" if high < target else "not_demonstrated"


scores = st.lists(st.floats(1, 5).map(lambda one: round(one, 1)), min_size=4, max_size=9)


@pytest.mark.filterwarnings("ignore:Precision loss")  # scipy, of raters who nearly all moved the same
@settings(max_examples=60)
@given(scores, scores, st.sampled_from(["up", "down"]), st.sampled_from([0.8, 0.95, 0.99]))
def test_raters_are_judged_by_the_t_interval_of_scipy(before, after, direction, confidence):
    facts = {"form": "absolute_change", "direction": direction, "target": 0.31, "confidence": confidence}
    n = min(len(before), len(after))
    pairs = np.subtract(after[:n], before[:n])
    if np.ptp(pairs) > 1e-9:
        ends = stats.ttest_rel(after[:n], before[:n]).confidence_interval(confidence)
        found = ask("verdict.certainty", pre_by_rater=before[:n], post_by_rater=after[:n], **facts)
        assert (found["method"], found["status"]) == ("paired_t", status_of(*ends, 0.31, direction))
        assert found["interval"] == pytest.approx(list(ends), abs=1e-9)
    if np.ptp(before) > 0 or np.ptp(after) > 0:
        ends = stats.ttest_ind(after, before, equal_var=False).confidence_interval(confidence)
        found = ask("verdict.certainty", pre=before, post=after, **facts)
        assert (found["method"], found["status"]) == ("welch", status_of(*ends, 0.31, direction))
        assert found["interval"] == pytest.approx(list(ends), abs=1e-9)


@settings(max_examples=60)
@given(st.integers(1, 60), st.integers(0, 60), st.floats(100, 3000), st.floats(100, 3000))
def test_counts_are_judged_by_the_exact_binomial_interval(before, after, out_of_before, out_of_after):
    ends = stats.binomtest(after, before + after).proportion_ci(0.95)
    low, high = (share / (1 - share) * out_of_before / out_of_after - 1 for share in ends)
    counts = {"events_pre": before, "events_post": after}
    volumes = {"exposure_pre": out_of_before, "exposure_post": out_of_after}
    facts = {"form": "relative_change", "direction": "down", "target": 0.5}
    found = ask("verdict.certainty", **counts, **volumes, **facts)
    assert (found["method"], found["status"]) == ("rate_ratio", status_of(low, high, 0.5, "down"))
    assert found["interval"] == pytest.approx([low, high], rel=1e-7, abs=1e-9)


@settings(max_examples=60)
@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 30))
def test_a_share_has_an_interval_unless_everybody_or_too_few_answered(answers, silent):
    from statsmodels.stats.proportion import proportion_confint

    successes, n = answers
    facts = {"form": "share_at_least", "target": 0.8, "successes": successes, "n": n, "invited": n + silent}
    found = ask("verdict.certainty", **facts)
    if not silent:
        status = "demonstrated" if Fraction(successes, n) >= Fraction(4, 5) else "excluded"
        assert (found["method"], found["status"], found["interval"]) == ("whole_group", status, None)
    elif Fraction(n, n + silent) < Fraction(3, 5):
        assert (found["status"], found["reason"]) == ("not_assessable", "too_few_answered")
    else:
        ends = proportion_confint(successes, n, method="wilson")
        assert (found["method"], found["status"]) == ("wilson", status_of(*ends, 0.8, "up"))
        assert found["interval"] == pytest.approx(list(ends), abs=1e-9)


@settings(max_examples=25)
@given(st.integers(0, 16), st.integers(0, 16))
def test_the_number_of_points_decides_what_a_series_can_carry(before, after):
    rng = np.random.default_rng(before * 17 + after)
    series = {"A": rng.normal(10, 1, before).tolist(), "B": rng.normal(12, 1, after).tolist()}
    found = ask("verdict.certainty", form="level", target=11, **series)
    fewest = min(before, after)
    if before < 2 or after < 1:
        assert (found["method"], found["status"]) == ("none", "not_assessable")
    elif fewest >= 12:
        assert found["method"] == "reml_ar1"
    else:
        method = "levels_nap_tau" if fewest >= 5 else "levels"
        assert (found["method"], found["status"], found["interval"]) == (method, "not_assessable", None)
    assert ("nap" in found["beside"]) == (fewest >= 5)


@given(st.floats(0, 1e6), st.floats(0.01, 1e4), st.floats(1, 100))
def test_what_costs_more_or_is_worth_less_must_bring_more(costs, value, factor):
    assert break_even(costs * factor, value) >= break_even(costs, value)
    assert break_even(costs, value * factor) <= break_even(costs, value)
    assert break_even(costs, value) * value == pytest.approx(costs)
