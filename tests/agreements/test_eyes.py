"""With other eyes: what manager and sponsor see in each stage is what the doors will do."""

import pytest

from driehoek.access import POLICY, READING, Kind, Level, Permission, Role, Shape, Stage, default_table, may
from driehoek.agreements.actions import choose_disclosure
from driehoek.agreements.queries.eyes import through_eyes
from driehoek.engagements.wording import KIND_WORDS
from tests.agreements.makers import address, author_of, make_in_force, make_preparing, signed_in
from tests.makers import make_engagement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_what_is_said_to_be_seen_is_what_the_permission_function_lets_in(shape, role):
    table = default_table(shape)

    for one in through_eyes(shape, role, table, now=Stage.ACTIVE):
        words = {str(KIND_WORDS[kind]): kind for kind in Kind}
        holds = table if one.stage is not Stage.PREPARING else None
        for name in one.sees + one.counts:
            permission = READING[words[name]]
            assert may(permission, frozenset({role}), one.stage, *([holds] if holds else []))
        for name in one.never + one.released:
            permission = READING[words[name]]
            assert not may(permission, frozenset({role}), one.stage, *([holds] if holds else []))


def test_every_kind_stands_once_in_every_stage():
    for one in through_eyes(Shape.COACHING, Role.MANAGER, default_table(Shape.COACHING), now=Stage.CLOSED):
        said = one.sees + one.counts + one.released + one.never
        assert len(said) == len(set(said))
        assert str(KIND_WORDS[Kind.PRIVATE_NOTES]) in one.never
        assert str(KIND_WORDS[Kind.SESSION_CONTENT]) in one.never


def test_nothing_is_released_before_the_start():
    stages = through_eyes(Shape.COACHING, Role.SPONSOR, default_table(Shape.COACHING), now=Stage.PREPARING)

    assert Stage.PREPARING not in POLICY[Permission.READ_RELEASED].stages
    assert [bool(one.released) for one in stages] == [False, True, True, True]
    assert [one.is_now for one in stages] == [True, False, False, False]


def test_the_draft_is_followed_as_it_is_chosen():
    engagement = make_preparing()
    table = default_table(engagement.shape_).as_json()
    table["attendance"]["manager"] = str(Level.NEVER)
    choose_disclosure(engagement, by=author_of(engagement), table=table)

    page = signed_in(engagement, Role.COACHEE).get(address("eyes", engagement, "manager"))

    [active] = [one for one in page.context["stages"] if one.stage is Stage.ACTIVE]
    assert active.counts == []
    assert "if everybody signs the table" in page.content.decode()


def test_afterwards_the_table_in_force_is_shown():
    engagement = make_preparing()
    make_in_force(engagement)

    page = signed_in(engagement, Role.SPONSOR, "nl").get(address("eyes", engagement, "sponsor"))

    assert "onder de afspraken die gelden" in page.content.decode()
    [active] = [one for one in page.context["stages"] if one.stage is Stage.ACTIVE]
    assert active.counts == ["Aanwezigheid"] or len(active.counts) == 1


@pytest.mark.parametrize("role", ["coachee", "coach", "nobody"])
def test_only_the_eyes_of_manager_and_sponsor_can_be_borrowed(role):
    engagement = make_preparing()

    assert signed_in(engagement, Role.COACH).get(address("eyes", engagement, role)).status_code == 404


def test_who_does_not_take_part_has_no_eyes_here():
    engagement = make_engagement(stage=Stage.PREPARING, without=(Role.SPONSOR,))

    assert signed_in(engagement, Role.COACH).get(address("eyes", engagement, "sponsor")).status_code == 404
    assert (
        "eyes/sponsor"
        not in signed_in(engagement, Role.COACH).get(address("index", engagement)).content.decode()
    )
