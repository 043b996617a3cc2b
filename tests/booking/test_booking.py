"""A coachee books, moves and cancels by themselves, within the hours of the coach and the agreement."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.availability.models import Part
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.sessions.models import Session
from tests.booking.makers import EN, MONDAY, NOW, at, book_page, make_booked
from tests.makers import make_person, person_of
from tests.sessions.makers import held, make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_saturday():
    clock.move_to(NOW)


def read(engagement, address, role=Role.COACHEE, headers=EN):
    return " ".join(signed_in(engagement, role).get(address, headers=headers).content.decode().split())


def test_a_coachee_reads_what_will_happen_and_books_one_moment():
    engagement = make_booked(title="Nee leren zeggen")
    coachee = signed_in(engagement, Role.COACHEE)

    assert book_page(engagement, "confirm", at(MONDAY)) in read(engagement, book_page(engagement, "choose"))
    asked = read(engagement, book_page(engagement, "confirm", at(MONDAY)))
    assert "Monday 30 November at 10:00" in asked
    assert "freely until Sunday 29 November at 10:00. Cancelled later, it counts as used." in asked
    for _press in range(2):
        coachee.post(book_page(engagement, "confirm", at(MONDAY)))

    session = engagement.sessions.get()
    assert (session.starts_at, session.minutes) == (MONDAY, 60)
    letters = Letter.objects.filter(template="session_planned")
    assert {letter.to_address for letter in letters} == {
        person_of(engagement, role).email for role in (Role.COACHEE, Role.COACH)
    }
    assert all("Nee leren zeggen" not in str(letter.open()) for letter in letters)
    assert "0 of 7 held, 1 planned, 6 still to plan." in read(engagement, book_page(engagement, "choose"))


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (MONDAY, {"notice_hours": 72}),
        (MONDAY.replace(hour=11, minute=30), {}),  # over lunch
        (MONDAY + timedelta(days=5), {}),  # a Saturday
        (datetime(2026, 12, 25, 9, tzinfo=UTC), {}),  # Christmas
        (MONDAY + timedelta(days=70), {}),  # too far ahead
    ],
)
def test_a_moment_outside_the_hours_is_refused_with_what_is_near_it(moment, said):
    engagement = make_booked(said=said)

    answer = signed_in(engagement, Role.COACHEE).post(
        book_page(engagement, "confirm", at(moment)), headers=EN
    )

    assert "This time can no longer be booked." in answer.content.decode()
    assert not engagement.sessions.exists()
    assert moment > NOW + timedelta(days=60) or answer.context["others"]


def test_what_the_coach_or_the_coachee_does_elsewhere_is_not_offered_and_not_told():
    engagement = make_booked()
    elsewhere = make_coaching(coach=person_of(engagement, Role.COACH), coachee=make_person("Saskia Bos"))
    make_session(elsewhere, 1, starts_at=MONDAY)
    own = make_coaching(coachee=person_of(engagement, Role.COACHEE), coach=make_person())
    make_session(own, 1, starts_at=MONDAY + timedelta(hours=1))

    shown = read(engagement, book_page(engagement, "choose"))
    refused = signed_in(engagement, Role.COACHEE).post(
        book_page(engagement, "confirm", at(MONDAY)), headers=EN
    )

    assert book_page(engagement, "confirm", at(MONDAY)) not in shown
    assert book_page(engagement, "confirm", at(MONDAY + timedelta(hours=1))) not in shown
    assert book_page(engagement, "confirm", at(MONDAY - timedelta(hours=1))) in shown
    assert "This time was just taken." in refused.content.decode()
    assert "Saskia" not in shown + refused.content.decode()
    near = book_page(engagement, "confirm", at(MONDAY - timedelta(hours=1)))
    assert near in refused.content.decode()


def test_a_coachee_moves_a_session_in_time_and_no_longer_once_cancelling_would_count():
    engagement = make_booked()
    session = make_session(engagement, 1, starts_at=MONDAY)
    coachee, later = signed_in(engagement, Role.COACHEE), MONDAY + timedelta(days=2)
    address = book_page(engagement, "confirm_move", 1, at(later))

    assert address in read(engagement, book_page(engagement, "choose_other", 1))
    assert "Session 1 moves here; Monday 30 November at 10:00 becomes free." in read(engagement, address)
    for _press in range(2):
        coachee.post(address)
    session.refresh_from_db()
    assert (session.starts_at, session.moves) == (later, 1)

    clock.move_to(later - timedelta(hours=23))
    back = book_page(engagement, "confirm_move", 1, at(later + timedelta(days=5)))
    assert "too late to move" in read(engagement, book_page(engagement, "choose_other", 1))
    assert "too late to move" in coachee.post(back, headers=EN).content.decode()
    signed_in(engagement, Role.COACH).post(back)
    session.refresh_from_db()
    assert session.moves == 2


def test_beyond_the_agreed_number_nothing_is_offered_and_nothing_booked():
    engagement = make_booked(logistics={"session_count": 1})
    held(make_session(engagement, 1, starts_at=NOW - timedelta(days=7)))

    shown = read(engagement, book_page(engagement, "choose"))
    signed_in(engagement, Role.COACHEE).post(book_page(engagement, "confirm", at(MONDAY)))

    assert "All sessions are planned" in shown
    assert engagement.sessions.count() == 1


def test_after_the_last_day_of_what_stops_nothing_is_offered():
    engagement = make_booked(stage=Stage.CLOSING, stops_on=date(2026, 11, 30))

    shown = read(engagement, book_page(engagement, "choose"))

    assert book_page(engagement, "confirm", at(MONDAY)) in shown
    assert book_page(engagement, "confirm", at(MONDAY + timedelta(days=1))) not in shown
    assert "?week=" not in shown


def test_a_coach_without_hours_is_written_to_and_reads_where_to_give_them():
    engagement = make_coaching()

    asked = read(engagement, book_page(engagement, "choose"))
    coach = read(engagement, book_page(engagement, "choose"), Role.COACH)

    assert reverse("messages:pair", args=[engagement.pk]) in asked
    assert "Marijke plans the sessions together with you" in asked
    assert reverse("availability:hours") in coach


def test_a_coachee_who_lives_elsewhere_sees_both_clocks_and_books_the_same_moment():
    engagement = make_booked()
    coachee = signed_in(engagement, Role.COACHEE)
    coachee.post(book_page(engagement, "clock"), {"time_zone": "America/New_York"})

    shown = read(engagement, book_page(engagement, "confirm", at(MONDAY)))
    coach = read(engagement, book_page(engagement, "confirm", at(MONDAY)), Role.COACH)

    assert "Monday 30 November at 04:00</b> on your clock in New York." in shown
    assert "freely until Sunday 29 November at 04:00." in shown
    assert "In Amsterdam it is Monday 30 November at 10:00." in shown
    assert "New York" not in coach
    assert "on your clock in New York" in read(engagement, book_page(engagement, "choose"))


def test_an_address_that_is_no_moment_leads_nowhere():
    engagement = make_booked()

    for strange in ("20261301T0800Z", "nu", "9" * 50):
        assert (
            signed_in(engagement, Role.COACHEE).get(book_page(engagement, "confirm", strange)).status_code
            == 404
        )


def test_today_asks_for_a_moment_while_sessions_are_left_and_none_is_planned():
    engagement = make_booked()
    engagement.versions.update(session_count=7)
    assert "Choose a moment for your first session" in read(engagement, reverse("today"))
    held(make_session(engagement, 1, starts_at=NOW - timedelta(days=7)))
    ask = "Choose a moment for your next session"

    assert ask in read(engagement, reverse("today"))
    assert ask not in read(engagement, reverse("today"), Role.COACH)
    made = make_session(engagement, 2, starts_at=MONDAY)
    assert ask not in read(engagement, reverse("today"))
    made.delete()
    engagement.versions.update(session_count=1)
    assert ask not in read(engagement, reverse("today"))
    engagement.versions.update(session_count=7)
    Part.objects.all().delete()
    assert ask not in read(engagement, reverse("today"))


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_choosing_costs_the_same_with_two_hundred_sessions_elsewhere(role):
    engagement = make_booked()
    elsewhere = make_coaching(coach=person_of(engagement, Role.COACH), coachee=make_person())
    client = signed_in(engagement, role)
    client.get(book_page(engagement, "choose"))
    counts = []
    for many in (1, 200):
        Session.objects.filter(engagement=elsewhere).delete()
        Session.objects.bulk_create(
            Session(engagement=elsewhere, number=n + 1, nth=n + 1, starts_at=NOW + timedelta(hours=6 * n))
            for n in range(many)
        )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(book_page(engagement, "choose")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10, counts


def test_in_a_pause_and_for_the_organisation_there_is_nothing_to_book():
    engagement = make_booked()
    for role in (Role.MANAGER, Role.SPONSOR):
        assert signed_in(engagement, role).get(book_page(engagement, "choose")).status_code == 403
    Engagement.objects.update(stage=Stage.PAUSED, paused_on=date(2026, 11, 26))
    assert signed_in(engagement, Role.COACHEE).get(book_page(engagement, "choose")).status_code == 403
    assert page(engagement, "index")
