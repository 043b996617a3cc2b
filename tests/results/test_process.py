"""What was done is counted, and kept apart from what came of it."""

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.plans.models import Action
from tests.measures.makers import as_, make_agreed
from tests.sessions.makers import make_session

pytestmark = pytest.mark.django_db


def page(engagement, role=Role.COACH, language="en"):
    return as_(engagement, role, language).get(reverse("results:index", args=[engagement.pk]))


def homework(engagement, sort, *, done):
    Action.objects.create(
        engagement=engagement,
        sort=sort,
        text="Iets",
        owner=Role.COACHEE,
        done_on=clock.today() if done else None,
        made_at=clock.now(),
        changed_at=clock.now(),
    )


def worked(**given):
    engagement = make_agreed(draft={"session_count": 6}, **given)
    make_session(engagement, 1, held_at=clock.now(), held_minutes=60)
    make_session(engagement, 2)
    homework(engagement, "exercise", done=True)
    homework(engagement, "exercise", done=False)
    homework(engagement, "experiment", done=True)
    homework(engagement, "milestone", done=True)
    return engagement


def counted(answer):
    return {one.label: one.says for one in answer.context["done"]}


def test_sessions_held_and_homework_done_are_counted_of_what_was_agreed_and_given():
    assert counted(page(worked())) == {
        "Sessions held": "1 of 6",
        "Exercises done": "1 of 2",
        "Experiments done": "1 of 1",
    }


def test_it_is_said_that_doing_is_no_result():
    assert "This is work, not result" in page(worked()).content.decode()
    assert "Dit is werk, geen resultaat" in page(worked(), language="nl").content.decode()


def test_a_receiver_who_reads_the_results_reads_no_counts_here():
    engagement = make_agreed(shape=Shape.CONSULTANCY)
    homework(engagement, "action", done=True)
    opened = {kind: {"sponsor": "always"} for kind in ("results", "plan")}
    Engagement.objects.filter(pk=engagement.pk).update(disclosure=engagement.disclosure | opened)

    assert counted(page(engagement, Role.CONSULTANT)) == {"Actions done": "1 of 1"}
    assert counted(page(engagement, Role.SPONSOR)) == {}


def test_it_costs_no_query_more_however_much_there_is(django_assert_max_num_queries):
    engagement = worked()
    client = as_(engagement, Role.COACH)
    url = reverse("results:index", args=[engagement.pk])
    for _turn in range(40):
        homework(engagement, "action", done=True)
    with django_assert_max_num_queries(10):
        answer = client.get(url)
    assert counted(answer)["Actions done"] == "40 of 40"
