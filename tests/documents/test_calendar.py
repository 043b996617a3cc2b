"""Calendar texts: two readers that are not ours find the right moments, in every zone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from driehoek.documents import time_zones
from driehoek.documents.calendar import Asked, Day, Event, Repeats, calendar_text, feed_text
from driehoek.documents.time_zones import zone_lines
from tests.documents.reading import moment, read, read_by_ical_js, starts

MOMENT = datetime(2026, 10, 22, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = ["Europe/Amsterdam", "Asia/Kolkata", "Australia/Lord_Howe", "America/New_York"]
YEARS = range(2026, 2029)


def one(**given):
    return Event(**({"uid": "1", "starts_at": MOMENT, "ends_at": MOMENT + HOUR, "title": "Session"} | given))


def written(*events, **given):
    return calendar_text(events, written_at=MOMENT, **given)


def around_the_changes(zone):
    """Moments a minute and some hours around every change of the clock, and one in each month."""
    moments = []
    for year in YEARS:
        moments += [datetime(year, month, 15, 3, 30, tzinfo=UTC) for month in range(1, 13)]
        for change in time_zones._changes(ZoneInfo(zone), year):
            at = (change.wall - change.before).replace(tzinfo=UTC)
            moments += [at + timedelta(minutes=shift) for shift in (-181, -61, -1, 0, 1, 61, 181)]
    return moments


@pytest.mark.parametrize(
    "zone", [*ZONES, "Africa/Casablanca", "America/Santiago", "Europe/Dublin", "Asia/Gaza"]
)
def test_two_readers_find_every_moment_from_2026_to_2028(zone):
    moments = around_the_changes(zone)
    text = written(*(one(uid=str(n), starts_at=at, time_zone=zone) for n, at in enumerate(moments)))

    assert [event.decoded("DTSTART").astimezone(UTC) for event in read(text).walk("VEVENT")] == moments
    assert starts(read_by_ical_js(text)) == moments


@pytest.mark.parametrize("zone", ZONES)
def test_a_series_stays_on_its_clock_time_over_the_ends_of_summer_time(zone):
    begins = datetime(2026, 10, 14, 10, tzinfo=ZoneInfo(zone))
    turns = [begins + timedelta(weeks=n) for n in range(26)]  # on the wall; up to and past 28 March 2027
    series = one(starts_at=begins, ends_at=begins + HOUR, time_zone=zone, repeats=Repeats(1, 26))

    (event,) = read_by_ical_js(written(series))["events"]

    assert [moment(turn["starts"]) for turn in event["turns"]] == [turn.astimezone(UTC) for turn in turns]
    assert {turn["wall"][11:16] for turn in event["turns"]} == {"10:00"}


def test_a_series_leaves_out_the_days_it_is_told_to():
    begins, without = datetime(2026, 12, 14, 9, tzinfo=UTC), datetime(2026, 12, 28, 9, tzinfo=UTC)
    series = one(starts_at=begins, ends_at=begins + HOUR, repeats=Repeats(1, 4, (without,)))

    (event,) = read_by_ical_js(written(series))["events"]

    assert [turn["starts"][:10] for turn in event["turns"]] == ["2026-12-14", "2026-12-21", "2027-01-04"]


def test_one_turn_that_was_moved_replaces_the_one_of_the_series():
    turn, moved_to = MOMENT + timedelta(weeks=1, hours=1), MOMENT + timedelta(weeks=1, hours=3)
    series = one(repeats=Repeats(1, 3))
    moved = one(starts_at=moved_to, ends_at=moved_to + HOUR, instead_of=turn, version=1)

    (event,) = read_by_ical_js(written(series, moved))["events"]

    assert [moment(found["starts"]) for found in event["turns"]][1] == moved_to
    assert len(event["turns"]) == 3


def test_the_rules_of_every_zone_in_the_world_are_those_of_the_zone_database():
    """Read back by icalendar, at each change of the clock and a second before it."""
    wrong = []
    for zone in sorted(available_timezones()):
        text = "\r\n".join(["BEGIN:VCALENDAR", *zone_lines(zone, 2026, 2028), "END:VCALENDAR", ""])
        assert "RDATE" not in text
        told = read(text).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
        for year in YEARS:
            walls = [datetime(year, 7, 1, 12), datetime(year, 1, 1, 12)]
            walls += [
                change.wall + timedelta(hours=shift) for change in changes(zone, year) for shift in (-6, 6)
            ]
            wrong += [(zone, at) for at in walls if told.utcoffset(at) != ZoneInfo(zone).utcoffset(at)]
    assert wrong == []


def changes(zone, year):
    return time_zones._changes(ZoneInfo(zone), year)


@pytest.mark.parametrize(
    "nonsense", ["", "Mars/Olympus", "../../etc/passwd", "Europe", "x" * 64, "Europe/Amsterdam\n"]
)
def test_a_zone_that_does_not_exist_is_written_in_utc(nonsense):
    text = written(one(time_zone=nonsense))

    assert "VTIMEZONE" not in text
    assert read(text).walk("VEVENT")[0].decoded("DTSTART") == MOMENT


@pytest.mark.parametrize("hour", [0, 1])
def test_a_clock_time_that_comes_twice_is_said_in_utc(hour):
    twice = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)  # both times it is half past two in Amsterdam

    text = written(one(starts_at=twice))

    assert "DTSTART:20261025T" in text
    assert starts(read_by_ical_js(text)) == [twice]


@pytest.mark.parametrize("year", [1, 1900, 9999])
def test_the_first_and_the_last_years_of_the_calendar_break_nothing(year):
    at = datetime(year, 6, 1, tzinfo=UTC)
    for zone in ("Europe/Amsterdam", "Africa/Casablanca"):
        event = read(written(one(starts_at=at, ends_at=at, time_zone=zone))).walk("VEVENT")[0]
        assert event["SEQUENCE"] == 0


def test_lines_end_as_the_standard_asks_and_no_line_is_too_long_nor_cut_through_a_character():
    title = "Één gesprek; met komma, en \\ én 😀 " * 8

    text = written(one(title=title))

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VCALENDAR\r\n")
    assert str(read(text).walk("VEVENT")[0]["SUMMARY"]) == title


def test_an_invitation_names_who_asks_whom_and_a_cancellation_asks_for_no_answer():
    people = {"organiser": "post@driehoek.example", "attendee": "johan@example.org"}
    asks = written(one(), asked=Asked("REQUEST", **people))
    cancels = written(one(version=1, cancelled=True), asked=Asked("CANCEL", **people))

    (event,), (gone,) = (read(text).walk("VEVENT") for text in (asks, cancels))
    assert (read(asks)["METHOD"], read(cancels)["METHOD"]) == ("REQUEST", "CANCEL")
    assert event["ORGANIZER"] == gone["ORGANIZER"] == "mailto:post@driehoek.example"
    assert event["ATTENDEE"] == gone["ATTENDEE"] == "mailto:johan@example.org"
    assert (event["ATTENDEE"].params["RSVP"], event["CLASS"]) == ("TRUE", "PRIVATE")
    assert (gone["STATUS"], gone["SEQUENCE"]) == ("CANCELLED", 1)
    assert "RSVP" not in gone["ATTENDEE"].params


@pytest.mark.parametrize(
    "address", ["a;b@example.org", 'x"y@example.org', "e\r\nATTENDEE:mailto:eve@x.org", "é@é.nl"]
)
def test_an_odd_address_adds_no_line(address):
    text = written(one(), asked=Asked("REQUEST", "post@driehoek.example", address))

    (event,) = read(text).walk("VEVENT")
    assert str(event["ATTENDEE"]).startswith("mailto:")
    assert read_by_ical_js(text)["method"] == "REQUEST"


def test_a_feed_says_how_often_to_come_back_and_asks_nothing():
    text = feed_text(
        [one(), Day("2", date(2026, 11, 3), "Review")], written_at=MOMENT, name="Driehoek", fresh_for=HOUR
    )

    calendar = read(text)
    assert ("METHOD" in calendar, calendar["X-PUBLISHED-TTL"]) == (False, "PT60M")
    assert calendar.decoded("REFRESH-INTERVAL") == HOUR
    assert [event.decoded("DTSTART") for event in calendar.walk("VEVENT")][1] == date(2026, 11, 3)
    assert read_by_ical_js(text)["method"] is None
