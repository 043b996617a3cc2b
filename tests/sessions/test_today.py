"""What the sessions ask of each party, and how little the database is asked for it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from driehoek.access import Role
from driehoek.agreements.models import Version
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.kit import clock
from driehoek.sessions.actions import cancel_session, write_notes, write_reflection
from driehoek.sessions.actions.ending import cancel_from
from driehoek.sessions.queries import asked_of, stops_of, with_signs
from driehoek.vault import keys
from tests.makers import person_of
from tests.sessions.makers import held, make_coaching, make_session, page, signed_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 19, 11, tzinfo=UTC)


def asked(engagement, role):
    person = person_of(engagement, role)
    seen = with_signs(Engagement.objects.filter(pk=engagement.pk), Asking.by(person)).seen_by(person).get()
    return [(step.url, step.rank) for step in asked_of(seen, person)]


def test_the_coach_is_asked_to_plan_the_series_and_nobody_else_is():
    engagement = make_coaching()

    assert asked(engagement, Role.COACH) == [(page(engagement, "index"), 25)]
    assert asked(engagement, Role.COACHEE) == []


def test_the_coachee_is_asked_for_a_question_a_week_before_and_until_it_is_there():
    engagement = make_coaching()
    session = make_session(engagement, starts_at=NOON + timedelta(days=7, hours=2))

    with clock.moved_to(NOON - timedelta(days=1)):
        too_early = asked(engagement, Role.COACHEE)
    with clock.moved_to(NOON):
        in_time = asked(engagement, Role.COACHEE)
        write_notes(session, texts={"question": "Hoe?"}, by=person_of(engagement, Role.COACHEE))
        answered = asked(engagement, Role.COACHEE)

    assert (too_early, in_time, answered) == ([], [(page(engagement, "prepare", 1), 30)], [])


def test_on_the_day_itself_both_are_led_to_the_conversation():
    engagement = make_coaching()
    make_session(engagement, starts_at=NOON + timedelta(hours=2))

    with clock.moved_to(NOON):
        coach, coachee = asked(engagement, Role.COACH), asked(engagement, Role.COACHEE)

    assert coach == [(page(engagement, "talk", 1), 28)]
    assert coachee == [(page(engagement, "talk", 1), 28), (page(engagement, "prepare", 1), 30)]


def test_what_begins_within_the_hour_comes_before_everything_else():
    engagement = make_coaching()
    make_session(engagement, starts_at=NOON + timedelta(minutes=26))

    with clock.moved_to(NOON):
        assert asked(engagement, Role.COACH) == [(page(engagement, "talk", 1), 1)]
        today = signed_in(engagement, Role.COACH).get(reverse("today"))

    assert f'href="{page(engagement, "show", 1)}"' in today.content.decode()


def test_afterwards_the_coach_rounds_off_and_then_the_coachee_looks_back():
    engagement = make_coaching()
    session = make_session(engagement, starts_at=NOON - timedelta(hours=2))

    with clock.moved_to(NOON):
        before = asked(engagement, Role.COACH), asked(engagement, Role.COACHEE)
        held(session)
        after = asked(engagement, Role.COACH), asked(engagement, Role.COACHEE)
        write_reflection(session, text="Spannend")
        written = asked(engagement, Role.COACHEE)

    assert before == ([(page(engagement, "close", 1), 32)], [])
    assert after == ([], [(page(engagement, "reflect", 1), 35)])
    assert written == []


def test_a_session_that_nobody_rounded_off_does_not_hold_up_the_next_one():
    engagement = make_coaching()
    make_session(engagement, 1, starts_at=NOON - timedelta(days=21))
    make_session(engagement, 2, starts_at=NOON + timedelta(days=2))

    with clock.moved_to(NOON):
        coach, coachee = asked(engagement, Role.COACH), asked(engagement, Role.COACHEE)

    assert coach == [(page(engagement, "close", 1), 32)]
    assert coachee == [(page(engagement, "prepare", 2), 30)]


def test_a_session_under_way_is_the_next_one_until_its_last_minute():
    engagement = make_coaching()
    make_session(engagement, 1, starts_at=NOON - timedelta(minutes=59), minutes=60)

    with clock.moved_to(NOON):
        during = asked(engagement, Role.COACH)
    with clock.moved_to(NOON + timedelta(minutes=2)):
        after = asked(engagement, Role.COACH)

    assert during == [(page(engagement, "talk", 1), 1)]
    assert after == [(page(engagement, "close", 1), 32)]


@pytest.mark.parametrize("when", [timedelta(days=-2), timedelta(hours=1)])
def test_nothing_is_asked_about_a_cancelled_session(when):
    engagement = make_coaching()
    session = make_session(engagement, 1, starts_at=NOON + when)

    with clock.moved_to(NOON):
        cancel_session(session, by=person_of(engagement, Role.COACH))
        asked_now = asked(engagement, Role.COACH), asked(engagement, Role.COACHEE)

    assert asked_now == ([], [])


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_manager_and_sponsor_are_asked_nothing_and_see_no_stops(role):
    engagement = make_coaching()
    make_session(engagement)

    assert asked(engagement, role) == []
    assert stops_of(engagement, person_of(engagement, role)) == []


def test_the_path_has_a_stop_for_every_session_without_a_word_of_it():
    engagement = make_coaching()
    held(make_session(engagement, 1, starts_at=datetime(2026, 10, 24, 22, 30, tzinfo=UTC)))
    make_session(engagement, 2, starts_at=datetime(2026, 11, 15, 9, tzinfo=UTC))

    stops = stops_of(engagement, person_of(engagement, Role.COACHEE))

    assert [(s.number, s.done, str(s.on)) for s in stops] == [
        (1, True, "2026-10-25"),
        (2, False, "2026-11-15"),
    ]


def counted(client, url):
    client.get(url)  # the first look of the day is written down
    keys.forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_list_asks_the_database_as_often_for_one_session_as_for_two_hundred():
    engagement = make_coaching(logistics={"session_count": 200})
    make_session(engagement)
    client = signed_in(engagement, Role.COACH)
    url = page(engagement, "index")

    one = counted(client, url)
    for number in range(2, 201):
        make_session(engagement, number, starts_at=NOON + timedelta(days=number))

    assert counted(client, url) == one <= 10


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
@pytest.mark.parametrize("name", ["show", "talk", "close", "reflection"])
def test_no_page_of_a_session_asks_the_database_more_than_ten_times(role, name):
    engagement = make_coaching()
    session = held(make_session(engagement))
    everything = {"question": "a", "stuck": "b", "goal": "c", "reality": "d", "yield": "e"}
    session.held_at = None
    session.save()
    write_notes(session, texts=everything, by=person_of(engagement, Role.COACHEE))

    assert counted(signed_in(engagement, role), page(engagement, name, 1)) <= 10


def test_the_signs_of_many_engagements_are_one_query():
    coach = make_coaching().made_by
    for _unused in range(3):
        make_session(make_coaching(coach=coach))

    with CaptureQueriesContext(connection) as queries:
        found = list(with_signs(Engagement.objects.all(), Asking.by(coach)))

    assert (len(queries), len(found)) == (1, 4)


def test_after_a_stop_was_taken_back_planning_is_asked_until_as_many_stand_as_were_agreed():
    engagement = make_coaching()
    Version.objects.update(session_count=3)
    rows = [
        make_session(engagement, number, starts_at=NOON + timedelta(days=7 * number)) for number in (1, 2, 3)
    ]
    with clock.moved_to(NOON):
        cancel_from(engagement, NOON + timedelta(days=13))  # two of them
        one_left = asked(engagement, Role.COACH)
        for number in (4, 5):
            make_session(engagement, number, starts_at=rows[number - 3].starts_at)
        all_there = asked(engagement, Role.COACH)

    assert (page(engagement, "index"), 25) in one_left
    assert (page(engagement, "index"), 25) not in all_there
