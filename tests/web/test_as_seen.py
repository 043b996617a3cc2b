"""The page of manager or sponsor as an example: what stands on it follows from the rules, in every stage."""

import re

import pytest
from django.urls import reverse

from driehoek.access import Kind, Level, Role, Shape, Stage, default_table
from driehoek.agreements.actions import choose_disclosure
from driehoek.agreements.queries.eyes import STAGES, sight
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import KIND_WORDS
from driehoek.kit import clock
from tests.agreements.makers import author_of, make_goal, make_in_force, make_preparing, signed_in
from tests.makers import make_engagement, make_person
from tests.web.makers import make_running

pytestmark = pytest.mark.django_db


def page_of(engagement, role, receiver, stage, language="en"):
    url = reverse("as_seen", args=[engagement.pk, receiver, stage])
    return signed_in(engagement, role, language).get(url)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("receiver", ["manager", "sponsor"])
def test_every_kind_stands_where_the_permission_function_puts_it(stage, receiver):
    engagement = make_preparing()
    table = default_table(engagement.shape_)

    page = page_of(engagement, Role.COACHEE, receiver, stage).context["page"]

    for kind in Kind:
        words = str(KIND_WORDS[kind])
        if kind in (Kind.DELIVERABLES,):
            continue
        found = sight(kind, Role(receiver), stage, table)
        assert (words in page.hidden) == (found == "never"), kind
        assert (words in page.released) == (found == "released"), kind
        assert (words in page.sees or kind in page.shows) == (found in ("sees", "count")), kind


def test_a_table_that_shares_more_shows_more_once_it_is_signed_and_nothing_before():
    engagement = make_preparing()
    table = default_table(engagement.shape_).as_json()
    table["attendance"]["manager"] = str(Level.NEVER)
    choose_disclosure(engagement, by=author_of(engagement), table=table)
    words = str(KIND_WORDS[Kind.ATTENDANCE])

    assert words in page_of(engagement, Role.COACH, "manager", Stage.ACTIVE).context["page"].hidden
    assert words not in page_of(engagement, Role.COACH, "sponsor", Stage.ACTIVE).context["page"].hidden
    assert words in page_of(engagement, Role.COACH, "sponsor", Stage.PREPARING).context["page"].hidden


def test_the_agreed_goals_and_the_number_of_sessions_are_drawn():
    engagement = make_preparing()
    make_in_force(engagement)

    page = page_of(engagement, Role.COACHEE, "sponsor", Stage.CLOSED)

    assert page.context["page"].planned == 7
    assert all(page.context["page"].circles)
    assert "een projectplan maken dat iedereen draagt" in page.content.decode()


def test_the_goals_of_the_draft_are_drawn_before_there_is_an_agreement():
    engagement = make_preparing()
    make_goal(engagement)

    page = page_of(engagement, Role.COACH, "manager", Stage.ACTIVE)

    assert "een projectplan maken dat iedereen draagt" in page.content.decode()
    assert "if everybody signs the table of the draft" in page.content.decode()


def test_it_shows_no_more_goals_than_the_reader_may_read():
    engagement = make_preparing()
    make_goal(engagement)
    page = page_of(engagement, Role.SPONSOR, "manager", Stage.ACTIVE)

    assert bool(page.context["page"].goals) == engagement.lets(
        engagement.party(Role.SPONSOR).person, "read-goals"
    )


def test_in_consultancy_the_sponsor_finds_the_deliveries_at_once():
    engagement = make_preparing(shape=Shape.CONSULTANCY)

    page = page_of(engagement, Role.CONSULTANT, "sponsor", Stage.ACTIVE, "nl")

    assert str(KIND_WORDS[Kind.DELIVERABLES]) in page.context["page"].sees
    assert "te zien krijgt" in page.content.decode()


@pytest.mark.parametrize(
    ("receiver", "stage"),
    [("coachee", "active"), ("coach", "active"), ("sponsor", "dropped"), ("sponsor", "x")],
)
def test_there_is_no_page_for_others_or_for_stages_an_agreement_does_not_lead_through(receiver, stage):
    engagement = make_preparing()

    assert page_of(engagement, Role.COACH, receiver, stage).status_code == 404


