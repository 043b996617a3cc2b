"""The calendar that programs read by a secret link: right, neutral, asked often, and shut at once."""

import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role
from driehoek.calendars.actions import renew_feed, switch_off_feed
from driehoek.calendars.models import Feed
from driehoek.kit import clock
from driehoek.kit.logs import WithoutContent
from driehoek.sessions.actions import cancel_session, move_session, plan_series
from driehoek.sessions.models import Session
from tests.documents.reading import moment, read, read_by_ical_js, starts, turns_of
from tests.makers import make_person, person_of
from tests.sessions.makers import NOW, make_coaching, make_session

pytestmark = pytest.mark.django_db
SECRET = "0123456789-no-such-secret-at-all-0123456789_"


def address(secret):
    return reverse("calendars:feed", args=[secret])


def asked(secret, **headers):
    """As a program asks: without a cookie."""
    return Client().get(address(secret), headers=headers)


def text(person):
    return asked(renew_feed(person)).content.decode()


def told(person):
    return read(text(person)).walk("VEVENT")


def planned(first="2026-10-08", **given):
    engagement = make_coaching(logistics={"session_count": 3, "first_session_on": first}, **given)
    return plan_series(engagement, by=person_of(engagement, Role.COACH))


def test_a_person_reads_the_sessions_of_all_engagements_in_which_they_meet():
    me = make_person("Marijke Aalbers")
    mine = planned(coach=me) + planned("2026-10-09", coachee=me)
    planned()  # of others
    make_coaching(manager=me)

    assert sorted(starts(read_by_ical_js(text(me)))) == sorted(one.starts_at for one in mine)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_the_organisation_reads_no_day_at_all(role):
    engagement = planned()[0].engagement

    assert told(person_of(engagement, role)) == []


def test_a_moved_session_has_moved_and_a_cancelled_one_is_marked_so():
    clock.move_to(NOW)
    sessions = planned()
    engagement, coach = sessions[0].engagement, person_of(sessions[0].engagement, Role.COACH)
    move_session(sessions[1], on=date(2026, 11, 3), at=time(14), by=coach)
    cancel_session(sessions[2], by=coach, reason="Ziek")

    first, moved, gone = told(person_of(engagement, Role.COACHEE))

    assert {str(event["UID"]) for event in (first, moved, gone)} == {str(sessions[0].series)}
    assert [event.decoded("RECURRENCE-ID").astimezone(UTC) for event in (moved, gone)] == [
        one.series_at for one in sessions[1:]
    ]
    assert moved.decoded("DTSTART").astimezone(UTC) == datetime(2026, 11, 3, 13, tzinfo=UTC)
    assert [event["SEQUENCE"] for event in (first, moved, gone)] == [0, 1, 1]
    assert [str(event["STATUS"]) for event in (first, moved, gone)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "Asia/Kolkata", "Australia/Lord_Howe", "America/New_York"]
)
@pytest.mark.parametrize("first", ["2026-10-20", "2027-03-23"])
def test_two_readers_find_the_right_moments_on_both_sides_of_a_clock_change(zone, first):
    engagement = make_coaching(
        logistics={"session_count": 3, "first_session_on": first, "every_weeks": 1}, time_zone=zone
    )
    sessions = plan_series(engagement, by=person_of(engagement, Role.COACH))

    said = text(person_of(engagement, Role.COACHEE))

    planned_at = [one.starts_at for one in sessions]
    assert [event.decoded("DTSTART").astimezone(UTC) for event in turns_of(said)] == planned_at
    assert starts(read_by_ical_js(said)) == planned_at
    assert {event["DTSTART"].params["TZID"] for event in read(said).walk("VEVENT")} == {zone}


def test_engagements_in_several_zones_stand_in_one_calendar_each_with_its_own_rules():
    me = make_person()
    zones = ("Europe/Amsterdam", "Asia/Kolkata", "nonsense")
    for zone in zones:
        engagement = make_coaching(coach=me, time_zone=zone)
        make_session(engagement, 1, starts_at=datetime(2026, 12, 1, 9, tzinfo=UTC))
        engagement.versions.update(first_session_on=date(2026, 12, 1), review_after_session=1)

    said = text(me)

    assert {str(one["TZID"]) for one in read(said).walk("VTIMEZONE")} == set(zones[:2])
    sessions = [event for event in read_by_ical_js(said)["events"] if event["title"] == "Gesprek"]
    assert starts({"events": sessions}) == [datetime(2026, 12, 1, 9, tzinfo=UTC)] * 3


def test_it_says_nothing_but_neutral_titles_in_the_language_of_its_reader():
    me = make_person("Johan Verbeek", language="nl")
    session = planned(coachee=me, title="Nee leren zeggen")[0]
    session.engagement.versions.update(first_session_on=date(2026, 10, 8), every_weeks=3)

    answer = asked(renew_feed(me), accept_language="en")

    said = answer.content.decode().replace("\r\n ", "")
    assert {str(event["SUMMARY"]) for event in read(said).walk("VEVENT")} == {"Gesprek", "Terugblik"}
    assert {str(event["CLASS"]) for event in read(said).walk("VEVENT")} == {"PRIVATE"}
    assert answer["Content-Language"] == "nl"
    for word in ("Nee leren", "Johan", "Marijke", "Anneke", "@", "METHOD", "ATTENDEE"):
        assert word not in said


