"""The calendar file: days and times that other programs read right, and nothing else."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest

from driehoek.access import Role
from driehoek.documents.calendar import Event, calendar_text
from driehoek.sessions.actions import plan_series, write_notes
from tests.makers import person_of
from tests.sessions.makers import make_coaching, page, signed_in

MOMENT = datetime(2026, 10, 22, 8, tzinfo=UTC)


def one(**given):
    return Event(**({"uid": "1@here", "starts_at": MOMENT, "ends_at": MOMENT, "title": "Session"} | given))


def read(text):
    return icalendar.Calendar.from_ical(text)


@pytest.mark.django_db
def test_other_programs_read_the_right_moments_on_both_sides_of_the_clock_change():
    engagement = make_coaching(
        logistics={"first_session_on": "2026-10-22", "session_count": 2, "every_weeks": 1}
    )
    plan_series(engagement, by=person_of(engagement, Role.COACH))

    answer = signed_in(engagement, Role.COACHEE).get(page(engagement, "calendar"))

    events = read(answer.content.decode()).walk("VEVENT")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert [event.decoded("DTSTART").astimezone(UTC) for event in events] == [
        datetime(2026, 10, 22, 8, tzinfo=UTC),
        datetime(2026, 10, 29, 9, tzinfo=UTC),
    ]
    assert events[0].decoded("DTEND").astimezone(UTC) == datetime(2026, 10, 22, 9, tzinfo=UTC)


def test_the_rules_of_the_zone_in_the_file_give_the_offsets_of_the_zone():
    zone = read(calendar_text([one()], written_at=MOMENT)).walk("VTIMEZONE")[0].to_tz()

    for wall in (datetime(2026, 10, 24, 10), datetime(2026, 10, 26, 10), datetime(2027, 3, 29, 10)):
        assert zone.utcoffset(wall) == ZoneInfo("Europe/Amsterdam").utcoffset(wall)


@pytest.mark.django_db
def test_the_file_holds_no_word_of_the_engagement():
    engagement = make_coaching(title="Nee leren zeggen")
    session = plan_series(engagement, by=person_of(engagement, Role.COACH))[0]
    write_notes(session, texts={"question": "Hoe zeg ik nee?"}, by=person_of(engagement, Role.COACHEE))

    client = signed_in(engagement, Role.COACH)
    dutch = client.get(page(engagement, "calendar"), headers={"accept-language": "nl"}).content.decode()
    english = client.get(page(engagement, "calendar"), headers={"accept-language": "en"}).content.decode()

    assert {str(event["SUMMARY"]) for event in read(dutch).walk("VEVENT")} == {"Sessie"}
    assert {str(event["SUMMARY"]) for event in read(english).walk("VEVENT")} == {"Session"}
    for word in ("Nee leren", "zeg ik", "Johan", "Marijke"):
        assert word not in dutch + english


def test_lines_end_as_the_standard_asks_and_no_line_is_too_long_nor_cut_through_a_character():
    title = "Één gesprek; met komma, en \\ én 😀 " * 8

    text = calendar_text([one(title=title)], written_at=MOMENT)

    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.endswith("END:VCALENDAR\r\n")
    assert str(read(text).walk("VEVENT")[0]["SUMMARY"]) == title


def test_the_second_of_two_equal_clock_times_is_said_in_utc():
    late = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30 for the second time that night

    event = read(calendar_text([one(starts_at=late)], written_at=MOMENT)).walk("VEVENT")[0]

    assert event.decoded("DTSTART").astimezone(UTC) == late


def test_a_zone_without_rules_of_its_own_is_written_in_utc():
    text = calendar_text([one()], written_at=MOMENT, time_zone="Asia/Tokyo")

    assert "VTIMEZONE" not in text
    assert read(text).walk("VEVENT")[0].decoded("DTSTART") == MOMENT


def test_a_moved_session_is_a_later_version_of_the_same_event():
    event = read(calendar_text([one(version=2)], written_at=MOMENT)).walk("VEVENT")[0]

    assert (str(event["UID"]), event["SEQUENCE"]) == ("1@here", 2)
