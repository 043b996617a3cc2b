"""Letters of a survey: one for each, and one reminder for everybody."""

from datetime import timedelta

import pytest
from django.conf import settings as conf
from django.test import Client

from driehoek.access import Role, Shape, Stage
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.outbox.stopping import stop_link
from driehoek.surveys.actions import close_early, remind_of_surveys
from driehoek.surveys.models import Invited
from tests.feedback.makers import EN
from tests.makers import make_engagement
from tests.surveys.makers import ADDRESSES, link_to, make_survey, named, page

pytestmark = pytest.mark.django_db


def test_a_letter_to_each_works_once_and_its_list_is_forgotten_at_the_close():
    one = make_survey(addresses=(*ADDRESSES, "USER0@example.org"))
    assert (one.invited, one.link, one.letters.count()) == (6, "", 6)
    client = Client(headers=EN)
    assert client.get(link_to(ADDRESSES[0])).status_code == 200
    client.post(link_to(ADDRESSES[0]), {"item-overall": "9"})
    assert client.get(link_to(ADDRESSES[0])).status_code == 410
    for address in ADDRESSES[1:]:
        Client().post(link_to(address), {"item-overall": "6"})
    close_early(one)

    assert not Invited.objects.exists()
    told = page(one, Role.CONSULTANT).content.decode()
    assert "Everybody who was asked answered, so this is the share itself" in told
    assert "Wilson" not in told


def test_halfway_everybody_gets_one_reminder_with_the_same_link_and_nobody_looks_who_answered():
    one = make_survey(addresses=ADDRESSES)
    Client().post(link_to(ADDRESSES[0]), {"item-overall": "9"})
    told = []
    for days in (4, 5, 6, 7, 9):
        with clock.moved_to(clock.now() + timedelta(days=days)):
            told.append(remind_of_surveys())

    assert told == [0, 0, 1, 0, 0]
    sent = Letter.objects.filter(template="survey_reminder")
    assert sorted(sent.values_list("to_address", flat=True)) == sorted(ADDRESSES)
    for letter in sent:
        assert link_to(letter.to_address) in letter.open()["text"]
    assert Client().get(link_to(ADDRESSES[0])).status_code == 410
    assert Client().get(link_to(ADDRESSES[1])).status_code == 200
    assert one.answers == ""


def test_who_stopped_reminders_gets_none_and_the_page_says_that_one_goes_to_everybody():
    one = make_survey(addresses=ADDRESSES)
    shown = page(one, Role.CONSULTANT).content.decode()
    Client().post(stop_link(ADDRESSES[0], "survey_reminder").removeprefix(conf.BASE_URL))
    with clock.moved_to(clock.now() + timedelta(days=7)):
        remind_of_surveys()

    assert "also who has answered: nobody looks at who did" in shown
    sent = Letter.objects.filter(template="survey_reminder").exclude(sealed=b"")
    assert sorted(sent.values_list("to_address", flat=True)) == sorted(ADDRESSES[1:])


def test_the_same_letters_are_not_sent_twice_when_the_button_is_pressed_twice():
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    one = make_survey(engagement, addresses=named(range(6)))

    assert make_survey(engagement, addresses=named(range(6))) == one
    assert Letter.objects.filter(template="survey_asked").count() == 6
    assert make_survey(engagement, addresses=named(range(6)), subject="iets anders") != one
    close_early(one)
    assert make_survey(engagement, addresses=named(range(6))) != one


def test_who_is_asked_reads_of_how_many():
    one = make_survey(addresses=ADDRESSES)
    assert "6 people are asked." in Client(headers=EN).get(link_to(ADDRESSES[0])).content.decode()
    assert one.invited == 6
