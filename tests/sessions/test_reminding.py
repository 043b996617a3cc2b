"""The day before a session and the day after: one letter each, where something is still to be written."""

from datetime import timedelta

import pytest
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import ask_back, move_session, remind_before, write_notes, write_reflection
from tests.makers import person_of
from tests.sessions.makers import NOW, held, make_coaching, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    clock.move_to(NOW)
    return make_session(make_coaching(), starts_at=NOW + timedelta(days=3))


def letters(template):
    return list(Letter.objects.filter(template=template))


def test_the_day_before_the_coachee_gets_a_link_to_the_question_once(session):
    assert remind_before() == 0
    clock.move_to(session.starts_at - timedelta(hours=24))

    assert remind_before() == 1
    assert remind_before() == 0
    [letter] = letters("session_tomorrow")
    assert letter.to_address == person_of(session.engagement, Role.COACHEE).email
    assert reverse("sessions:prepare", args=[session.engagement_id, 1]) in letter.open()["text"]


def test_who_wrote_a_question_is_left_in_peace(session):
    coachee = person_of(session.engagement, Role.COACHEE)
    write_notes(session, texts={"question": "Waar begin ik?"}, by=coachee)
    clock.move_to(session.starts_at - timedelta(hours=24))

    assert remind_before() == 0


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CLOSED])
def test_nobody_is_reminded_in_a_pause_or_afterwards(session, stage):
    since = clock.today() if stage is Stage.PAUSED else None
    ended = clock.today() if stage is Stage.CLOSED else None
    type(session.engagement).objects.update(stage=stage, paused_on=since, closed_on=ended)
    clock.move_to(session.starts_at - timedelta(hours=24))

    assert remind_before() == 0


def test_a_cancelled_session_asks_nothing(session):
    type(session).objects.update(cancelled_at=clock.now(), cancelled_by=Role.COACH)
    clock.move_to(session.starts_at - timedelta(hours=24))

    assert remind_before() == 0


def test_who_moves_a_session_is_reminded_again(session):
    clock.move_to(session.starts_at - timedelta(hours=24))
    remind_before()
    later = session.starts_at + timedelta(days=7)
    move_session(session, on=later.date(), at=later.time(), by=person_of(session.engagement, Role.COACH))
    clock.move_to(later - timedelta(hours=24))

    assert remind_before() == 1
    assert len(letters("session_tomorrow")) == 2


def test_the_day_after_a_held_session_the_coachee_is_asked_to_look_back_once(session):
    clock.move_to(session.starts_at + timedelta(hours=1))
    held(session)
    assert ask_back() == 0
    clock.move_to(session.starts_at + timedelta(hours=20))

    assert ask_back() == 1
    assert ask_back() == 0
    [letter] = letters("look_back")
    assert reverse("sessions:reflect", args=[session.engagement_id, 1]) in letter.open()["text"]


def test_who_looked_back_is_not_asked_and_nor_is_who_would_be_asked_too_late(session):
    clock.move_to(session.starts_at + timedelta(hours=1))
    write_reflection(held(session), text="Ik zag het ineens")
    clock.move_to(session.starts_at + timedelta(hours=20))
    assert ask_back() == 0

    session.reflection.delete()
    clock.move_to(session.starts_at + timedelta(days=6))
    assert ask_back() == 0


def test_the_worker_does_both():
    from driehoek.cli.management import chores

    assert {remind_before, ask_back} <= set(chores())


def test_looking_costs_one_question_to_the_database_when_nobody_waits(session, django_assert_num_queries):
    with django_assert_num_queries(2):
        remind_before()
        ask_back()
