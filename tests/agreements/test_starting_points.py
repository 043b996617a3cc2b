"""Starting points: a known situation gives first texts, and everything in them can be changed."""

from decimal import Decimal
from html import unescape

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from driehoek.access import Role, Shape
from driehoek.agreements import apps
from driehoek.agreements.actions import begin_amendment, save_draft
from driehoek.agreements.models import Draft
from driehoek.engagements.models import Engagement
from driehoek.method.situations import situations
from tests.agreements.makers import (
    address,
    make_draft,
    make_goal,
    make_in_force,
    make_offered,
    make_preparing,
    signed_in,
)
from tests.makers import make_member, make_organisation, person_of

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
    begun = Engagement.objects.get()
    assert begun.starting_point == POINT
    for page, clause in (("draft", "how_long"), ("draft", "means"), ("practical", "reviews")):
        form = client.get(address(page, begun)).context["form"]
        assert form[clause].value() == situations("nl")["staff-leaving"].clauses[clause]


def test_a_situation_that_does_not_exist_is_refused(client):
    client.force_login(make_member(make_organisation(), is_admin=True).person)

    answer = client.post(reverse("engagements:new"), {"title": "X", "starting_point": "nonsense@1"})

    assert answer.context["form"].errors["starting_point"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_first_goal_begins_with_its_words_in_the_language_of_the_agreement(engagement, language):
    write_in(engagement, language)

    page = signed_in(engagement, Role.COACHEE).get(address("goal", engagement))

    assert situations(language)["staff-leaving"].goal["action"] in page.content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Ik kan met elk teamlid elke twee weken bespreken"),
        ("en", "I can talk with each team member every two weeks"),
    ],
)
def test_the_goals_page_shows_the_goal_that_stands_ready_and_the_way_to_take_it_over(
    engagement, language, sentence
):
    write_in(engagement, language)
    coachee = signed_in(engagement, Role.COACHEE)

    page = coachee.get(address("goals", engagement)).content.decode()

    assert sentence in page
    assert f'href="{address("goal", engagement)}"' in page
    assert sentence in coachee.get(address("goal", engagement)).content.decode()


def test_without_a_situation_the_goals_page_promises_nothing():
    plain = make_preparing()

    page = signed_in(plain, Role.COACHEE).get(address("goals", plain)).content.decode()

    assert "stands ready" not in page
    assert "Write the first goal" in page


@pytest.mark.parametrize(
    ("point", "language"),
    [(f"{one}@1", language) for one in situations("nl") for language in ("nl", "en")],
)
def test_in_a_consultancy_nobody_is_i_in_the_goal_that_stands_ready(point, language):
    advised = make_preparing(shape=Shape.CONSULTANCY, starting_point=point)
    consultant = signed_in(advised, Role.CONSULTANT, language)

    page = consultant.get(address("goals", advised)).content.decode()
    form = consultant.get(address("goal", advised)).context["form"]

    assert form.sentence() in unescape(page)
    assert "organisati" in form.sentence()
    assert not {"ik", "mijn", "i", "my"} & set(form.sentence().lower().replace(",", " ").split())


def test_a_signed_goal_of_a_consultancy_is_that_of_the_organisation_everywhere():
    advised = make_preparing(shape=Shape.CONSULTANCY)
    make_in_force(advised)
    sponsor = signed_in(advised, Role.SPONSOR, "nl")

    for name in ("goals", "index"):
        page = sponsor.get(address(name, advised)).content.decode()
        assert "Uiterlijk 15 januari 2027 kan de organisatie een projectplan maken" in page
        assert "kan ik" not in page


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
        write_in(engagement, language)
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


@pytest.mark.parametrize("language", ["nl", "en"])
def test_its_words_stand_ready_where_clauses_are_written_in_the_language_of_the_agreement(
    engagement, language
):
    write_in(engagement, language)

    page = signed_in(engagement, Role.COACH).get(address("practical", engagement))

    assert page.context["form"]["reviews"].value() == situations(language)["staff-leaving"].clauses["reviews"]
    assert "reviews" in page.context["form"].suggested


def test_clauses_it_says_nothing_of_begin_as_they_always_did(engagement):
    plain = make_preparing()

    begun = [signed_in(one, Role.COACH).get(address("otherwise", one)) for one in (engagement, plain)]

    first, second = (page.context["form"]["decisions_stay"].value() for page in begun)
    assert first == second


