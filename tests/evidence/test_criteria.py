from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.evidence.criteria import CriterionTerms, Observation, judge, share_at_or_above
from driehoek.evidence.deadlines import deadline

START = date(2026, 1, 10)
END = deadline(START, months=6)
AFTER = date(2026, 7, 20)
SCORES = [8, 7, 9, 6, 7, 8, 10, 7, 5, 8, 9, 7, 7, 6, 8, 9, 7, 8, 7, 4]


def agreed(form="relative_change", direction="up", target="0.15", baseline="3.20", start=START, end=END):
    starting_value = None if baseline is None else Decimal(baseline)
    return CriterionTerms(form, direction, Decimal(target), start, end, starting_value)


def measured(value, on=date(2026, 7, 1)):
    return Observation(on, Decimal(value))


def test_a_rise_of_more_than_fifteen_percent_is_reached():
    verdict = judge(agreed(), [measured("3.74")], AFTER)

    assert (verdict.status, verdict.change) == ("reached", Fraction("0.16875"))


@pytest.mark.parametrize("baseline", ["2.0", "2.2", "2.4", "3.6", "4.0"])
def test_an_exact_hit_is_reached_where_binary_floats_say_no(baseline):
    value = str(Decimal(baseline) * Decimal("1.15"))

    assert judge(agreed(baseline=baseline), [measured(value)], AFTER).status == "reached"


def test_a_level_downwards_is_reached_at_the_level_itself():
    terms = agreed("level", "down", "5.0", "7.5")

    assert judge(terms, [measured("5.0")], AFTER).status == "reached"
    assert judge(terms, [measured("5.1")], AFTER).status == "not_reached"


def test_before_the_deadline_nothing_is_due():
    terms = agreed("level", "up", "90", "70", end=deadline(START, months=4))
    verdict = judge(terms, [], date(2026, 3, 1))

    assert (verdict.status, verdict.deadline, verdict.in_window) == ("not_due", date(2026, 5, 10), None)


def test_a_share_of_sixteen_in_twenty_reaches_eighty_percent():
    start = date(2026, 3, 1)
    terms = agreed("share_at_least", target="0.80", baseline=None, start=start, end=deadline(start, days=30))
    share = share_at_or_above([Decimal(score) for score in SCORES], Decimal(7))
    verdict = judge(terms, [Observation(date(2026, 3, 20), share)], date(2026, 4, 10))

    assert (verdict.status, verdict.deadline, verdict.value) == ("reached", date(2026, 3, 31), Fraction(4, 5))


def test_a_value_measured_late_is_a_deviation_and_not_a_success():
    start = date(2026, 3, 1)
    terms = agreed("relative_change", "down", "0.50", "0.040", start, deadline(start, days=90))
    verdict = judge(terms, [measured("0.015", date(2026, 6, 2))], date(2026, 6, 10))

    assert (verdict.status, verdict.reason) == ("not_assessable", "measured_late")
    assert (verdict.in_window, verdict.deadline) == (False, date(2026, 5, 30))


def test_percent_and_percentage_points_are_two_forms():
    percent = agreed("relative_change", target="0.15", baseline="70")
    points = agreed("absolute_change", target="15", baseline="70")

    assert judge(percent, [measured("80.5")], AFTER).status == "reached"
    assert judge(points, [measured("80.5")], AFTER).status == "not_reached"
    assert judge(points, [measured("85")], AFTER).status == "reached"


def test_a_fall_has_a_negative_change_and_reaches_at_its_size():
    verdict = judge(agreed(direction="down", target="0.50", baseline="40"), [measured("20")], AFTER)

    assert (verdict.status, verdict.change) == ("reached", Fraction(-1, 2))


@pytest.mark.parametrize(
    ("form", "baseline", "reason"),
    [
        ("relative_change", None, "baseline_missing"),
        ("absolute_change", None, "baseline_missing"),
        ("relative_change", "0", "baseline_zero"),
        ("relative_change", "-2", "baseline_negative"),
    ],
)
def test_a_change_without_a_usable_baseline_cannot_be_assessed(form, baseline, reason):
    verdict = judge(agreed(form, baseline=baseline), [measured("3")], AFTER)

    assert (verdict.status, verdict.reason, verdict.change) == ("not_assessable", reason, None)


def test_a_change_in_points_from_zero_can_be_assessed():
    assert (
        judge(agreed("absolute_change", target="3", baseline="0"), [measured("3")], AFTER).status == "reached"
    )


def test_the_deadline_day_itself_counts_and_the_next_day_does_not():
    assert judge(agreed(), [measured("3.74", END)], AFTER).status == "reached"
    assert judge(agreed(), [measured("3.74", END + timedelta(1))], AFTER).reason == "measured_late"


def test_on_the_deadline_day_it_is_not_due_and_a_day_later_it_is():
    assert judge(agreed(), [measured("3.74")], END).status == "not_due"
    assert judge(agreed(), [measured("3.74")], END + timedelta(1)).status == "reached"


def test_before_the_deadline_it_tells_whether_the_value_is_on_target():
    early = judge(agreed(), [measured("3.74", date(2026, 3, 1))], date(2026, 4, 1))

    assert (early.status, early.on_target, early.in_window) == ("not_due", True, True)


def test_the_last_value_in_the_window_counts_whatever_the_order():
    values = [measured("3.30", date(2026, 6, 1)), measured("3.90", date(2026, 2, 1))]

    assert judge(agreed(), values, AFTER).status == "not_reached"