def test_who_does_not_take_part_has_no_page_here():
    engagement = make_engagement(stage=Stage.PREPARING, without=(Role.SPONSOR,))

    assert page_of(engagement, Role.COACH, "sponsor", "active").status_code == 404


def test_it_takes_few_questions_to_the_database(django_assert_max_num_queries):
    engagement = make_preparing()
    make_in_force(engagement)
    client = signed_in(engagement, Role.COACHEE, "en")
    url = reverse("as_seen", args=[engagement.pk, "sponsor", "active"])
    client.get(url)

    with django_assert_max_num_queries(10):
        client.get(url)


def headings_in(html):
    """The heading of the page, and the titles of what stands under it."""
    found = re.findall(r"<h[123][^>]*>(.*?)</h[123]>", html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in found]


def sections_in(html):
    shared = {"How the agreement is made", "Where it is going", "Received from Johan", "This you do not see"}
    return shared & set(headings_in(html))


def path_in(html):
    return re.findall(r'<li class="kind-(\w+) ', html)


@pytest.mark.parametrize("receiver", [Role.MANAGER, Role.SPONSOR])
@pytest.mark.parametrize("stage", STAGES)
def test_the_example_has_the_heading_the_titles_and_the_path_of_the_real_page(stage, receiver):
    made = make_preparing if stage is Stage.PREPARING else make_running
    engagement = made(coachee=make_person("Johan Verbeek"), without=())
    if stage is Stage.PREPARING:
        make_goal(engagement)
    Engagement.objects.filter(pk=engagement.pk).update(
        stage=stage,
        paused_on=clock.today() if stage is Stage.PAUSED else None,
        closed_on=clock.today() if stage is Stage.CLOSED else None,
    )
    held = 7 if stage in (Stage.CLOSING, Stage.CLOSED) else 3
    engagement.sessions.filter(number__lte=held).update(held_at=clock.now(), held_minutes=60)

    real = signed_in(engagement, receiver).get(reverse("engagement", args=[engagement.pk])).content.decode()
    real = real.split("<main", 1)[1]
    drawn = page_of(engagement, Role.COACHEE, receiver, stage).content.decode().split('class="asseen', 1)[1]

    assert headings_in(drawn)[0] == headings_in(real)[0]
    assert sections_in(drawn) == sections_in(real)
    assert path_in(drawn) == path_in(real)
    assert bool(path_in(real)) is (stage is not Stage.PREPARING)


@pytest.mark.parametrize(
    ("receiver", "stage", "asked"),
    [
        ("manager", Stage.PREPARING, "To answer the six questions"),
        ("sponsor", Stage.PREPARING, "Whether there is anything the coachee has not been told"),
        ("manager", Stage.ACTIVE, "To score how far each goal has come"),
        ("sponsor", Stage.ACTIVE, "To mark each result that was released"),
        ("sponsor", Stage.CLOSING, "To answer the invitation to the closing talk"),
    ],
)
def test_it_says_what_is_asked_of_them_in_that_stage(receiver, stage, asked):
    answer = page_of(make_preparing(), Role.COACHEE, receiver, stage)

    assert asked in answer.content.decode()
    assert not any("handed over" in words for words in answer.context["page"].asked)
    assert not any("sign" in words for words in answer.context["page"].asked if stage is not Stage.PREPARING)


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CLOSED])
def test_nothing_is_asked_while_it_rests_and_after_the_end(stage):
    assert page_of(make_preparing(), Role.COACHEE, "manager", stage).context["page"].asked == []


def test_a_sponsor_of_consultancy_is_asked_to_accept_what_is_delivered():
    engagement = make_preparing(shape=Shape.CONSULTANCY)

    asked = page_of(engagement, Role.CONSULTANT, "sponsor", Stage.ACTIVE).context["page"].asked
    assert any("handed over" in words for words in asked)
    assert not any("closing talk" in words or "coachee" in words for words in asked)
