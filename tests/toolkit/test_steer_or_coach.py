"""Steer or coach: for anyone, without a name."""

import io
import json
import sys
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from driehoek.cli.method import style_main
from driehoek.kit import clock
from driehoek.method.style import ABLE, STYLES, WILLING
from driehoek.toolkit.actions import keep_hat
from driehoek.toolkit.models import HatChoice
from tests.makers import make_person

pytestmark = pytest.mark.django_db

URL = "toolkit:style"


def keep(person, style):
    return keep_hat(person, style=style, once=uuid4())


def choose(client, able="growing", willing="high", urgent="no", **more):
    return client.post(reverse(URL), {"able": able, "willing": willing, "urgent": urgent, **more})


@pytest.mark.parametrize(("able", "willing", "urgent"), [*product(ABLE, WILLING, ("yes", "no"))])
def test_page_and_command_choose_the_same_style(client, able, willing, urgent, monkeypatch, capfd):
    page = client.get(choose(client, able, willing, urgent).url)

    given = json.dumps({"able": able, "willing": willing, "urgent": urgent == "yes"})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
    assert style_main([]) == 0
    told = json.loads(capfd.readouterr().out)
    assert page.context["advice"].style == told["style"]
    assert told["now"] in page.content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_page_shows_what_to_do_how_to_open_and_both_hats(client, language):
    client.cookies["django_language"] = language

    page = client.get(choose(client).url)

    words = page.content.decode().replace("&#x27;", "'")
    assert all(line in words for line in (*page.context["text"].do, *page.context["text"].questions))
    assert len(page.context["hats"]) == 6
    assert len(page.context["pitfalls"]) == 6
    assert all(row.coach in words for row in page.context["hats"])


@pytest.mark.parametrize("missing", ["able", "willing", "urgent"])
def test_answer_that_is_missing_is_asked_for_beside_its_question(client, missing):
    page = choose(client, **{missing: ""})

    assert page.context["form"].errors[missing] == ["Kies een van deze antwoorden."]
    assert "advice" not in page.context


def test_nonsense_in_the_address_gives_the_form(client):
    page = client.get(reverse(URL), {"able": "Johan", "willing": "x", "urgent": "😀"})

    assert page.status_code == 200
    assert "advice" not in page.context


def test_nothing_of_a_visitor_is_kept(client):
    choose(client)

    assert not HatChoice.objects.exists()


def test_of_somebody_signed_in_only_the_style_and_the_day_are_kept(client):
    person = make_person()
    client.force_login(person)

    choose(client, employee="Johan Visser")

    with connection.cursor() as cursor:
        cursor.execute("select * from toolkit_hatchoice")
        row = cursor.fetchone()
    choice = HatChoice.objects.get()
    assert (choice.person, choice.style, choice.on) == (person, "coaching", clock.today())
    assert len(row) == 4


def test_same_form_sent_twice_counts_once(client):
    client.force_login(make_person())
    once = client.get(reverse(URL)).context["form"]["once"].value()

    choose(client, once=str(once))
    choose(client, once=str(once))

    assert HatChoice.objects.count() == 1


def test_reading_the_answer_again_counts_nothing(client):
    client.force_login(make_person())
    address = choose(client).url

    client.get(address)

    assert HatChoice.objects.count() == 1


def test_leader_sees_which_hat_is_worn_most_and_nobody_elses(client):
    person, other = make_person(), make_person()
    for style, times in {"directing": 3, "supporting": 1}.items():
        for _n in range(times):
            keep(person, style)
    keep(other, "delegating")
    client.force_login(person)

    mirror = client.get(reverse(URL)).context["mirror"]

    assert {one.style: one.times for one in mirror.worn} == {"directing": 3, "supporting": 1}
    assert mirror.most.style == "directing"


def test_no_hat_stands_out_when_they_are_equal(client):
    person = make_person()
    for style in STYLES:
        keep(person, style)
    client.force_login(person)

    page = client.get(reverse(URL))

    assert page.context["mirror"].most is None
    assert "Geen stijl springt eruit" in page.content.decode()


def test_choices_of_long_ago_are_no_longer_counted(client):
    person = make_person()
    with clock.moved_to(clock.now() - timedelta(days=92)):
        keep(person, "directing")
    client.force_login(person)

    assert client.get(reverse(URL)).context["mirror"].times == 0


def test_page_costs_at_most_four_queries(client, django_assert_max_num_queries):
    client.force_login(make_person())

    with django_assert_max_num_queries(4):
        client.get(reverse(URL))
