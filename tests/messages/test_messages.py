"""Each circle has the coachee in it, nobody reads what is not theirs, and no mail holds a word of it."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.engagements.models import Circle
from driehoek.kit import clock
from driehoek.messages.actions import write_message
from driehoek.messages.models import READS, Message
from driehoek.outbox.models import Letter
from tests.makers import make_engagement, make_person, person_of
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture
def engagement():
    return make_engagement()


def address(engagement, circle):
    return reverse(f"messages:{circle}", args=[engagement.pk])


def write(engagement, role, circle, text="Kan het een uur later?", **given):
    typed = {"text": text, "message_id": uuid.uuid4()} | given
    return signed_in(engagement, role).post(address(engagement, f"write_{circle}"), typed, headers=EN)


def read(engagement, role, circle):
    return signed_in(engagement, role).get(address(engagement, circle), headers=EN)


def test_coachee_and_coach_write_to_each_other_and_nobody_else_can_read_it(engagement):
    assert write(engagement, Role.COACHEE, "pair").status_code == 302

    assert "Kan het een uur later?" in read(engagement, Role.COACH, "pair").content.decode()
    for role in (Role.MANAGER, Role.SPONSOR):
        assert read(engagement, role, "pair").status_code == 403
        assert "pair" not in read(engagement, role, "everyone").content.decode()


def test_what_manager_and_sponsor_write_the_coachee_reads_too(engagement):
    write(engagement, Role.SPONSOR, "everyone", "Wanneer is de evaluatie?")

    for role in (Role.COACHEE, Role.COACH, Role.MANAGER):
        assert "Wanneer is de evaluatie?" in read(engagement, role, "everyone").content.decode()


def test_there_is_no_circle_with_the_organisation_and_without_the_coachee(engagement):
    for permission in READS.values():
        assert engagement.lets(person_of(engagement, Role.COACHEE), permission)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            engagement=engagement,
            circle="bosses",
            number=1,
            author=person_of(engagement, Role.COACH),
            role=Role.COACH,
            written_at=clock.now(),
        )


def test_a_letter_says_that_there_is_something_never_what_and_once_until_it_was_read(engagement):
    write(engagement, Role.COACHEE, "pair", "Geheim een")
    write(engagement, Role.COACHEE, "pair", "Geheim twee")
    coach = person_of(engagement, Role.COACH)
    [letter] = Letter.objects.filter(template="new_message", to_address=coach.email)
    words = " ".join(letter.open().values())

    assert "Geheim" not in words
    assert address(engagement, "pair") in words
    read(engagement, Role.COACH, "pair")
    write(engagement, Role.COACHEE, "pair", "Geheim drie")
    assert Letter.objects.filter(template="new_message", to_address=coach.email).count() == 2


def test_what_is_unread_stands_on_today_until_it_was_read(engagement):
    write(engagement, Role.COACHEE, "pair")
    client = signed_in(engagement, Role.COACH)

    def asked():
        return "Read what was written to you" in client.get(reverse("today"), headers=EN).content.decode()

    assert asked()
    assert not _asked_of(engagement, Role.COACHEE)
    client.get(address(engagement, "pair"))
    assert not asked()


def _asked_of(engagement, role):
    page = signed_in(engagement, role).get(reverse("today"), headers=EN).content.decode()
    return "Read what was written to you" in page


def test_a_second_press_sends_nothing_twice(engagement):
    one = uuid.uuid4()
    for _press in (1, 2):
        write(engagement, Role.COACH, "everyone", message_id=one)

    assert Message.objects.count() == 1


def test_an_empty_or_endless_message_is_refused_beside_the_field(engagement):
    assert "Write something first." in write(engagement, Role.COACH, "pair", " ").content.decode()
    assert "At most 5,000" in write(engagement, Role.COACH, "pair", "x" * 5_001).content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.DROPPED])
def test_afterwards_it_can_be_read_and_no_longer_written(engagement, stage):
    write(engagement, Role.COACH, "pair", "Tot dan")
    engagement.stage = stage
    engagement.save()

    page = read(engagement, Role.COACHEE, "pair")
    assert "Tot dan" in page.content.decode()
    assert "<textarea" not in page.content.decode()
    assert write(engagement, Role.COACHEE, "pair").status_code == 403


def test_a_stranger_finds_nothing_and_one_alone_has_nobody_to_write_to():
    alone = make_engagement(without=(Role.COACHEE, Role.MANAGER, Role.SPONSOR), stage=Stage.PREPARING)
    client = signed_in(alone, Role.COACH)

    assert "Nobody to write to yet" in client.get(address(alone, "everyone"), headers=EN).content.decode()
    client.force_login(make_person())
    assert client.get(address(alone, "everyone")).status_code == 404


def test_in_a_consultancy_there_is_one_circle_with_everybody():
    engagement = make_engagement(shape=Shape.CONSULTANCY)
    write(engagement, Role.CONSULTANT, "everyone", "Het ontwerp hangt er")

    assert "Het ontwerp hangt er" in read(engagement, Role.SPONSOR, "everyone").content.decode()
    assert read(engagement, Role.CONSULTANT, "pair").status_code == 403


def test_in_the_database_it_is_sealed(engagement):
    write(engagement, Role.COACHEE, "pair", "Onleesbaar voor de beheerder")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM threads_message")
        [(stored,)] = cursor.fetchall()

    assert b"Onleesbaar" not in bytes(stored)


def test_a_page_costs_the_same_for_one_message_and_for_many(
    engagement, django_assert_num_queries, django_assert_max_num_queries
):
    client = signed_in(engagement, Role.COACH)
    fill(engagement, 1)
    client.get(address(engagement, "pair"))
    with django_assert_max_num_queries(10) as asked:
        client.get(address(engagement, "pair"))
    once = len(asked)
    fill(engagement, 80)
    client.get(address(engagement, "pair"))

    with django_assert_num_queries(once):
        client.get(address(engagement, "pair"))


def fill(engagement, many):
    coachee = person_of(engagement, Role.COACHEE)
    for _message in range(many):
        write_message(engagement, Circle.PAIR, by=coachee, text="x", message_id=uuid.uuid4())
