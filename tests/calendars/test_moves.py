"""Our sessions in a calendar of one's own, and what happens when they are changed there."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.calendars.actions import renew_password
from driehoek.calendars.models import Remark, Written
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.people.models import Person
from driehoek.sessions.actions import cancel_session, move_session
from driehoek.sessions.models import Session
from tests.booking.makers import EN, MONDAY, NOW, make_booked
from tests.calendars.conftest import PASSWORD
from tests.calendars.makers import client_of, connect, event, follow, look, moved, page
from tests.documents.reading import read, read_by_ical_js, starts
from tests.makers import make_person, person_of
from tests.sessions.makers import make_session

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_a_saturday():
    clock.move_to(NOW)


def planned(theirs, role=Role.COACH, language="nl"):
    """A session of which this party has connected a calendar."""
    engagement = make_booked(title="Nee leren zeggen")
    Person.objects.update(language=language)
    session = make_session(engagement, 1, starts_at=MONDAY)
    connect(person_of(engagement, role), theirs)
    assert there(theirs, session) == MONDAY
    return session, person_of(engagement, role)


def there(theirs, session):
    """When the session is by their calendar."""
    found = theirs.get(session.pk)
    return read(found).walk("VEVENT")[0].decoded("DTSTART").astimezone(UTC) if found else None


def here(session):
    return Session.objects.get(pk=session.pk).starts_at


@pytest.mark.one_database
def test_a_session_stands_there_neutral_and_as_their_own_copy(theirs):
    session, _me = planned(theirs)

    text = theirs.get(session.pk)

    [item] = read(text).walk("VEVENT")
    assert (str(item["SUMMARY"]), str(item["UID"]), item["SEQUENCE"]) == ("Gesprek", str(session.pk), 0)
    assert starts(read_by_ical_js(text)) == [MONDAY]
    assert "VTIMEZONE" in text
    for word in ("METHOD", "ATTENDEE", "ORGANIZER", "Nee leren", "Johan", "Marijke"):
        assert word not in text


def test_it_follows_what_happens_here_at_once_and_leaves_when_cancelled(theirs):
    session, me = planned(theirs)

    move_session(session, on=date(2026, 12, 8), at=time(14), by=me)
    assert follow() == 1  # without waiting for the next round
    assert there(theirs, session) == datetime(2026, 12, 8, 13, tzinfo=UTC)
    assert read(theirs.get(session.pk)).walk("VEVENT")[0]["SEQUENCE"] == 1
    cancel_session(Session.objects.get(), by=me)
    follow()

    assert not theirs.get(session.pk)
    assert not Remark.objects.exists()
    assert not Written.objects.exists()


def test_a_move_there_moves_it_here_and_tells_the_other(theirs):
    session, me = planned(theirs)
    moved(theirs, session.pk, TUESDAY)

    look(me)

    assert here(session) == TUESDAY
    assert Session.objects.get().moves == 1
    told = Letter.objects.filter(template="session_moved")
    assert person_of(session.engagement, Role.COACHEE).email in {one.to_address for one in told}
    assert "You moved the session of 30 November 2026 at 10:00 to 1 December 2026 at 10:00." in page(me)
    after = theirs.get(session.pk)
    assert str(read(after).walk("VEVENT")[0]["SUMMARY"]) == "Gesprek"
    assert read(after).walk("VEVENT")[0]["SEQUENCE"] == 8
    look(me)
    assert (Letter.objects.count(), Remark.objects.count(), theirs.get(session.pk)) == (2, 1, after)


def test_a_coachee_moves_only_as_when_booking(theirs):
    session, me = planned(theirs, Role.COACHEE, language="en")
    moved(theirs, session.pk, TUESDAY)
    look(me)
    assert here(session) == TUESDAY

    moved(theirs, session.pk, TUESDAY + timedelta(hours=12))  # in the evening
    look(me)

    assert here(session) == there(theirs, session) == TUESDAY
    said = page(me)
    assert "That is not possible, so it was put back. This time can no longer be booked." in said
    clock.move_to(TUESDAY - timedelta(hours=23))
    moved(theirs, session.pk, TUESDAY + timedelta(days=2))
    look(me)
    assert here(session) == there(theirs, session) == TUESDAY
    assert "It is too late to move this session yourself." in page(me)


@pytest.mark.parametrize("case", ["behind", "taken", "closed", "after the last day"])
def test_a_move_that_is_not_possible_is_put_back_with_the_reason(theirs, case):
    session, me = planned(theirs, language="en")
    to, words = TUESDAY, ""
    if case == "behind":
        to, words = NOW - timedelta(days=2), "This moment lies behind you."
    elif case == "taken":
        make_session(session.engagement, 2, starts_at=TUESDAY)
        words = "There is something else at this time."
    elif case == "closed":
        Engagement.objects.update(stage=Stage.CLOSED)
    else:
        Engagement.objects.update(stage=Stage.CLOSING, stops_on=MONDAY.date())
        words = "This engagement ends on"
    moved(theirs, session.pk, to)

    look(me)

    assert here(session) == there(theirs, session) == MONDAY
    assert f"That is not possible, so it was put back. {words}" in page(me)
    assert not Letter.objects.filter(template="session_moved").exists()
    look(me)
    assert Remark.objects.count() == 1


@pytest.mark.one_database
def test_removed_there_it_still_takes_place_and_comes_back(theirs):
    session, me = planned(theirs)
    theirs.remove(session.pk)

    look(me)

    assert there(theirs, session) == MONDAY
    assert Session.objects.get().is_planned
    assert "It still takes place, so it was put back. Cancel it here if it does not." in page(me)


@pytest.mark.one_database
def test_moved_on_both_sides_what_stands_here_counts(theirs):
    session, me = planned(theirs)
    moved(theirs, session.pk, TUESDAY)
    move_session(session, on=date(2026, 12, 8), at=time(14), by=me)

    look(me)

    assert here(session) == there(theirs, session) == datetime(2026, 12, 8, 13, tzinfo=UTC)
    assert "Here and in your calendar the session of 8 December 2026 at 14:00 was changed." in page(me)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "text",
    [
        lambda uid: event(uid, MONDAY, MONDAY + 2 * HOUR),
        lambda uid: event(uid, MONDAY, MONDAY + HOUR, "RRULE:FREQ=DAILY"),
        lambda uid: event(uid, ";VALUE=DATE:20261201", ";VALUE=DATE:20261202"),
        lambda uid: event(uid, ":20261201T090000", ":20261201T100000"),
    ],
)
def test_made_into_something_else_it_is_put_back(theirs, text):
    session, me = planned(theirs)
    theirs.put(str(session.pk), text(str(session.pk)))

    look(me)

    assert (here(session), there(theirs, session)) == (MONDAY, MONDAY)
    assert Session.objects.get().minutes == 60
    assert "into something else, or of another length. It was put back." in page(me)


@pytest.mark.one_database
def test_a_reminder_of_their_own_stays(theirs):
    session, me = planned(theirs)
    alarm = ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:x", "TRIGGER:-PT15M", "END:VALARM")
    theirs.put(str(session.pk), event(str(session.pk), MONDAY, MONDAY + HOUR, *alarm))

    look(me)
    look(me)

    assert "VALARM" in theirs.get(session.pk)
    assert not Remark.objects.exists()


def test_chosen_in_another_calendar_the_sessions_go_along(theirs):
    session, me = planned(theirs)
    theirs.make("office", "Kantoor")
    client = client_of(me)
    renew_password(me, password=PASSWORD)
    first, second = sorted(me.calendar_connection.calendars.all(), key=lambda one: one.holds_sessions)
    assert second.holds_sessions
    client.post(reverse("calendars:choose"), {"holding": str(first.pk)}, headers=EN)
    follow()

    assert not theirs.get(session.pk)
    moved_to = f"{theirs.server}/{theirs.user}/office/{session.pk}.ics"
    assert theirs.ask("GET", moved_to).status_code == 200


def test_who_no_longer_takes_part_keeps_no_sessions_of_it(theirs):
    session, me = planned(theirs, Role.COACHEE)
    session.engagement.parties.filter(person=me).update(accepted_at=None)

    look(me)

    assert not theirs.get(session.pk)


def test_what_broke_off_half_way_is_finished_once(theirs, monkeypatch):
    session, me = planned(theirs)
    Written.objects.all().delete()  # it was written, and then the power went
    look(me)
    assert (Written.objects.count(), there(theirs, session)) == (1, MONDAY)
    look(me)

    def cut(*_given, **_more):
        raise SystemError

    moved(theirs, session.pk, TUESDAY)
    monkeypatch.setattr("driehoek.calendars.actions.writing.write", cut)
    look(me)  # moved here, and then the power went
    monkeypatch.undo()
    assert here(session) == TUESDAY
    look(me)

    assert there(theirs, session) == TUESDAY
    assert [one.kind for one in Remark.objects.all()] == ["moved"]
    assert Letter.objects.filter(template="session_moved").count() == 2


def test_the_page_takes_as_many_questions_with_many_remarks_and_calendars(theirs):
    _session, me = planned(theirs)

    def questions():
        client = client_of(me)
        client.get(reverse("calendars:show"))
        with CaptureQueriesContext(database) as queries:
            client.get(reverse("calendars:show"))
        return len(queries)

    few = questions()
    own = me.calendar_connection
    Remark.objects.bulk_create(Remark(connection=own, kind="deleted", was_at=MONDAY) for _n in range(200))
    own.calendars.bulk_create(type(own.calendars.get())(connection=own, place=n) for n in range(2, 40))
    assert questions() == few <= 10


def test_a_stranger_sees_nothing_of_a_connection(theirs):
    planned(theirs)

    said = page(make_person())

    assert "Connect my calendar" in said
    assert "Privé" not in said