def test_values_outside_the_window_are_counted_apart():
    values = [measured("9", date(2025, 12, 1)), measured("3.74"), measured("1", date(2026, 7, 15))]
    verdict = judge(agreed(), values, AFTER)

    assert (verdict.status, verdict.others) == ("reached", 2)


def test_a_running_total_of_six_sessions_is_reached():
    terms = agreed("count", target="6", baseline=None)

    assert judge(terms, [measured("4", date(2026, 5, 1)), measured("6")], AFTER).status == "reached"
    assert judge(terms, [measured("5")], AFTER).status == "not_reached"


def test_nothing_measured_is_no_data_also_when_the_baseline_is_missing():
    assert judge(agreed(baseline=None), [], AFTER).status == "no_data"


def test_only_a_value_from_before_the_window_cannot_be_assessed():
    assert judge(agreed(), [measured("3.74", date(2026, 1, 9))], AFTER).reason == "measured_early"


def test_a_value_dated_in_the_future_is_left_out():
    verdict = judge(agreed(), [measured("3.74", date(2026, 5, 1))], date(2026, 4, 1))

    assert (verdict.status, verdict.value) == ("not_due", None)


def test_two_values_on_the_last_day_cannot_be_assessed_unless_they_agree():
    assert judge(agreed(), [measured("3.74"), measured("3.20")], AFTER).reason == "two_values_on_one_day"
    assert judge(agreed(), [measured("3.74"), measured("3.740")], AFTER).status == "reached"
    assert judge(agreed(), [measured("3.74"), measured("3.20")], date(2026, 7, 2)).status == "not_due"


def test_a_share_typed_as_eighty_is_not_taken_for_eighty_percent():
    terms = agreed("share_at_least", target="0.80", baseline=None)

    assert judge(terms, [measured("80")], AFTER).reason == "share_out_of_range"


@pytest.mark.parametrize(
    ("anchor", "months", "last_day"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 2, 28), 6, date(2026, 8, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
        (date(2026, 5, 1), 0, date(2026, 5, 1)),
    ],
)
def test_a_deadline_in_months_respects_the_end_of_the_month(anchor, months, last_day):
    assert deadline(anchor, months=months) == last_day


@pytest.mark.parametrize(
    "wrong",
    [{}, {"months": 1, "days": 1}, {"months": -1}, {"days": -1}, {"months": 99_999}, {"days": 9_999_999}],
)
def test_a_deadline_nobody_can_find_is_refused(wrong):
    with pytest.raises(ValueError, match=r"months or days|before its anchor|end of the calendar"):
        deadline(date(2026, 1, 1), **wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"form": "median"},
        {"direction": "sideways"},
        {"target": Decimal("-0.15")},
        {"target": Decimal("NaN")},
        {"baseline": Decimal("Infinity")},
        {"form": "share_at_least", "target": Decimal(80)},
        {"form": "share_at_least", "target": Decimal("0.8"), "direction": "down"},
        {"deadline": date(2025, 1, 1)},
    ],
)
def test_terms_nobody_could_judge_are_refused(wrong):
    with pytest.raises(ValueError, match=r"\w"):
        replace(agreed(), **wrong)


def test_a_float_is_not_a_value_to_judge_on():
    with pytest.raises(TypeError, match="Decimal or a Fraction"):
        Observation(START, 4.6)
    with pytest.raises(ValueError, match="finite"):
        Observation(START, Decimal("NaN"))


def test_a_share_of_no_scores_does_not_exist():
    with pytest.raises(ValueError, match="at least one score"):
        share_at_or_above([], Decimal(7))


decimals = st.decimals(Decimal("0.01"), Decimal(1000), places=2)


@given(decimals, decimals, decimals)
def test_a_rise_is_the_mirror_of_a_fall(baseline, target, moved):
    up = CriterionTerms("absolute_change", "up", target, START, END, baseline)
    down = replace(up, direction="down")

    risen = judge(up, [Observation(END, baseline + moved)], AFTER)
    fallen = judge(down, [Observation(END, baseline - moved)], AFTER)
    assert (risen.status, risen.change) == (fallen.status, -(fallen.change or 0))


@given(decimals, decimals, decimals, st.integers(1, 50))
def test_another_unit_does_not_change_a_relative_verdict(baseline, target, value, factor):
    terms = CriterionTerms("relative_change", "up", target, START, END, baseline)
    larger = replace(terms, baseline=baseline * factor)

    one = judge(terms, [Observation(END, value)], AFTER)
    other = judge(larger, [Observation(END, Fraction(value) * factor)], AFTER)
    assert (one.status, one.change) == (other.status, other.change)


@pytest.mark.parametrize("value", ["9.99", "0.01"])
@pytest.mark.parametrize("today", [date(2026, 5, 2), date(2027, 1, 1)])
def test_what_stopped_inside_its_window_is_neither_reached_nor_missed(value, today):
    verdict = judge(agreed(), [measured(value, on=date(2026, 4, 1))], today, date(2026, 5, 1))
    assert (verdict.status, verdict.reason) == ("stopped_early", "stopped_in_window")
    assert verdict.on_target is (value == "9.99")


def test_stopping_changes_nothing_before_the_last_day_is_over_or_once_the_window_had_ended():
    value = [measured("9.99", on=date(2026, 4, 1))]
    assert judge(agreed(), value, date(2026, 5, 1), date(2026, 5, 1)).status == "not_due"
    assert judge(agreed(), value, END + timedelta(days=9), END).status == "reached"
