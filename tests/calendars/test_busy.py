"""What stands in a calendar of one's own takes time: not offered, and refused; nothing else is known."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from driehoek.access import Role
from driehoek.booking.queries import booking_of, free_for
from driehoek.caldav.apart import busy_apart
from driehoek.caldav.events import busy_in
from driehoek.caldav.troubles import Trouble
from driehoek.calendars.models import Busy, Connection, Remark
from driehoek.kit import clock
from driehoek.vault.keys import forget
from tests.booking.makers import EN, MONDAY, NOW, at, book_page, make_booked
from tests.calendars.makers import TITLE, connect, event, follow, look, page
from tests.makers import make_meeting, make_person, person_of
from tests.sessions.makers import make_coaching, make_session, signed_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _on_a_saturday():
    clock.move_to(NOW)


def free(engagement):
    availability = booking_of(engagement).availability
    return set(free_for(engagement, availability, minutes=60))


@pytest.mark.parametrize("role", [Role.COACH, Role.COACHEE])
def test_what_stands_in_a_calendar_is_not_offered_and_refused_at_the_moment_of_booking(theirs, role):
    engagement = make_booked()
    theirs.put("a", event("a", MONDAY, MONDAY + HOUR))
    connect(person_of(engagement, role), theirs)
    coachee = signed_in(engagement, Role.COACHEE)

    offered = coachee.get(book_page(engagement, "choose"), headers=EN).content.decode()
    refused = coachee.post(book_page(engagement, "confirm", at(MONDAY)), headers=EN).content.decode()

    assert book_page(engagement, "confirm", at(MONDAY)) not in offered
    assert book_page(engagement, "confirm", at(MONDAY + HOUR)) in offered
    assert "This time was just taken." in refused
    assert TITLE not in offered + refused
    assert not engagement.sessions.exists()


def test_what_is_free_there_cancelled_or_our_own_does_not_count(theirs):
    engagement = make_booked()
    me = person_of(engagement, Role.COACH)
    session = make_session(engagement, 1, starts_at=MONDAY, series=NOW_SERIES, series_at=MONDAY)
    theirs.put("free", event("free", MONDAY + HOUR, MONDAY + 2 * HOUR, "TRANSP:TRANSPARENT"))
    theirs.put("off", event("off", MONDAY + HOUR, MONDAY + 2 * HOUR, "STATUS:CANCELLED"))
    meeting = make_meeting(engagement)
    for uid in (str(session.pk), str(session.series), str(meeting.pk)):  # as accepted from a letter
        theirs.put(f"letter-{uid}", event(uid, MONDAY, MONDAY + HOUR))
    connect(me, theirs)
    look(me)

    assert not Busy.objects.exists()
    assert not Connection.objects.get().trouble
    assert not Remark.objects.exists()
    assert MONDAY + HOUR in free(engagement)


NOW_SERIES = "7d1c2a34-0000-4000-8000-000000000001"


@pytest.mark.one_database
@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York"])
def test_a_whole_day_is_taken_by_the_clock_of_the_coach(theirs, zone):
    engagement = make_booked(said={"time_zone": zone})
    theirs.put("day", event("day", ";VALUE=DATE:20261201", ";VALUE=DATE:20261202"))
    connect(person_of(engagement, Role.COACH), theirs)

    days = {one.astimezone(booking_of(engagement).zone).date().isoformat() for one in free(engagement)}

    assert "2026-12-01" not in days
    assert {"2026-11-30", "2026-12-02"} <= days


def test_what_repeats_is_at_the_right_hour_on_both_sides_of_the_clock_change(theirs):
    clock.move_to(datetime(2026, 10, 12, 6, tzinfo=UTC))
    engagement = make_booked()
    zoned = (";TZID=Europe/Amsterdam:20261013T100000", ";TZID=Europe/Amsterdam:20261013T110000")
    left_out = "EXDATE;TZID=Europe/Amsterdam:20261103T100000"
    theirs.put("weekly", event("weekly", *zoned, "RRULE:FREQ=WEEKLY;COUNT=5", left_out))
    connect(person_of(engagement, Role.COACH), theirs)

    taken = sorted(Busy.objects.values_list("starts_at", flat=True))

    assert [one.hour for one in taken] == [8, 8, 9, 9]
    assert not set(taken) & free(engagement)
    assert datetime(2026, 11, 3, 9, tzinfo=UTC) in free(engagement)


def test_what_was_known_last_still_counts_and_the_page_says_since_when(theirs):
    engagement = make_booked()
    me = person_of(engagement, Role.COACH)
    theirs.put("a", event("a", MONDAY, MONDAY + HOUR))
    connect(me, theirs)

    theirs.ask("DELETE", theirs.calendar)
    look(me)

    assert MONDAY not in free(engagement)
    said = page(me)
    assert "was last looked at on 28 November 2026 at 10:00" in said
    assert "A calendar that you chose is no longer there. Choose another one." in said
    assert "What was known until then still counts." in said


def test_an_appointment_that_is_made_or_removed_is_known_in_the_next_round_without_reading_what_is_the_same(
    theirs, monkeypatch
):
    engagement = make_booked()
    me = person_of(engagement, Role.COACH)
    connect(me, theirs)
    theirs.put("a", event("a", MONDAY, MONDAY + HOUR))

    assert follow() == 0  # its time has not come
    clock.move_to(NOW + timedelta(minutes=11))
    assert follow() == 1
    assert MONDAY not in free(engagement)
    monkeypatch.setattr("driehoek.calendars.actions.reading.read_busy", None)
    look(me)
    assert not Connection.objects.get().trouble
    monkeypatch.undo()
    theirs.remove("a")
    look(me)
    assert MONDAY in free(engagement)


def test_it_takes_one_question_to_the_database_however_much_is_taken(theirs):
    engagement = make_booked()
    for role in (Role.COACH, Role.COACHEE):
        if role == Role.COACH:
            connect(person_of(engagement, role), theirs)

    def questions():
        forget()
        with CaptureQueriesContext(database) as queries:
            signed_in_page = coachee.get(book_page(engagement, "choose"), headers=EN)
        assert signed_in_page.status_code == 200
        return len(queries)

    coachee = signed_in(engagement, Role.COACHEE)
    questions()
    few = questions()
    calendar = Connection.objects.get().calendars.get()
    Busy.objects.bulk_create(
        Busy(calendar=calendar, starts_at=MONDAY + n * HOUR, ends_at=MONDAY + (n + 1) * HOUR)
        for n in range(200)
    )
    assert questions() == few <= 10


RUBBISH = [
    "",
    "BEGIN:VCALENDAR",
    "\x00\xff" * 100,
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    event("x", ":nonsense", ":nonsense"),
    event("x", ";TZID=No/Where:20261301T990000", ":20261130T090000Z"),
    event("x", MONDAY, ":20261130"),
    event("x", MONDAY, MONDAY + HOUR, "RRULE:FREQ=SECONDLY"),
    event("x", MONDAY, MONDAY + HOUR, "RRULE:FREQ=DAILY;INTERVAL=0"),
    event("x", MONDAY, MONDAY + HOUR, "RRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5,6,7"),
]


@pytest.mark.one_database
def test_of_a_calendar_with_rubbish_in_it_the_rest_counts():
    ends = NOW + timedelta(days=60)
    good = event("good", MONDAY, MONDAY + HOUR)

    busy, unreadable = busy_in([*RUBBISH, good], NOW, ends)

    assert [(one.starts_at, one.uid) for one in busy] == [(MONDAY, "good")]
    assert unreadable == len(RUBBISH)
    with pytest.raises(Trouble, match="nonsense"):
        busy_in(RUBBISH, NOW, ends)


@pytest.mark.one_database
def test_a_rule_that_takes_for_ever_is_stopped_and_the_rest_counts(monkeypatch):
    endless = event("x", MONDAY, MONDAY + HOUR, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")
    good = event("good", MONDAY, MONDAY + HOUR)

    busy, unreadable = busy_apart([endless, good], NOW, NOW + timedelta(days=60))

    assert [(one.starts_at, one.uid, unreadable) for one in busy] == [(MONDAY, "good", 1)]


@pytest.mark.one_database
def test_an_appointment_of_a_hundred_years_is_cut_to_what_can_be_booked(theirs):
    me = make_person()
    make_coaching(coach=me)
    theirs.put("long", event("long", ":20000101T000000Z", ":21000101T000000Z"))

    connect(me, theirs)

    row = Busy.objects.get()
    assert row.starts_at >= NOW - timedelta(days=2)
    assert row.ends_at <= NOW + timedelta(days=400)