def test_what_was_written_stays_whatever_starting_point_is_chosen(engagement):
    client, before = signed_in(engagement, Role.COACH), make_draft(engagement).clauses

    choose(client, engagement, "sales-falling@1")

    assert Engagement.objects.get().starting_point == "sales-falling@1"
    assert Draft.objects.get().clauses == before
    assert client.get(address("practical", engagement)).context["form"]["reviews"].value() == "Over reviews"


def test_it_can_be_taken_away_and_then_nothing_of_it_stands_ready(engagement):
    client = signed_in(engagement, Role.COACHEE)

    answer = choose(client, engagement, "")

    assert answer.url == address("goals", engagement)
    assert not client.get(address("goal", engagement)).context["form"]["action"].value()


def test_goals_and_draft_say_which_it_is_and_lead_to_another(engagement):
    client = signed_in(engagement, Role.COACH)

    for name in ("goals", "draft"):
        page = client.get(address(name, engagement)).content.decode()
        assert situations("en")["staff-leaving"].title in page
        assert address("starting_point", engagement) in page


def test_two_who_choose_at_once_read_of_each_other_and_the_second_press_decides(engagement):
    coach, coachee = signed_in(engagement, Role.COACH), signed_in(engagement, Role.COACHEE)
    choose(coach, engagement, "sales-falling@1", revision="0")

    answer = choose(coachee, engagement, "system-unused@1", revision="0")

    assert "was writing too" in answer.content.decode()
    assert situations("en")["sales-falling"].title in answer.context["form"].theirs
    assert Engagement.objects.get().starting_point == "sales-falling@1"
    again = choose(
        coachee, engagement, "system-unused@1", revision=answer.context["form"]["revision"].value()
    )
    assert again.status_code == 302
    assert Engagement.objects.get().starting_point == "system-unused@1"


def test_the_same_choice_twice_is_one(engagement):
    client = signed_in(engagement, Role.COACH)

    answers = [choose(client, engagement, "sales-falling@1", revision="0") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]


@pytest.mark.parametrize("value", ["nonsense@1", "staff-leaving@7"])
def test_one_that_does_not_exist_is_refused(engagement, value):
    answer = choose(signed_in(engagement, Role.COACH), engagement, value)

    assert answer.context["form"].errors["starting_point"]
    assert Engagement.objects.get().starting_point == POINT


@pytest.mark.parametrize("value", ["staff-leaving@0", "gone-for-good@3"])
def test_an_older_one_stays_readable_and_can_be_left_or_renewed(value):
    old = make_preparing(starting_point=value)
    client = signed_in(old, Role.COACH)

    page = client.get(address("starting_point", old))
    assert "An earlier version" in page.content.decode()
    assert page.context["form"]["starting_point"].value() == value

    assert choose(client, old, value).status_code == 302
    assert Engagement.objects.get().starting_point == value
    assert choose(client, old, POINT).status_code == 302
    assert client.get(address("goal", old)).context["form"]["action"].value()


def test_manager_and_sponsor_do_not_choose_it(engagement):
    for role in (Role.MANAGER, Role.SPONSOR):
        assert signed_in(engagement, role).get(address("starting_point", engagement)).status_code == 403


def test_nothing_begins_anew_while_a_version_is_offered_or_once_work_has_begun(engagement):
    make_offered(engagement)
    client = signed_in(engagement, Role.COACH)
    assert "has been offered" in choose(client, engagement, "").content.decode()

    begun = make_preparing(starting_point=POINT)
    make_in_force(begun)
    client = signed_in(begun, Role.COACH)
    assert client.get(address("starting_point", begun)).status_code == 302
    begin_amendment(Engagement.objects.get(pk=begun.pk))
    assert "The work has begun" in choose(client, begun, "").content.decode()


def test_the_page_asks_the_database_little(engagement, django_assert_max_num_queries):
    client = signed_in(engagement, Role.COACH)
    with django_assert_max_num_queries(10):
        client.get(address("starting_point", engagement))


def test_a_mistake_in_a_file_stops_the_start(monkeypatch):
    monkeypatch.setattr(apps, "mistakes", lambda: ["sales-falling.toml: clauses: 'x' is not a clause"])

    assert [error.msg for error in run_checks() if error.id == "driehoek.E001"] == [
        "sales-falling.toml: clauses: 'x' is not a clause"
    ]


def write_in(engagement, language):
    person = person_of(engagement, Role.COACH)
    save_draft(engagement, by=person, part="agreements:practical", logistics={"language": language})


def choose(client, engagement, value, revision=""):
    typed = {"starting_point": value, "revision": revision}
    return client.post(address("starting_point", engagement), typed)
