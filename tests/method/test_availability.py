"""Moments at which somebody can be booked, by the clock on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from driehoek.method.availability import Availability, Different, Hours, Unbookable, free_moments, nearest
from driehoek.method.holidays import DaysOff

NINE_TO_FIVE = Hours(time(9), time(17))
EVERY_DAY = {day: [NINE_TO_FIVE] for day in range(7)}
PLAIN = {"notice_hours": 0, "buffer_minutes": 0, "step_minutes": 60}


def walls(moments, zone="Europe/Amsterdam"):
    return [f"{one.astimezone(ZoneInfo(zone)):%d-%m %H:%M}" for one in moments]


def on(day, availability, *, minutes=60, taken=(), now=None):
    now = now or datetime.combine(day - timedelta(days=3), time(8), UTC)
    return free_moments(availability, minutes=minutes, now=now, taken=taken, first=day, last=day)


@pytest.mark.parametrize(
    ("day", "offset"),
    [(date(2026, 10, 24), 2), (date(2026, 10, 25), 1), (date(2027, 3, 27), 1), (date(2027, 3, 28), 2)],
)
def test_nine_stays_nine_on_the_wall_whatever_summer_time_does(day, offset):
    found = on(day, Availability(EVERY_DAY, **PLAIN))

    assert walls(found)[0] == f"{day:%d-%m} 09:00"
    assert found[0].hour == 9 - offset
    assert len(found) == 8


def test_a_night_that_skips_an_hour_has_none_in_it_and_one_that_repeats_it_offers_it_once():
    night = {6: [Hours(time(1), time(4))]}
    by_hour = Availability(night, **PLAIN)

    skipped, repeated = on(date(2027, 3, 28), by_hour), on(date(2026, 10, 25), by_hour)

    assert walls(skipped) == ["28-03 01:00", "28-03 03:00"]
    assert walls(repeated) == ["25-10 01:00", "25-10 02:00", "25-10 03:00"]


def test_hours_in_a_zone_of_half_an_hour_are_those_of_its_own_clock():
    found = on(date(2026, 12, 1), Availability(EVERY_DAY, timezone="Asia/Kolkata", **PLAIN))

    assert walls(found, "Asia/Kolkata")[0] == "01-12 09:00"
    assert (found[0].hour, found[0].minute) == (3, 30)


def test_days_go_on_into_the_new_year_without_the_holidays_that_are_left_out():
    availability = Availability(EVERY_DAY, without=DaysOff(holidays=True), **PLAIN)
    now = datetime(2026, 12, 30, 8, tzinfo=UTC)

    found = free_moments(availability, minutes=480, now=now, last=date(2027, 1, 2))

    assert walls(found) == ["30-12 09:00", "31-12 09:00", "02-01 09:00"]


def test_of_different_days_the_one_added_last_counts_and_also_opens_a_holiday():
    away = Different(date(2026, 12, 21), date(2027, 1, 1))
    still = Different(date(2026, 12, 25), date(2026, 12, 25), (Hours(time(10), time(11)),))
    availability = Availability(EVERY_DAY, different=[away, still], without=DaysOff(holidays=True), **PLAIN)
    now = datetime(2026, 12, 20, 8, tzinfo=UTC)

    found = free_moments(availability, minutes=60, now=now, first=date(2026, 12, 21), last=date(2027, 1, 1))

    assert walls(found) == ["25-12 10:00"]


def test_notice_and_how_far_ahead_bound_what_is_offered():
    availability = Availability(EVERY_DAY, notice_hours=24, days_ahead=2, buffer_minutes=0, step_minutes=60)

    found = free_moments(availability, minutes=60, now=datetime(2026, 12, 1, 13, 1, tzinfo=UTC))

    assert walls(found)[0] == "02-12 15:00"
    assert walls(found)[-1] == "03-12 16:00"


def test_the_buffer_is_kept_before_and_after_what_is_taken():
    availability = Availability(EVERY_DAY, notice_hours=0, buffer_minutes=30, step_minutes=30)
    taken = [(datetime(2026, 12, 1, 11, tzinfo=UTC), datetime(2026, 12, 1, 12, tzinfo=UTC))]

    found = walls(on(date(2026, 12, 1), availability, taken=taken))

    assert "01-12 10:30" in found
    assert not {"01-12 11:00", "01-12 12:30", "01-12 13:00"} & set(found)
    assert "01-12 13:30" in found


def test_the_nearest_others_come_in_the_order_of_the_calendar():
    wanted = datetime(2026, 12, 1, 10, tzinfo=UTC)
    others = [wanted + timedelta(hours=hours) for hours in (-48, 1, -2, 72)]

    assert nearest(others, wanted, count=3) == tuple(sorted(others)[:3])


@pytest.mark.parametrize(
    "wrong", [{"notice_hours": -1}, {"buffer_minutes": 241}, {"days_ahead": 0}, {"step_minutes": 0}]
)
def test_numbers_out_of_range_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Availability(EVERY_DAY, **wrong)


ZONES = st.sampled_from(
    ["Europe/Amsterdam", "Asia/Kolkata", "Australia/Lord_Howe", "America/New_York", "Pacific/Apia", "UTC"]
)
CLOCKS = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
HOURS = st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Hours(*pair))
MOMENTS = st.datetimes(datetime(2026, 10, 20), datetime(2027, 4, 8), timezones=st.just(UTC))
TAKEN = st.lists(
    st.tuples(MOMENTS, st.integers(5, 600)).map(lambda at: (at[0], at[0] + timedelta(minutes=at[1]))),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(
    week=st.dictionaries(st.integers(0, 6), st.lists(HOURS, max_size=3), max_size=7),
    zone=ZONES,
    taken=TAKEN,
    now=MOMENTS,
    minutes=st.sampled_from([15, 45, 60, 90]),
    notice=st.integers(0, 72),
    buffer=st.integers(0, 60),
)
def test_what_is_offered_lies_within_hours_after_the_notice_and_touches_nothing_taken(
    week, zone, taken, now, minutes, notice, buffer
):
    availability = Availability(
        week, timezone=zone, notice_hours=notice, buffer_minutes=buffer, days_ahead=14
    )
    lasts, around = timedelta(minutes=minutes), timedelta(minutes=buffer)

    found = free_moments(availability, minutes=minutes, now=now, taken=taken)

    assert list(found) == sorted(set(found))
    for moment in found:
        assert moment >= now + timedelta(hours=notice)
        assert all(moment + lasts + around <= begins or ends + around <= moment for begins, ends in taken)
        begins = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        ends = (moment + lasts).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        assert any(
            one.opens <= begins.time() and ends.time() <= one.closes and begins.date() == ends.date()
            for one in availability.hours_on(begins.date())
        )


def unbookable(*different, week=None, at=time(10), minutes=60, place="Europe/Amsterdam", **said):
    availability = Availability(week or {}, different=different, **said)
    return Unbookable(availability, at, minutes, until=date(2027, 12, 31), place=place)


def test_a_meeting_over_midnight_is_in_the_way_of_a_day_off_on_either_side():
    friday = Different(date(2026, 12, 18), date(2026, 12, 18))
    late = unbookable(friday, at=time(23, 30))

    assert date(2026, 12, 17) in late
    assert date(2026, 12, 18) in late
    assert date(2026, 12, 19) not in late
    assert date(2026, 12, 17) not in unbookable(friday, at=time(23, 0))  # over at midnight


def test_a_day_off_is_that_of_the_clock_of_the_person():
    friday = Different(date(2026, 12, 18), date(2026, 12, 18))
    there = unbookable(friday, at=time(10), timezone="Asia/Kolkata", place="America/Los_Angeles")

    assert date(2026, 12, 17) in there  # half past eleven at night in Kolkata, until half past twelve
    assert date(2026, 12, 18) in there
    assert date(2026, 12, 16) not in there


def test_after_what_is_looked_at_nothing_stands_in_the_way():
    for_ever = unbookable(Different(date(2026, 12, 1), date.max))

    assert date(2027, 12, 31) in for_ever
    assert date(2028, 1, 1) not in for_ever


def test_an_ordinary_week_makes_no_day_unbookable_and_tells_whether_it_holds():
    mornings = unbookable(week={4: [Hours(time(9), time(10)), Hours(time(10), time(11))]})

    assert date(2026, 12, 18) not in mornings
    assert mornings.in_week(date(2026, 12, 18))
    assert not mornings.in_week(date(2026, 12, 17))
    assert unbookable().in_week(date(2026, 12, 17))  # nothing was said of it
