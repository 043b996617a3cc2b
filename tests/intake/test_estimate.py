"""The coach's own estimate of the help relationship."""

import pytest
from django.db import connection

from driehoek.access import Role, Shape, Stage
from driehoek.method.intake import help_relationships
from tests.intake.makers import at, preparing, url
from tests.makers import make_engagement, make_person

pytestmark = pytest.mark.django_db


def estimate(client, engagement, kind):
    return client.post(url("estimate", engagement), {"relationship": kind}, follow=True)


@pytest.mark.parametrize("kind", [text.id for text in help_relationships("nl")])
def test_estimate_chooses_the_questions_the_coach_is_offered(client, kind):
    engagement = preparing()
    at(client, engagement, Role.COACH)

    page = estimate(client, engagement, kind).content.decode()

    for text in help_relationships("nl"):
        assert (text.questions[0] in page) is (text.id == kind)


def test_later_estimate_replaces_the_earlier_one(client):
    engagement = preparing()
    at(client, engagement, Role.COACH)

    estimate(client, engagement, "passer_by")
    page = estimate(client, engagement, "co_expert")

    assert page.context["text"].id == "co_expert"
    assert engagement.help_estimates.count() == 1


@pytest.mark.parametrize("role", [Role.COACHEE, Role.MANAGER, Role.SPONSOR, Role.ORG_ADMIN])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_but_the_coach_comes_near_it(client, role, method):
    engagement = preparing()

    answer = getattr(at(client, engagement, role), method)(url("estimate", engagement))

    assert answer.status_code == 403


def test_consultancy_has_no_help_relationship_to_estimate(client):
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.PREPARING)

    assert at(client, engagement, Role.CONSULTANT).get(url("estimate", engagement)).status_code == 403


def test_stranger_finds_nothing(client):
    engagement = preparing()

    assert at(client, engagement, make_person()).get(url("estimate", engagement)).status_code == 404


def test_choosing_nothing_is_refused_in_words(client):
    engagement = preparing()

    page = at(client, engagement, Role.COACH).post(url("estimate", engagement), {"relationship": ""})

    assert page.context["form"].errors["relationship"] == ["Kies wat het dichtst in de buurt komt."]


def test_page_stands_on_dark_paper_and_says_only_you(client):
    engagement = preparing()

    page = at(client, engagement, Role.COACH).get(url("estimate", engagement)).content.decode()

    assert 'class="private' in page
    assert "sees--private" in page


def test_the_database_does_not_tell_which_one(client):
    engagement = preparing()
    at(client, engagement, Role.COACH)
    estimate(client, engagement, "passer_by")

    with connection.cursor() as cursor:
        cursor.execute("select relationship from intake_helpestimate")
        assert b"passer_by" not in bytes(cursor.fetchone()[0])


def test_self_steering_and_the_way_of_learning_are_kept_and_may_stay_unknown(client):
    engagement = preparing()
    page = at(client, engagement, Role.COACH)
    said = {"relationship": "seeker", "self_steering": "high", "learns_by": "By a role play."}

    page.post(url("estimate", engagement), said)
    kept = page.get(url("estimate", engagement)).context["form"].initial
    page.post(url("estimate", engagement), said | {"self_steering": "", "learns_by": ""})
    later = page.get(url("estimate", engagement)).context["form"].initial

    assert kept == said
    assert (later["self_steering"], later["learns_by"]) == ("", "")
