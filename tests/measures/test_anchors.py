"""Judging what is counted from a milestone: not due before it, and until the computed day after it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from driehoek.access import Role, Shape
from driehoek.engagements.models import Engagement
from driehoek.evidence.deadlines import Anchor
from driehoek.kit import clock
from driehoek.measures import queries
from tests.agreements.makers import make_criterion, make_deliverable, make_draft, make_goal, make_in_force
from tests.makers import make_engagement
from tests.measures.makers import as_, measure
from tests.plans.makers import SIGNED, accept, hand_over, promised_in, reject

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement():
    clock.move_to(SIGNED)
    found = make_engagement(shape=Shape.CONSULTANCY, stage="preparing")
    go_live = make_deliverable(found, sort="go_live", name="Livegang")
    anchor = Anchor("milestone", 90, "days", str(go_live.pk))
    make_criterion(make_goal(found), measure="Fouten", anchor=anchor, window_starts=None, deadline=None)
    make_draft(found, ends_on=date(2027, 12, 31))
    make_in_force(found)
    return Engagement.objects.get(pk=found.pk)


def on(day):
    clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def verdict(engagement):
    [state] = queries.verdicts(Engagement.objects.get(pk=engagement.pk))
    return state.verdict


def page(engagement, language="en", name="measures:index"):
    return as_(engagement, Role.CONSULTANT, language).get(reverse(name, args=[engagement.pk]))


def go_live_on(engagement, day):
    on(day)
    hand_over(engagement)
    accept(engagement)


def test_before_the_milestone_the_page_says_that_it_is_not_due_and_why(engagement):
    on(date(2028, 1, 1))
    measure(engagement, [(date(2027, 12, 1), "3.6")])

    says = "Not due: the milestone “Livegang” has not been reached"
    assert verdict(engagement).status == "not_due"
    assert says in page(engagement).content.decode()
    says = "Nog niet aan de orde: de mijlpaal “Livegang” is nog niet bereikt"
    assert says in page(engagement, "nl").content.decode()


@pytest.mark.parametrize("step", ["nothing", "handed_over", "rejected"])
def test_only_what_is_accepted_begins_the_period(engagement, step):
    if step != "nothing":
        hand_over(engagement)
    if step == "rejected":
        reject(engagement)

    assert verdict(engagement).reason == "anchor_not_reached"


def test_once_it_is_accepted_the_days_are_computed_and_shown_everywhere(engagement):
    go_live_on(engagement, date(2027, 1, 31))

    assert verdict(engagement).deadline == date(2027, 5, 1)
    says = "Livegang” is accepted: from 31 January 2027 to 1 May 2027"
    assert says in page(engagement).content.decode()
    assert says in page(engagement, name="engagement").content.decode()


def test_the_last_day_counts_and_the_day_after_is_too_late(engagement):
    go_live_on(engagement, date(2027, 1, 31))
    last = date(2027, 5, 1)
    on(last + timedelta(days=1))
    measure(engagement, [(last, "3.6")])
    assert verdict(engagement).status == "reached"

    measure(engagement, [(last + timedelta(days=1), "1.0")])
    assert (verdict(engagement).status, verdict(engagement).others) == ("reached", 1)


def test_a_value_from_before_the_milestone_is_no_success(engagement):
    go_live_on(engagement, date(2027, 1, 31))
    on(date(2027, 5, 2))
    measure(engagement, [(date(2027, 1, 30), "3.6")])

    assert (verdict(engagement).status, verdict(engagement).reason) == ("not_assessable", "measured_early")


def test_midnight_is_that_of_the_engagement(engagement):
    clock.move_to(datetime(2027, 1, 31, 23, 30, tzinfo=UTC))  # the first of February in Amsterdam
    hand_over(engagement)
    accept(engagement)

    assert verdict(engagement).deadline == date(2027, 5, 2)


def test_the_milestone_costs_one_query_and_only_where_there_is_one(engagement, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        queries.verdicts(engagement)
    assert promised_in(engagement)
