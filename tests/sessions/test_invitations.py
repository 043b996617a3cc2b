"""Letters that calendars read: planning, moving and cancelling a session, in the calendar of who gets it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.calendars.actions import renew_feed
from driehoek.kit import clock
from driehoek.method.holidays import DaysOff
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import add_session, cancel_session, move_session, plan_series
from tests.documents.reading import moment, read, read_by_ical_js, turns_of
from tests.makers import make_person, person_of
from tests.sessions.makers import NOW, make_coaching, page, signed_in

pytestmark = pytest.mark.django_db
BOTH = (Role.COACHEE, Role.COACH)


def planned(**logistics):
    engagement = make_coaching(logistics=logistics)
    return plan_series(engagement, by=person_of(engagement, Role.COACH))


def parts(engagement, template, role=Role.COACHEE):
    """The calendar parts of the letters of this kind to one of them, in the order of posting."""
    to = person_of(engagement, role).email
    letters = Letter.objects.filter(template=template, to_address=to).order_by("queued_at")
    return [letter.open()["calendar"] for letter in letters]


def in_calendar(engagement, role=Role.COACHEE):
    """What stands in the calendar of somebody who takes over everything: where each session is."""
    return sorted(by_name(engagement, role).values())


def by_name(engagement, role):
    """The same, by the name of the event and the moment at which its series has the turn."""
    found = {}
    for template in ("session_planned", "session_moved", "session_cancelled"):
        for part in parts(engagement, template, role):
            told = read_by_ical_js(part)
            for event in told["events"]:
                found |= {(event["uid"], turn["starts"]): moment(turn["starts"]) for turn in event["turns"]}
            for turn in told["turns"]:
                assert (turn["uid"], turn["of"]) in found
                found[turn["uid"], turn["of"]] = moment(turn["starts"])
                if told["method"] == "CANCEL":
                    del found[turn["uid"], turn["of"]]
    return found


@pytest.mark.parametrize("role", BOTH)
def test_a_whole_series_is_one_letter_with_one_event_that_holds_every_session(role):
    sessions = planned(first_session_on="2026-10-08", session_count=9, every_weeks=3)  # into 25 March 2027

    (part,) = parts(sessions[0].engagement, "session_planned", role)

    told = read_by_ical_js(part)
    assert (told["method"], len(told["events"])) == ("REQUEST", 1)
    turns = told["events"][0]["turns"]
    assert [moment(turn["starts"]) for turn in turns] == [one.starts_at for one in sessions]
    assert [moment(turn["ends"]) for turn in turns] == [one.ends_at for one in sessions]
    assert {turn["wall"][11:16] for turn in turns} == {"10:00"}


def test_a_moved_and_a_cancelled_session_replace_their_turn_of_the_series():
    clock.move_to(NOW)
    sessions = planned(first_session_on="2026-10-08", session_count=4)
    engagement, coach = sessions[0].engagement, person_of(sessions[0].engagement, Role.COACH)

    move_session(sessions[1], on=date(2026, 11, 3), at=time(14), by=coach)
    cancel_session(sessions[2], by=coach)

    stand = [one.starts_at for one in engagement.sessions.filter(cancelled_at=None)]
    assert datetime(2026, 11, 3, 13, tzinfo=UTC) in stand
    for role in BOTH:
        assert in_calendar(engagement, role) == sorted(stand)


def test_the_file_and_the_feed_know_every_session_by_the_name_of_its_invitation():
    clock.move_to(NOW)
    without = DaysOff(frozenset([date(2026, 10, 29)]))
    engagement = make_coaching(logistics={"first_session_on": "2026-10-08", "session_count": 5})
    coach = person_of(engagement, Role.COACH)
    sessions = plan_series(engagement, by=coach, without=without)
    move_session(sessions[0], on=date(2026, 11, 3), at=time(14), by=coach)
    move_session(sessions[1], on=date(2026, 11, 4), at=time(14), by=coach)
    move_session(sessions[1], on=sessions[1].starts_at.date(), at=time(10), by=coach)  # and back
    cancel_session(sessions[2], by=coach)
    add_session(engagement, on=date(2026, 12, 1), at=time(9, 30), by=coach)
    invited = by_name(engagement, Role.COACHEE)

    client = signed_in(engagement, Role.COACHEE)
    file = client.get(page(engagement, "calendar")).content.decode()
    feed = client.get(reverse("calendars:feed", args=[renew_feed(person_of(engagement, Role.COACHEE))]))

    assert sorted(invited.values()) == sorted(
        one.starts_at for one in engagement.sessions.filter(cancelled_at=None)
    )
    for text in (file, feed.content.decode()):
        turns = [(event["uid"], turn) for event in read_by_ical_js(text)["events"] for turn in event["turns"]]
        stand = {(uid, turn["of"]): turn for uid, turn in turns if turn["status"] != "CANCELLED"}
        reviews = {name for name in stand if name not in invited and stand[name]["sequence"] is None}
        assert {
            name: moment(turn["starts"]) for name, turn in stand.items() if name not in reviews
        } == invited
        assert {turn["sequence"] for turn in stand.values()} - {None} == {0, 1, 2}
        found = [one for one in turns_of(text) if one.get("STATUS") == "CONFIRMED"]
        assert sorted(one.decoded("DTSTART").astimezone(UTC) for one in found) == sorted(invited.values())


def test_each_change_is_a_later_version_of_the_same_event():
    clock.move_to(NOW)
    [session] = planned(session_count=1, first_session_on="2026-10-08")
    coach = person_of(session.engagement, Role.COACH)
    for day in (9, 12):
        move_session(session, on=date(2026, 10, day), at=time(10), by=coach)
    cancel_session(session, by=coach)

    kinds = ("session_planned", "session_moved", "session_cancelled")
    said = [read(part).walk("VEVENT")[0] for kind in kinds for part in parts(session.engagement, kind)]
    assert [event["SEQUENCE"] for event in said] == [0, 1, 2, 3]
    assert {str(event["UID"]) for event in said} == {str(session.pk)}
    assert [str(event["STATUS"]) for event in said] == ["CONFIRMED"] * 3 + ["CANCELLED"]


def test_a_turn_that_is_moved_twice_stays_the_same_turn():
    clock.move_to(NOW)
    sessions = planned(session_count=3, first_session_on="2026-10-08")
    engagement, coach = sessions[0].engagement, person_of(sessions[0].engagement, Role.COACH)
    for day in (3, 4):
        move_session(sessions[1], on=date(2026, 11, day), at=time(10), by=coach)

    turns = [read_by_ical_js(part)["turns"][0] for part in parts(engagement, "session_moved")]
    assert {moment(turn["of"]) for turn in turns} == {sessions[1].starts_at}
    assert [turn["sequence"] for turn in turns] == [1, 2]


def test_a_session_planned_alone_is_an_event_of_its_own():
    engagement = make_coaching(logistics={"session_count": 2, "first_session_on": None})
    add_session(engagement, on=date(2026, 12, 1), at=time(9, 30), by=person_of(engagement, Role.COACH))

    (part,) = parts(engagement, "session_planned")

    (event,) = read(part).walk("VEVENT")
    assert event.decoded("DTSTART").astimezone(UTC) == datetime(2026, 12, 1, 8, 30, tzinfo=UTC)
    assert (event["DTSTART"].params["TZID"], "RRULE" in event) == ("Europe/Amsterdam", False)


def test_each_reads_the_neutral_title_in_the_own_language_and_no_address_or_name_of_the_other():
    engagement = make_coaching(
        title="Nee leren zeggen",
        coachee=make_person("Johan Verbeek", language="en"),
        coach=make_person("Marijke Aalbers", language="nl"),
    )
    plan_series(engagement, by=person_of(engagement, Role.COACH))

    for role, title in ((Role.COACHEE, "Session"), (Role.COACH, "Gesprek")):
        (part,) = parts(engagement, "session_planned", role)
        (event,) = read(part).walk("VEVENT")
        me = person_of(engagement, role).email
        assert (str(event["SUMMARY"]), event["ATTENDEE"]) == (title, f"mailto:{me}")
        others = {person_of(engagement, other).email for other in (*BOTH, Role.MANAGER)} - {me}
        for word in (*others, "Nee leren", "Johan", "Marijke"):
            assert word not in part
        assert f"/engagements/{engagement.pk}/sessions/" in part.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("first", "starts"),
    [
        (
            "2027-03-28",
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        ),  # half past two does not exist: half past three
        ("2026-10-25", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # it comes twice: the first
    ],
)
def test_a_clock_time_that_a_day_skips_or_repeats_is_the_moment_that_was_planned(first, starts):
    sessions = planned(first_session_on=first, session_time="02:30", session_count=3, every_weeks=1)

    (part,) = parts(sessions[0].engagement, "session_planned")

    events = [event.decoded("DTSTART").astimezone(UTC) for event in read(part).walk("VEVENT")]
    assert events == [one.starts_at for one in sessions]
    assert in_calendar(sessions[0].engagement) == events
    assert events[0] == starts


def test_a_series_over_the_end_of_the_year_is_one_rule():
    sessions = planned(first_session_on="2026-12-17", session_count=3, every_weeks=2)

    assert in_calendar(sessions[0].engagement) == [
        datetime(2026, 12, 17, 9, tzinfo=UTC) + timedelta(weeks=2 * turn) for turn in range(3)
    ]
