"""Nobody signs what was not talked through: the day of the talk, with three and with two."""

from datetime import timedelta

import pytest

from driehoek.access import Permission, Role, Shape
from driehoek.agreements import actions
from driehoek.agreements.models import Version
from driehoek.agreements.queries import asked_of, standing, stops_of, with_signs
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.intake.models import Acquaintance
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from tests.agreements.makers import (
    address,
    make_draft,
    make_in_force,
    make_offered,
    make_preparing,
    put_signature,
    signed_in,
)
from tests.makers import person_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return make_preparing(without=(Role.MANAGER, Role.SPONSOR))


def days_from_now(days):
    return clock.today() + timedelta(days=days)


def acquainted(engagement, *, days=-1, goes_on=True):
    """What coachee and coach wrote down of their first conversation, now or anew."""
    Acquaintance.objects.update_or_create(
        engagement=engagement, defaults={"met_on": days_from_now(days), "goes_on": goes_on}
    )


def steps_of(engagement, role):
    person = person_of(engagement, role)
    found = with_signs(Engagement.objects.open_to(person, Permission.SEE_ENGAGEMENT), Asking.by(person))
    return [step.title for step in asked_of(found.seen_by(person).get(pk=engagement.pk), person)]


def test_two_who_got_acquainted_and_go_on_can_sign(two):
    acquainted(two)
    version = make_offered(two, met=False)

    put_signature(version, Role.COACHEE)

    assert Version.objects.get(pk=version.pk).met_on == days_from_now(-1)


@pytest.mark.parametrize("goes_on", [True, None])
def test_a_conversation_still_to_come_lets_nobody_sign(two, goes_on):
    acquainted(two, days=7, goes_on=goes_on)
    version = make_offered(two, met=False)

    page = signed_in(two, Role.COACHEE).get(address("sign", two)).content.decode()
    with pytest.raises(Refused, match="First meet and talk it through"):
        put_signature(version, Role.COACHEE)

    assert "First meet and talk it through" in page
    assert steps_of(two, Role.COACH) == ["Meet, and write down the day"]


def test_two_who_do_not_go_on_have_nothing_to_offer(two):
    make_draft(two)
    acquainted(two, goes_on=False)
    coach = signed_in(two, Role.COACH)

    shown = coach.get(address("offer", two)).content.decode()
    answer = coach.post(address("offer", two)).content.decode()

    assert "The wish of both to go on after getting acquainted" in shown
    assert "This cannot be offered yet." in answer
    assert not two.versions.exists()


@pytest.mark.parametrize("met", [False, True])
def test_two_who_decide_not_to_go_on_after_the_offer_do_not_sign(two, met):
    acquainted(two)
    version = make_offered(two, met=met)
    acquainted(two, goes_on=False)

    with pytest.raises(Refused, match="You wrote down that you do not go on together"):
        put_signature(version, Role.COACHEE)


def test_what_was_signed_on_the_strength_of_a_day_keeps_that_day(two):
    acquainted(two)
    version = make_offered(two, met=False)
    put_signature(version, Role.COACHEE)
    acquainted(two, days=9)

    with pytest.raises(Refused, match="so its day stays"):
        actions.record_three_way_meeting(two, by=person_of(two, Role.COACH), met_on=clock.today())

    assert standing(two).met_on == days_from_now(-1)
    assert put_signature(version, Role.COACH)


def test_with_a_manager_the_first_conversation_of_two_is_not_the_talk():
    three = make_preparing(without=(Role.SPONSOR,))
    acquainted(three)

    with pytest.raises(Refused, match="First meet"):
        put_signature(make_offered(three, met=False), Role.COACHEE)


@pytest.mark.parametrize(
    ("given", "role", "words"),
    [
        ({"without": (Role.SPONSOR,)}, Role.COACH, "Start talk"),
        ({"without": (Role.MANAGER, Role.SPONSOR)}, Role.COACH, "Talk about the agreement"),
        ({"shape": Shape.CONSULTANCY, "without": (Role.MANAGER,)}, Role.SPONSOR, "Talk about the agreement"),
    ],
)
def test_the_talk_on_the_path_is_called_what_it_was(given, role, words):
    engagement = make_preparing(**given)
    make_in_force(engagement)
    started = Engagement.objects.get(pk=engagement.pk)

    (stop,) = stops_of(started, person_of(started, role))

    assert (stop.label, stop.on) == (words, clock.today())
