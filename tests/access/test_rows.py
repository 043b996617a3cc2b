"""The list filter and the single check must never disagree."""

from itertools import product

import pytest

from driehoek.access import CHOICES, RECEIVERS, Kind, Level, Permission, Role, Shape, Stage, default_table
from driehoek.engagements.models import Engagement
from tests.makers import make_engagement, make_member, make_organisation, make_party, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    """Four people in every corner of engagements of every shape and stage, and one administrator."""
    people = [make_person() for _ in range(5)]
    organisation = make_organisation()
    make_member(organisation, people[4], is_admin=True)
    for turn, stage, shape in product(range(4), Stage, (Shape.COACHING, Shape.CONSULTANCY)):
        corners = {role: people[(turn + n) % 4] for n, role in enumerate(Role) if role is not Role.ORG_ADMIN}
        hosted = {"organisation": organisation} if turn == 0 else {}
        make_engagement(shape=shape, stage=stage, **corners, **hosted)
    return people


def test_rows_shown_are_rows_allowed(cast):
    for person in cast:
        every = list(Engagement.objects.seen_by(person))
        for permission in Permission:
            shown = set(Engagement.objects.open_to(person, permission))
            assert shown == {one for one in every if one.lets(person, permission)}, permission


@pytest.mark.parametrize("kind", CHOICES[Shape.COACHING])
def test_rows_follow_every_clause_that_can_be_signed(kind):
    manager, sponsor = make_person(), make_person()
    for level in CHOICES[Shape.COACHING][kind]:
        clause = {kind: {role: str(level) for role in RECEIVERS}}
        make_engagement(disclosure=clause, manager=manager, sponsor=sponsor)
    for person in (manager, sponsor):
        every = list(Engagement.objects.seen_by(person))
        for permission in Permission:
            shown = set(Engagement.objects.open_to(person, permission))
            assert shown == {one for one in every if one.lets(person, permission)}, permission


@pytest.mark.parametrize("permission", Permission)
def test_an_invitation_that_was_not_accepted_opens_nothing(permission):
    engagement = make_engagement(without=(Role.SPONSOR,))
    invited = make_person()
    make_party(engagement, Role.SPONSOR, invited, accepted_at=None)
    assert not Engagement.objects.open_to(invited, permission).exists()
    assert not engagement.roles_of(invited)


def test_a_table_without_a_signed_agreement_opens_nothing():
    engagement = make_engagement(stage=Stage.PREPARING, disclosure=default_table(Shape.COACHING).as_json())
    engagement.disclosure = {Kind.PLAN: {Role.SPONSOR: Level.ALWAYS}}
    assert engagement.table.level(Kind.PLAN, Role.SPONSOR) is Level.NEVER