def test_a_program_is_told_what_it_reads_and_how_often_to_come_back():
    answer = asked(renew_feed(make_person()))

    calendar = read(answer.content.decode())
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert (calendar["X-PUBLISHED-TTL"], calendar.decoded("REFRESH-INTERVAL")) == (
        "PT60M",
        timedelta(hours=1),
    )
    assert "no-store" not in answer["Cache-Control"]
    assert "METHOD" not in calendar
    assert not answer.cookies


def test_what_has_not_changed_is_not_sent_again():
    session = planned()[0]
    secret = renew_feed(person_of(session.engagement, Role.COACHEE))
    first = asked(secret)

    for known in ({"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}):
        again = asked(secret, **known)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    assert asked(secret, if_none_match='"something else"').status_code == 200
    assert asked(secret, if_none_match='W/"x", ' + first["ETag"]).status_code == 304
    assert asked(secret, if_modified_since="nonsense").status_code == 200


def test_what_was_sent_compressed_is_known_by_its_mark_too():
    secret = renew_feed(person_of(planned()[0].engagement, Role.COACHEE))
    first = asked(secret, accept_encoding="gzip")

    assert first["Content-Encoding"] == "gzip"
    assert asked(secret, accept_encoding="gzip", if_none_match=first["ETag"]).status_code == 304


@pytest.mark.parametrize("known", [("if_none_match", "ETag"), ("if_modified_since", "Last-Modified")])
@pytest.mark.parametrize("change", ["move", "cancel", "language", "leave"])
def test_whatever_changed_is_sent_to_who_knew_it_as_it_was(known, change):
    clock.move_to(NOW)
    session = planned()[0]
    me, coach = (person_of(session.engagement, role) for role in (Role.COACHEE, Role.COACH))
    secret = renew_feed(me)
    first = asked(secret)

    if change == "move":
        move_session(session, on=date(2026, 10, 9), at=time(10), by=coach)
    elif change == "cancel":
        cancel_session(session, by=coach)
    elif change == "language":
        type(me).objects.filter(pk=me.pk).update(language="en")
    else:
        session.engagement.parties.filter(role=Role.COACHEE).update(accepted_at=None)

    again = asked(secret, **{known[0]: first[known[1]]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert again["Last-Modified"] != first["Last-Modified"]


def test_asking_without_the_content_says_the_same():
    secret = renew_feed(make_person())

    opened, head = asked(secret), Client().head(address(secret))

    assert (head.status_code, head.content) == (200, b"")
    assert [head[name] for name in ("ETag", "Last-Modified", "Content-Type")] == [
        opened[name] for name in ("ETag", "Last-Modified", "Content-Type")
    ]
    assert Client().post(address(secret)).status_code == 405


def test_a_link_that_was_renewed_or_switched_off_is_like_one_that_never_was():
    person, other = make_person(), make_person()
    renewed, off = renew_feed(person), renew_feed(other)
    renew_feed(person)
    switch_off_feed(other)
    gone = make_person(is_active=False)

    with CaptureQueriesContext(connection) as never_was:
        nothing = asked(SECRET)
    for secret in (renewed, off, renew_feed(gone), "x", "é" * 300, "%00"):
        with CaptureQueriesContext(connection) as queries:
            answer = asked(secret)
        assert (answer.status_code, answer.content) == (404, nothing.content)
        assert len(queries) == len(never_was) == 1


def test_it_takes_as_many_questions_to_the_database_with_one_session_as_with_two_hundred():
    me = make_person()
    engagement = make_coaching(coach=me)
    make_session(engagement, 1)
    secret = renew_feed(me)
    asked(secret)

    def questions():
        with CaptureQueriesContext(connection) as queries:
            answer = asked(secret, if_none_match="x")
        return len(queries), len(read(answer.content.decode()).walk("VEVENT"))

    asked(secret)
    few, one = questions()
    other = make_coaching(coach=me)
    for at, where in ((0, engagement), (400, other)):
        Session.objects.bulk_create(
            Session(engagement=where, number=n, nth=n, starts_at=clock.now() + timedelta(hours=2 * n + at))
            for n in range(2, 102)
        )
    asked(secret)
    many, all_of_them = questions()

    assert (one, all_of_them) == (1, 201)
    assert few == many == 4


def test_the_secret_is_not_in_the_database_nor_in_a_log(caplog):
    caplog.set_level(logging.DEBUG)
    secret = renew_feed(make_person())
    asked(secret)
    Client().put(address(secret))
    asked(SECRET)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM calendars_feed")
        kept = [bytes(one) if isinstance(one, memoryview) else one for row in cursor for one in row]
    assert kept
    assert secret not in repr(kept)
    assert len(secret) >= 43
    lines = [record for record in caplog.records if record.name.startswith("django.request")]
    assert lines
    for record in lines:
        WithoutContent().filter(record)  # as the handler of the product does
        assert secret not in record.getMessage()
        assert SECRET not in record.getMessage()
    assert Feed.objects.count() == 1


def test_a_session_at_a_clock_time_that_does_not_exist_or_comes_twice_is_at_its_moment():
    me = make_person()
    for logistics in (
        {"first_session_on": "2027-03-28", "session_time": "02:30", "session_count": 1},
        {"first_session_on": "2026-10-25", "session_time": "02:30", "session_count": 1},
    ):
        plan_series(engagement := make_coaching(coach=me, logistics=logistics), by=me)
        assert engagement.sessions.count() == 1

    said = read_by_ical_js(text(me))

    assert sorted(starts(said)) == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    ]
    assert all(
        moment(turn["ends"]) - moment(turn["starts"]) == timedelta(hours=1)
        for e in said["events"]
        for turn in e["turns"]
    )
