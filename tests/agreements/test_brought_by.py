"""From whom a goal comes is written down, and one that only the organisation brought is marked so."""

import pytest

from driehoek.access import Role
from driehoek.agreements import actions
from driehoek.agreements.models import Goal
from driehoek.kit.errors import Refused
from tests.agreements.makers import (
    address,
    author_of,
    make_draft,
    make_goal,
    make_in_force,
    make_preparing,
    signed_in,
)

pytestmark = pytest.mark.django_db
MARK = "Brought by the organisation only, not by the coachee."


def test_a_goal_of_the_organisation_alone_is_marked_before_and_after_signing():
    engagement = make_preparing()
    make_draft(engagement)
    make_goal(engagement, brought_by="organisation")

    before = signed_in(engagement, Role.COACHEE).get(address("goals", engagement)).content.decode()
    make_in_force(engagement)
    signed = signed_in(engagement, Role.SPONSOR).get(address("index", engagement)).content.decode()
    page = signed_in(engagement, Role.COACHEE).get(f"/engagements/{engagement.pk}/").content.decode()

    assert MARK in before
    assert MARK in signed
    assert MARK in page


@pytest.mark.parametrize("brought_by", ["coachee", "together"])
def test_a_goal_the_coachee_brought_carries_no_mark(brought_by):
    engagement = make_preparing()
    make_draft(engagement)
    make_goal(engagement, brought_by=brought_by)

    assert MARK not in signed_in(engagement, Role.COACHEE).get(address("goals", engagement)).content.decode()


def test_nothing_is_offered_before_it_is_said_who_brought_a_goal():
    engagement = make_preparing()
    make_draft(engagement)
    Goal.objects.update(brought_by="")

    with pytest.raises(Refused, match="Who brought goal 1"):
        actions.offer(engagement, by=author_of(engagement))


def test_it_is_said_to_be_needed_before_offering_and_not_to_be_optional():
    engagement = make_preparing()

    page = signed_in(engagement, Role.COACHEE, "nl").get(address("goal", engagement)).content.decode()

    legend = page.partition('name="brought_by"')[0].rpartition("<legend>")[2].partition("</legend>")[0]
    assert "(nodig voordat de afspraken worden aangeboden)" in legend
    assert "mag leeg blijven" not in legend


def test_without_an_organisation_nobody_asks_who_brought_it():
    engagement = make_preparing(without=(Role.MANAGER, Role.SPONSOR))
    make_draft(engagement)

    assert (
        "brought_by"
        not in signed_in(engagement, Role.COACHEE).get(address("goal", engagement)).content.decode()
    )


def test_coachee_and_coach_are_told_that_they_can_talk_alone_first():
    engagement = make_preparing()
    coachee = signed_in(engagement, Role.COACHEE)

    for name in ("index", "meeting"):
        assert "can talk alone first" in coachee.get(address(name, engagement)).content.decode()
