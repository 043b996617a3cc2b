"""The first conversation, of coachee and coach only."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.intake.models import Acquaintance
from driehoek.intake.queries import acquaintance_of
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.vault import keys
from tests.intake.makers import at, preparing, url
from tests.makers import make_engagement, make_person, person_of

pytestmark = pytest.mark.django_db

WORDS = {"who_we_are": "Ruben was docent", "expectations": "Rust in de week", "contribution": "Ja, dit past"}


def opened(client, engagement):
    """The form as it stands on the screen of somebody who opens the page."""
    form = client.get(url("acquaintance", engagement)).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_both_write_and_both_read_the_same_text(client, role):
    engagement = preparing()
    at(client, engagement, role).post(
        url("acquaintance", engagement), {**WORDS, "met_on": "27-08-2026", "goes_on": "yes"}
    )

    other = Role.COACH if role is Role.COACHEE else Role.COACHEE
    page = at(client, engagement, other).get(url("acquaintance", engagement))

    assert all(text in page.content.decode() for text in WORDS.values())
    row = Acquaintance.objects.get()
    assert (row.met_on, row.goes_on) == (date(2026, 8, 27), True)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR, Role.ORG_ADMIN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_organisation_never_reads_or_writes_it(client, role, method):
    engagement = preparing()
    at(client, engagement, Role.COACH).post(url("acquaintance", engagement), WORDS)

    answer = getattr(at(client, engagement, role), method)(url("acquaintance", engagement), WORDS)

    assert answer.status_code == 403
    assert "Ruben was docent" not in answer.content.decode()


def test_stranger_finds_nothing(client):
    engagement = preparing()

    assert at(client, engagement, make_person()).get(url("acquaintance", engagement)).status_code == 404


def test_no_is_a_good_answer_and_says_what_comes_next(client):
    engagement = preparing()
    at(client, engagement, Role.COACHEE)

    page = client.post(url("acquaintance", engagement), {**WORDS, "goes_on": "no"}, follow=True)

    assert "dat is een goed antwoord" in page.content.decode()
    assert "De coachee spreekt een andere coach" in page.content.decode()


def test_changing_different_points_at_the_same_time_keeps_both(client):
    engagement = preparing()
    at(client, engagement, Role.COACHEE)
    hers = opened(client, engagement)
    his = opened(client, engagement)

    client.post(url("acquaintance", engagement), {**hers, "who_we_are": "Van Saskia"})
    at(client, engagement, Role.COACH).post(
        url("acquaintance", engagement), {**his, "expectations": "Van Ruben"}
    )

    row = acquaintance_of(engagement)
    assert (row.who_we_are, row.expectations) == ("Van Saskia", "Van Ruben")


def test_changing_the_same_point_shows_both_texts_and_a_second_press_keeps_the_typed_one(client):
    engagement = preparing()
    stale = opened(at(client, engagement, Role.COACH), engagement)
    at(client, engagement, Role.COACHEE).post(
        url("acquaintance", engagement), {**stale, "who_we_are": "Van Saskia"}
    )

    at(client, engagement, Role.COACH)
    page = client.post(
        url("acquaintance", engagement), {**stale, "who_we_are": "Van Ruben", "contribution": "Ja"}
    )

    words = page.content.decode()
    assert "Saskia schreef intussen ook. Beide versies staan hier." in words
    assert "Van Saskia" in words
    assert "Van Ruben" in words
    again = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    client.post(url("acquaintance", engagement), again)
    row = acquaintance_of(engagement)
    assert (row.who_we_are, row.contribution) == ("Van Ruben", "Ja")


def test_sending_the_same_form_twice_is_harmless(client):
    engagement = preparing()
    form = {**opened(at(client, engagement, Role.COACH), engagement), **WORDS}

    first = client.post(url("acquaintance", engagement), form)
    second = client.post(url("acquaintance", engagement), form)

    assert (first.status_code, second.status_code) == (302, 302)


@pytest.mark.parametrize("day", ["0001-01-01", "01-01-1999", "2101-01-01"])
def test_impossible_day_is_refused_and_the_words_stay(client, day):
    engagement = preparing()

    page = at(client, engagement, Role.COACH).post(url("acquaintance", engagement), {**WORDS, "met_on": day})

    assert page.context["form"].errors["met_on"] == ["Kies een datum tussen 2000 en 2100."]
    assert "Ruben was docent" in page.content.decode()


def test_text_that_is_too_long_stays_and_strange_signs_are_kept(client):
    engagement = preparing()
    at(client, engagement, Role.COACH)

    page = client.post(url("acquaintance", engagement), {"who_we_are": "é" * 20_001})
    client.post(url("acquaintance", engagement), {"who_we_are": "😀 a\x00b"})

    [error] = page.context["form"].errors["who_we_are"]
    assert "20.000" in error
    assert "20.001" in error
    assert acquaintance_of(engagement).who_we_are == "😀 ab"


def test_after_the_agreement_it_is_read_and_no_longer_written(client):
    engagement = preparing()
    at(client, engagement, Role.COACHEE).post(url("acquaintance", engagement), WORDS)
    engagement.stage, engagement.fingerprint_in_force = Stage.ACTIVE, "f" * 64
    engagement.save()

    assert "Ruben was docent" in client.get(url("acquaintance", engagement)).content.decode()
    assert client.post(url("acquaintance", engagement), WORDS).status_code == 403


def test_consultancy_has_no_first_conversation(client):
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.PREPARING)

    assert at(client, engagement, Role.CONSULTANT).get(url("acquaintance", engagement)).status_code == 403


def test_the_database_holds_none_of_it_in_clear(client):
    engagement = preparing()
    at(client, engagement, Role.COACH).post(url("acquaintance", engagement), WORDS)

    with connection.cursor() as cursor:
        cursor.execute("select who_we_are, expectations, contribution from intake_acquaintance")
        row = b"".join(bytes(cell) for cell in cursor.fetchone())
    assert b"docent" not in row


def test_page_costs_at_most_ten_queries(client, django_assert_max_num_queries):
    engagement = preparing()
    at(client, engagement, Role.COACH).post(url("acquaintance", engagement), WORDS)
    keys.forget()

    with django_assert_max_num_queries(10):
        client.get(url("acquaintance", engagement))


def test_visitor_is_asked_to_sign_in():
    assert Client().get(url("acquaintance", preparing())).status_code == 302


def test_day_that_is_still_to_come_is_refused_with_a_sentence_and_the_words_stay(client):
    engagement = preparing()
    tomorrow = clock.today() + timedelta(days=1)

    page = at(client, engagement, Role.COACH).post(
        url("acquaintance", engagement), {**WORDS, "met_on": tomorrow.isoformat()}
    )

    assert page.context["form"].errors["met_on"] == [
        "Deze dag moet nog komen. Kies de dag waarop jullie elkaar spraken."
    ]
    assert "Ruben was docent" in page.content.decode()
    assert not Acquaintance.objects.filter(met_on__isnull=False).exists()


def test_older_tab_does_not_take_back_the_day_and_the_decision(client):
    engagement = preparing()
    stale = opened(at(client, engagement, Role.COACHEE), engagement)
    at(client, engagement, Role.COACH).post(
        url("acquaintance", engagement), {**stale, "met_on": "2026-08-27", "goes_on": "yes"}
    )

    at(client, engagement, Role.COACHEE).post(
        url("acquaintance", engagement), {**stale, "who_we_are": "Van Saskia"}
    )

    row = acquaintance_of(engagement)
    assert (row.met_on, row.goes_on, row.who_we_are) == (date(2026, 8, 27), True, "Van Saskia")


def test_two_decisions_at_the_same_time_are_both_shown(client):
    engagement = preparing()
    stale = opened(at(client, engagement, Role.COACHEE), engagement)
    decided = {"met_on": "2026-08-27", "goes_on": "yes"}
    at(client, engagement, Role.COACH).post(url("acquaintance", engagement), {**stale, **decided})

    page = at(client, engagement, Role.COACHEE).post(
        url("acquaintance", engagement), {**stale, "met_on": "2026-08-26", "goes_on": "no"}
    )

    there = [theirs for _field, theirs in page.context["form"].decisions]
    assert there == ["27 augustus 2026", "Ja, we gaan samen verder"]
    again = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    assert client.post(url("acquaintance", engagement), again).status_code == 302
    assert acquaintance_of(engagement).goes_on is False


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_first_sentence_occasion_and_direction_stand_on_the_page_of_the_first_conversation(client, role):
    engagement = preparing(problem="Ik zeg overal ja", occasion="role", route="coaching")
    page = at(client, engagement, role).get(url("acquaintance", engagement)).content.decode()

    for words in ("Ik zeg overal ja", "Groeien in een rol"):
        assert words in page


def test_once_they_go_on_the_page_leads_to_the_six_questions(client):
    engagement = preparing()
    form = {**opened(at(client, engagement, Role.COACH), engagement), "goes_on": "yes"}
    assert (
        reverse("intake:questions", args=[engagement.pk])
        not in client.get(url("acquaintance", engagement)).content.decode().partition("<main")[2]
    )

    page = client.post(url("acquaintance", engagement), form, follow=True).content.decode()

    assert f'href="{reverse("intake:questions", args=[engagement.pk])}">' in page.partition("<main")[2]


def test_once_they_go_on_everyone_who_answers_gets_a_letter(client):
    engagement = preparing()
    form = {**opened(at(client, engagement, Role.COACH), engagement), "goes_on": "yes"}

    client.post(url("acquaintance", engagement), form)
    client.post(url("acquaintance", engagement), form)

    letters = Letter.objects.filter(template="your_turn")
    assert set(letters.values_list("to_address", flat=True)) == {
        person_of(engagement, role).email for role in (Role.COACHEE, Role.MANAGER, Role.SPONSOR)
    }
    assert letters.count() == 3
