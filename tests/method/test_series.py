from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from driehoek.method.series import as_rule, milestones, plan_series, rule_of


def clocks(plan):
    return [f"{one.starts_local:%d-%m %H:%M} {one.starts_utc:%H:%M}" for one in plan]


def test_ten_o_clock_stays_ten_o_clock_when_summer_time_ends():
    plan = plan_series(date(2026, 10, 22), at=time(10), every_weeks=1, count=2)

    assert clocks(plan) == ["22-10 10:00 08:00", "29-10 10:00 09:00"]


def test_ten_o_clock_stays_ten_o_clock_when_summer_time_starts():
    plan = plan_series(date(2027, 3, 25), at=time(10), every_weeks=1, count=2)

    assert clocks(plan) == ["25-03 10:00 09:00", "01-04 10:00 08:00"]


def test_a_series_runs_on_into_the_new_year():
    plan = plan_series(date(2026, 12, 17), at=time(14, 30), every_weeks=3, count=3)

    assert [str(one.starts_local.date()) for one in plan] == ["2026-12-17", "2027-01-07", "2027-01-28"]
    assert [one.number for one in plan] == [1, 2, 3]


def test_a_skipped_day_moves_on_in_rhythm_until_all_are_planned():
    plan = plan_series(
        date(2026, 12, 10), at=time(10), every_weeks=1, count=3, skip=[date(2026, 12, 24), date(2026, 12, 31)]
    )

    assert [one.starts_local.day for one in plan] == [10, 17, 7]


def test_a_time_that_does_not_exist_moves_on_by_the_skipped_hour_and_says_so():
    [session] = plan_series(date(2027, 3, 28), at=time(2, 30), every_weeks=1, count=1)

    assert session.clock_change == "hour_skipped"
    assert clocks([session]) == ["28-03 03:30 01:30"]


def test_a_time_that_exists_twice_takes_the_first_and_says_so():
    [session] = plan_series(date(2026, 10, 25), at=time(2, 30), every_weeks=1, count=1)

    assert session.clock_change == "hour_repeated"
    assert clocks([session]) == ["25-10 02:30 00:30"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"every_weeks": 0},
        {"every_weeks": 53},
        {"count": 0},
        {"count": 201},
        {"at": time(10, tzinfo=UTC)},
    ],
)
def test_a_series_nobody_can_plan_is_refused(wrong):
    asked = {"at": time(10), "every_weeks": 3, "count": 7} | wrong

    with pytest.raises(ValueError, match=r"must be|without a timezone"):
        plan_series(date(2026, 1, 1), **asked)


def test_a_series_past_the_end_of_the_calendar_is_refused():
    with pytest.raises(ValueError, match="end of the calendar"):
        plan_series(date(9999, 12, 20), at=time(10), every_weeks=1, count=9)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 8), st.integers(1, 20))
def test_every_session_is_on_the_same_weekday_and_clock_time(first, every_weeks, count):
    plan = plan_series(first, at=time(9, 15), every_weeks=every_weeks, count=count)

    assert len(plan) == count
    assert {(one.starts_local.weekday(), one.starts_local.time()) for one in plan} == {
        (first.weekday(), time(9, 15))
    }
    assert all(one.starts_local == one.starts_utc for one in plan)
    assert plan[-1].starts_local.date() - first == timedelta(weeks=every_weeks * (count - 1))


def test_milestones_are_whole_weeks_after_the_start():
    due = [one.due_on for one in milestones(date(2026, 9, 1), [4, 8, 12])]

    assert due == [date(2026, 9, 29), date(2026, 10, 27), date(2026, 11, 24)]
    with pytest.raises(ValueError, match="0 or more"):
        milestones(date(2026, 9, 1), [-1])


ZONES = st.sampled_from(["Europe/Amsterdam", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"])


def moments_of(rule, first, zone):
    turns = plan_series(
        first.date(), at=first.time(), every_weeks=rule.every_weeks, count=rule.count, timezone=zone
    )
    return [one.starts_utc for one in turns if one.starts_utc not in rule.leaves_out]


@given(
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    st.integers(1, 52),
    st.integers(2, 12),
    st.sets(st.integers(0, 11)),
    ZONES,
)
def test_the_rule_is_found_again_in_the_moments_of_a_series(first, every_weeks, count, skipped, zone):
    skip = {first + timedelta(weeks=every_weeks * turn) for turn in skipped}
    plan = plan_series(first, at=time(10), every_weeks=every_weeks, count=count, timezone=zone, skip=skip)
    if as_rule(plan, every_weeks=every_weeks, timezone=zone) is None:
        return

    moments = [one.starts_utc for one in plan]
    found = rule_of(moments, timezone=zone)

    assert moments_of(found, plan[0].starts_local, zone) == moments


@pytest.mark.parametrize("days", [[], [0], [0, 0], [0, 3], [0, 7, 10]])
def test_moments_without_a_rhythm_of_weeks_have_no_rule(days):
    begin = datetime(2026, 11, 3, 9, tzinfo=UTC)

    assert rule_of([begin + timedelta(days=day) for day in days]) is None
