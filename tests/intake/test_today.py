"""What is asked of whom before the agreement."""

import pytest

from driehoek.access import Role, Stage
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking
from driehoek.intake.actions import hand_in, keep_acquaintance, keep_answers
from driehoek.intake.queries import asked_of, with_signs
from tests.intake.makers import preparing
from tests.makers import make_engagement, make_party, make_person, person_of

pytestmark = pytest.mark.django_db

EMPTY = {"who_we_are": "", "expectations": "", "contribution": ""}


def asked(engagement, role):
    person = person_of(engagement, role)
    seen = Engagement.objects.seen_by(person).filter(pk=engagement.pk)
    return [step.rank for step in asked_of(with_signs(seen, Asking.by(person)).get(), person)]


@pytest.mark.parametrize(
    ("role", "ranks"),
    [(Role.COACHEE, [12, 15]), (Role.COACH, [12, 15]), (Role.MANAGER, [15]), (Role.SPONSOR, [15])],
)
def test_each_party_is_asked_its_own_part(role, ranks):
    assert asked(preparing(), role) == ranks


def test_first_conversation_is_asked_until_it_is_decided():
    engagement = preparing()
    coach = person_of(engagement, Role.COACH)
    keep_acquaintance(engagement, by=coach, texts=EMPTY)
    assert asked(engagement, Role.COACH) == [12, 15]

    keep_acquaintance(engagement, by=coach, texts=EMPTY, goes_on=True)

    assert asked(engagement, Role.COACH) == [15]


def test_first_conversation_is_not_asked_while_the_other_has_not_joined():
    engagement = preparing(without=(Role.COACHEE,))
    make_party(engagement, Role.COACHEE, accepted_at=None)

    assert asked(engagement, Role.COACH) == [15]


def test_questions_are_asked_until_handed_in():
    engagement = preparing()
    manager = person_of(engagement, Role.MANAGER)

    keep_answers(engagement, by=manager, texts={"responsible": "Ik"})
    assert asked(engagement, Role.MANAGER) == [15]
    hand_in(engagement, by=manager)

    assert asked(engagement, Role.MANAGER) == []
    assert asked(engagement, Role.SPONSOR) == [15]


@pytest.mark.parametrize("stage", [Stage.ACTIVE, Stage.CLOSING, Stage.CLOSED])
def test_nothing_of_this_is_asked_after_signing(stage):
    assert asked(make_engagement(stage=stage), Role.COACHEE) == []


def test_signs_cost_no_query_of_their_own(django_assert_num_queries):
    person = make_person()
    for _n in range(3):
        make_engagement(stage=Stage.PREPARING, coach=person)
    seen = Engagement.objects.open_to(person, "see-engagement").seen_by(person)

    with django_assert_num_queries(2):
        steps = [step for one in with_signs(seen, Asking.by(person)) for step in asked_of(one, person)]

    assert len(steps) == 6
