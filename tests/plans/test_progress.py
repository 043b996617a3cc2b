"""How an action went: its history as a picture, and a letter by which one press says how it goes."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from driehoek.access import Role, Stage
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.templatetags.look import week_day
from driehoek.outbox.models import Letter
from driehoek.plans.actions import add_action, change_action, remind_of_plan, set_colour
from driehoek.plans.models import Action, ActionState
from driehoek.vault import keys
from tests.makers import make_engagement, make_person, person_of
from tests.sessions.makers import signed_in

pytestmark = pytest.mark.django_db
EN = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


def make_late(days=3, **given):
    """Something of the coachee that is so many days past its day."""
    engagement = make_engagement(**given)
    due = clock.today() - timedelta(days=days)
    return add_action(engagement, text="NIET-IN-DE-BRIEF", owner="coachee", due_on=due)


def link():
    """The way into the last letter."""
    text = Letter.objects.filter(template="plan_waits").latest("queued_at").open()["text"]
    return re.search(r"/progress/[\w-]+/", text)[0]


def letters():
    return Letter.objects.filter(template="plan_waits").count()


def later(**time):
    clock.move_to(clock.now() + timedelta(**time))


def test_what_waits_is_asked_once_a_week_at_most_and_no_word_of_it_goes_along():
    action = make_late()
    coachee = person_of(action.engagement, Role.COACHEE)
    other = make_engagement(coachee=coachee)
    add_action(other, text="Nog iets", owner="coachee", due_on=clock.today() - timedelta(days=9))

    asked = [remind_of_plan(), remind_of_plan()]
    later(days=6)
    asked.append(remind_of_plan())
    later(days=2)
    asked.append(remind_of_plan())

    assert asked == [1, 0, 0, 1]
    assert "NIET-IN-DE-BRIEF" not in str([one.open() for one in Letter.objects.all()])
    assert Letter.objects.filter(to_address=coachee.email).count() == 2


@pytest.mark.parametrize("days", [0, 1, 40])
def test_nobody_is_hurried_nor_reminded_for_ever(days):
    make_late(days)

    assert remind_of_plan() == 0


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CLOSING, Stage.CLOSED])
def test_in_a_pause_or_afterwards_nothing_is_asked(stage):
    action = make_late()
    paused = clock.today() if stage is Stage.PAUSED else None
    Engagement.objects.filter(pk=action.engagement_id).update(stage=stage, paused_on=paused)

    assert remind_of_plan() == 0


def test_who_wants_no_such_letter_gets_none(monkeypatch):
    make_late()
    monkeypatch.setattr(
        "driehoek.plans.actions.reporting.wants", lambda _person, letter: letter != "plan_waits"
    )

    assert remind_of_plan() == 0
    assert letters() == 0


def test_opening_the_link_changes_nothing_shows_a_day_only_and_suggests_no_answer():
    action = make_late()
    remind_of_plan()

    shown = Client().get(link())

    assert shown.status_code == 200
    assert "NIET-IN-DE-BRIEF" not in shown.content.decode()
    assert action.engagement.title not in shown.content.decode()
    with override("nl"):
        assert f"Wat er op je plan staat voor {week_day(action.due_on)}." in shown.content.decode()
    assert shown.content.decode().count("btn--big btn--full btn--plain") == 4
    assert ActionState.objects.count() == 1


@pytest.mark.parametrize(("how", "colour", "done"), [("red", "red", False), ("done", "green", True)])
def test_one_press_says_how_it_goes_and_the_link_has_done_its_work(how, colour, done):
    action = make_late()
    remind_of_plan()
    address = link()

    said = Client().post(address, {"how": how})
    again = Client().post(address, {"how": "amber"})

    action.refresh_from_db()
    assert (action.colour, action.is_done) == (colour, done)
    assert "Log in om er meer over te zeggen" in said.content.decode()
    assert (again.status_code, Client().get(address).status_code) == (410, 410)
    assert ActionState.objects.latest("at").by == person_of(action.engagement, Role.COACHEE)


@pytest.mark.parametrize(
    "gone",
    [
        lambda action: later(days=15),
        lambda action: set_colour(action, colour="green", done=True),
        lambda action: change_action(action, text="x", owner="coach", colour="open"),
        lambda action: Engagement.objects.update(stage=Stage.CLOSED),
        lambda action: action.delete(),
    ],
)
def test_a_link_that_asks_nothing_any_more_says_so_and_does_nothing(gone):
    action = make_late()
    remind_of_plan()
    gone(action)
    before = ActionState.objects.count()

    answer = Client().post(link(), {"how": "red"})

    assert answer.status_code == 410
    assert ActionState.objects.count() == before


def test_an_answer_that_does_not_exist_writes_nothing_and_uses_nothing_up():
    make_late()
    remind_of_plan()

    odd = Client().post(link(), {"how": "purple"})

    assert "Er is niets opgeschreven" in odd.content.decode()
    assert ActionState.objects.count() == 1
    assert Client().get(link()).status_code == 200


def test_who_presses_too_often_waits(monkeypatch):
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "report_progress", "1/m/key")
    make_late()
    remind_of_plan()
    Client().post(link(), {"how": "purple"})

    assert "Er is niets opgeschreven" in Client().post(link(), {"how": "red"}).content.decode()
    assert Action.objects.get().colour == "open"


def test_the_token_is_kept_as_a_hash_only():
    make_late()
    remind_of_plan()
    token = link().split("/")[2]

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_onetimelink")
        assert token not in str(cursor.fetchall())


def test_the_history_tells_in_a_picture_and_in_words_what_was_said_when_by_whom():
    engagement = make_engagement()
    coach = person_of(engagement, Role.COACH)
    action = add_action(engagement, text="Bellen", owner="coach", by=coach)
    for days, colour in ((3, "amber"), (7, "red")):
        later(days=days)
        change_action(action, text="Bellen", owner="coach", colour=colour, learnt=f"Toen {colour}", by=coach)
    later(days=2)
    change_action(action, text="Bellen met de chef", owner="coach", colour="red", learnt="Toen red", by=coach)

    answer = signed_in(engagement, Role.COACHEE).get(
        reverse("plans:history", args=[engagement.pk]), headers=EN
    )

    [course] = answer.context["courses"]
    assert [one.kind for one in course.stretches] == ["open", "warn", "bad"]
    assert sum(one.width for one in course.stretches) == 480
    assert course.says == "Not started yet, Needs attention, Stuck"
    assert course.since == course.stretches[0].state.at
    assert "Toen amber" in answer.content.decode()


def test_a_stranger_and_the_organisation_of_a_coachee_see_no_history():
    engagement = make_engagement()
    address = reverse("plans:history", args=[engagement.pk])
    stranger = Client()
    stranger.force_login(make_person())

    assert stranger.get(address).status_code == 404
    assert signed_in(engagement, Role.SPONSOR).get(address).status_code == 403


def test_the_history_asks_the_database_as_often_for_one_change_as_for_two_hundred():
    engagement = make_engagement()
    action = add_action(engagement, text="Een", owner="coach")
    client, address = signed_in(engagement, Role.COACH), reverse("plans:history", args=[engagement.pk])

    def counted():
        client.get(address)  # the first look of the day is written down
        keys.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    one = counted()
    about = {"engagement": engagement, "action": action, "at": clock.now()}
    ActionState.objects.bulk_create(ActionState(colour="red", said="Iets", **about) for _number in range(200))
    assert counted() == one <= 10
