"""Who carries the change on: named by the consultant, read by the parties of that phase only."""

from datetime import UTC, datetime

import pytest

from driehoek.access import Role, Shape, Stage
from driehoek.blended.models import ChangeAgent
from driehoek.kit import clock
from tests.blended.makers import page
from tests.makers import make_engagement, person_of

pytestmark = pytest.mark.django_db
TYPED = {"name": "Fatma Yıldız", "takes_over": "Het beheer van de velden", "alone_since": ""}


@pytest.fixture
def transition():
    clock.move_to(datetime(2026, 9, 20, 9, tzinfo=UTC))
    return make_engagement(shape=Shape.CONSULTANCY)


def named(client, engagement, **changed):
    consultant = person_of(engagement, Role.CONSULTANT)
    return page(client, consultant, "add_agent", engagement, **(TYPED | changed))


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.SPONSOR, Role.MANAGER])
def test_parties_of_the_phase_read_who_takes_over_what(client, transition, role):
    named(client, transition)
    said = page(client, person_of(transition, role), "agents", transition).content.decode()
    assert "Fatma Yıldız" in said
    assert "Het beheer van de velden" in said


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH])
def test_a_coaching_has_no_change_agents(client, role):
    coaching = make_engagement()
    assert page(client, person_of(coaching, role), "agents", coaching).status_code == 403


@pytest.mark.parametrize("role", [Role.SPONSOR, Role.MANAGER])
def test_only_the_consultant_names_them(client, transition, role):
    assert page(client, person_of(transition, role), "add_agent", transition, **TYPED).status_code == 403
    assert not ChangeAgent.objects.exists()


def test_it_is_said_since_when_somebody_does_it_alone(client, transition):
    named(client, transition)
    agent = ChangeAgent.objects.get()
    consultant = person_of(transition, Role.CONSULTANT)

    changed = TYPED | {"alone_since": "2026-09-18"}
    page(client, consultant, "change_agent", transition, agent.pk, **changed)

    assert "Zelfstandig sinds 18 september 2026" in (
        page(client, consultant, "agents", transition).content.decode()
    )


def test_a_day_that_has_not_come_is_refused_and_what_was_typed_stays(client, transition):
    answer = named(client, transition, alone_since="2026-09-21")
    assert "Deze dag moet nog komen" in answer.context["form"].errors["alone_since"][0]
    assert "Het beheer van de velden" in answer.content.decode()
    assert not ChangeAgent.objects.exists()


@pytest.mark.parametrize(("field", "typed"), [("name", ""), ("takes_over", ""), ("takes_over", "x" * 2001)])
def test_what_is_missing_or_too_long_is_said_beside_it(client, transition, field, typed):
    assert field in named(client, transition, **{field: typed}).context["form"].errors


def test_somebody_is_taken_off_the_list_with_their_name(client, transition):
    named(client, transition)
    consultant = person_of(transition, Role.CONSULTANT)
    agent = ChangeAgent.objects.get()
    page(client, consultant, "take_off_agent", transition, agent.pk, sure="yes")
    assert not ChangeAgent.objects.exists()


def test_somebody_named_elsewhere_is_not_found_here(client, transition):
    named(client, transition)
    other = make_engagement(shape=Shape.CONSULTANCY)
    consultant, agent = person_of(other, Role.CONSULTANT), ChangeAgent.objects.get()
    assert page(client, consultant, "change_agent", other, agent.pk).status_code == 404


def test_a_list_without_end_is_refused(client, transition):
    for number in range(30):
        named(client, transition, name=f"Voortrekker {number}")
    answer = named(client, transition)
    assert "Er zijn al 30 voortrekkers" in answer.content.decode()
    assert ChangeAgent.objects.count() == 30


def test_after_closing_nothing_changes_any_more(client, transition):
    transition.stage = Stage.CLOSED
    transition.save()
    assert named(client, transition).status_code == 403
