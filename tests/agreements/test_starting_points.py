"""Starting points: a known situation gives first texts, and everything in them can be changed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.method.situations import situations
from tests.agreements.makers import address, make_goal, make_preparing, signed_in
from tests.makers import make_member, make_organisation

pytestmark = pytest.mark.django_db

POINT = "staff-leaving@1"


@pytest.fixture
def engagement():
    return make_preparing(starting_point=POINT)


def test_a_situation_is_chosen_when_an_engagement_starts(client):
    organisation = make_organisation()
    client.force_login(make_member(organisation, is_admin=True).person)
    page = client.get(reverse("engagements:new"), headers={"accept-language": "nl"}).content.decode()
    for one in situations("nl").values():
        assert one.title in page

    typed = {"organisation": organisation.pk, "title": "Blijven", "shape": "coaching", "role": "coach"}
    answer = client.post(reverse("engagements:new"), typed | {"starting_point": POINT})

    assert answer.status_code == 302, answer.context["form"].errors
    assert Engagement.objects.get().starting_point == POINT


def test_a_situation_that_does_not_exist_is_refused(client):
    client.force_login(make_member(make_organisation(), is_admin=True).person)

    answer = client.post(reverse("engagements:new"), {"title": "X", "starting_point": "nonsense@1"})

    assert answer.context["form"].errors["starting_point"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_first_goal_begins_with_its_words_in_the_language_of_the_reader(engagement, language):
    page = signed_in(engagement, Role.COACHEE, language).get(address("goal", engagement))

    assert situations(language)["staff-leaving"].goal["action"] in page.content.decode()


def test_the_second_goal_begins_empty(engagement):
    make_goal(engagement)

    page = signed_in(engagement, Role.COACHEE, "nl").get(address("goal", engagement))

    assert not page.context["form"]["action"].value()


def test_without_a_situation_everything_begins_empty():
    plain = make_preparing()

    page = signed_in(plain, Role.COACHEE, "nl").get(address("goal", plain))

    assert not page.context["form"]["action"].value()


def test_an_older_version_of_a_situation_is_not_mixed_with_a_newer_one():
    old = make_preparing(starting_point="staff-leaving@0")

    page = signed_in(old, Role.COACHEE, "nl").get(address("goal", old))

    assert not page.context["form"]["action"].value()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_measure_can_be_kept_as_it_is_proposed_once_its_start_is_known(language):
    for one in situations(language).values():
        engagement = make_preparing(starting_point=f"{one.id}@{one.version}")
        goal = make_goal(engagement)
        client = signed_in(engagement, Role.COACH, language)
        place = address("criterion", engagement, goal.pk)
        page = client.get(place).content.decode()
        for measure in one.measures:
            assert f"?from={measure.id}" in page
            begun = client.get(f"{place}?from={measure.id}").context["form"]
            typed = {name: begun[name].value() or "" for name in begun.fields} | {"baseline": "40"}

            answer = client.post(place, typed)

            assert answer.status_code == 302, (measure.id, answer.context["form"].errors)
            kept = goal.criteria.get(position=goal.criteria.count())
            assert kept.target == Decimal(measure.target), measure.id
        assert {kept.measure for kept in goal.criteria.all()} == {measure.name for measure in one.measures}


def test_a_measure_that_is_not_there_gives_an_empty_form(engagement):
    goal = make_goal(engagement)

    page = signed_in(engagement, Role.COACH).get(f"{address('criterion', engagement, goal.pk)}?from=nonsense")

    assert not page.context["form"]["measure"].value()
