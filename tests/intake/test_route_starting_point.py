"""After the route choice one can begin from a known situation, or from none."""

import pytest
from django.urls import reverse

from driehoek.engagements.models import Engagement
from driehoek.method.situations import Situation, situations
from driehoek.method.texts import LANGUAGES
from driehoek.people.models import Person
from tests.intake.makers import walk
from tests.makers import make_member, make_organisation

pytestmark = pytest.mark.django_db

POINT = "staff-leaving@1"
ASKED = {"nl": "Herken je een van deze situaties?", "en": "Do you recognise one of these situations?"}
ROUTES = {
    "coaching": {"nature": "behavioural"},
    "consultancy": {"nature": "technical", "deliverable_needed": "yes"},
    "blended": {"nature": "both"},
}


@pytest.fixture
def coach(client):
    client.force_login(make_member(make_organisation(), is_coach=True).person)
    return client


def started(client, **typed):
    answer = client.post(reverse("route:start"), typed)
    assert answer.status_code == 302
    return Engagement.objects.get()


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outcome_offers_situations_with_none_ticked(coach, language, route):
    coach.cookies["django_language"] = language

    page = walk(coach, **ROUTES[route]).content.decode()

    assert ASKED[language] in page
    assert all(one.title in page for one in situations(language).values())
    assert "checked" not in page


def test_only_situations_that_fit_the_outcome_are_offered(coach, monkeypatch):
    fitting = {("staff-leaving", "coaching")}
    monkeypatch.setattr(Situation, "fits", lambda one, shape: (one.id, shape) in fitting)

    page = walk(coach, nature="behavioural")

    values = [value for value, _words in page.context["form"].fields["starting_point"].choices]
    assert values == [POINT, "none"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_goal_then_begins_with_the_words_of_the_situation(coach, language):
    Person.objects.update(language=language)
    walk(coach, nature="behavioural")

    engagement = started(coach, starting_point=POINT)

    page = coach.get(reverse("agreements:goal", args=[engagement.pk])).content.decode()
    assert situations(language)["staff-leaving"].goal["action"] in page


@pytest.mark.parametrize("typed", [{}, {"starting_point": "none"}])
def test_without_a_situation_nothing_stands_ready(coach, typed):
    walk(coach, nature="behavioural")

    engagement = started(coach, **typed)

    assert engagement.starting_point == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_situation_that_does_not_exist_is_refused_beside_the_question(coach, language):
    coach.cookies["django_language"] = language
    walk(coach, nature="behavioural")

    page = coach.post(reverse("route:start"), {"starting_point": "nonsense@1"})

    says = {"nl": "Kies een van deze situaties, of geen.", "en": "Choose one of these situations, or none."}
    assert page.context["form"].errors["starting_point"] == [says[language]]
    assert page.content.decode().count(says[language]) == 1
    assert not Engagement.objects.exists()


def test_what_was_chosen_stays_when_the_organisation_is_still_to_be_chosen(client):
    here = make_member(make_organisation("Hier"), is_coach=True)
    make_member(make_organisation("Daar"), here.person, is_coach=True)
    client.force_login(here.person)
    walk(client, nature="behavioural")

    page = client.post(reverse("route:start"), {"starting_point": POINT})

    assert page.context["form"]["starting_point"].value() == POINT
    assert not Engagement.objects.exists()


def test_a_visitor_who_cannot_start_yet_is_not_asked(client):
    client.cookies["django_language"] = "nl"
    assert ASKED["nl"] not in walk(client, nature="behavioural").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_is_asked_after_signing_in_and_the_answers_still_wait(client, language):
    client.cookies["django_language"] = language
    walk(client, nature="behavioural")
    sent = client.post(reverse("route:start"))
    assert sent.url.endswith(f"?next={reverse('route:result')}")

    client.force_login(make_member(make_organisation(), is_coach=True).person)

    page = client.get(reverse("route:result")).content.decode()
    assert ASKED[language] in page
    assert "checked" not in page
    assert started(client, starting_point=POINT).starting_point == POINT
