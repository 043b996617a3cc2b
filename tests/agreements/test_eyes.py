"""With other eyes: what manager and sponsor see in each stage is what the doors will do."""

import pytest

from driehoek.access import (
    NOTHING,
    READING,
    DisclosureTable,
    Kind,
    Level,
    Role,
    Shape,
    Stage,
    default_table,
    may,
)
from driehoek.agreements.actions import choose_disclosure
from driehoek.agreements.queries.eyes import through_eyes
from tests.agreements.makers import address, author_of, make_in_force, make_preparing, signed_in
from tests.makers import make_engagement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("shape", list(Shape))
@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_what_is_said_to_be_seen_is_what_the_permission_function_lets_in(shape, role):
    table = default_table(shape)

    for row in through_eyes(shape, role, table):
        for stage, sight in row.sights.items():
            holds = NOTHING if stage is Stage.PREPARING else table
            lets = may(READING[row.kind], frozenset({role}), stage, holds)
            assert lets == (sight in ("sees", "count")), (row.kind, stage)


def test_every_kind_stands_once_and_the_conversation_is_never_seen():
    seen = {
        row.kind: row for row in through_eyes(Shape.COACHING, Role.MANAGER, default_table(Shape.COACHING))
    }

    assert len(seen) == len(through_eyes(Shape.COACHING, Role.MANAGER, default_table(Shape.COACHING)))
    for kind in (Kind.PRIVATE_NOTES, Kind.SESSION_CONTENT, Kind.REFLECTIONS, Kind.ACQUAINTANCE):
        assert set(seen[kind].sights.values()) == {"never"}


def test_nothing_is_released_before_the_start():
    seen = {
        row.kind: row for row in through_eyes(Shape.COACHING, Role.SPONSOR, default_table(Shape.COACHING))
    }

    assert list(seen[Kind.REPORTS].sights.values()) == ["never", *["released"] * 4]
    assert list(seen[Kind.ATTENDANCE].sights.values()) == ["never", *["count"] * 4]


def test_what_the_coachee_shares_is_seen_once_it_was_signed_and_not_before():
    table = default_table(Shape.COACHING).as_json() | {"stumbling_blocks": {"manager": "always"}}
    rows = through_eyes(Shape.COACHING, Role.MANAGER, DisclosureTable.from_json(table, Shape.COACHING))

    [blocks] = [row for row in rows if row.kind is Kind.STUMBLING_BLOCKS]
    assert list(blocks.sights.values()) == ["never", *["sees"] * 4]


def sight_in(page, kind):
    """What the page says of this kind once the engagement is under way."""
    return next(row.sights[Stage.ACTIVE] for row in page.context["rows"] if row.kind is kind)


def test_the_draft_is_followed_as_it_is_chosen():
    engagement = make_preparing()
    table = default_table(engagement.shape_).as_json()
    table["attendance"]["manager"] = str(Level.NEVER)
    choose_disclosure(engagement, by=author_of(engagement), table=table)

    page = signed_in(engagement, Role.COACHEE).get(address("eyes", engagement, "manager"))

    assert sight_in(page, Kind.ATTENDANCE) == "never"
    assert "if everybody signs the table" in page.content.decode()


def test_afterwards_the_table_in_force_is_shown():
    engagement = make_preparing()
    make_in_force(engagement)

    page = signed_in(engagement, Role.SPONSOR, "nl").get(address("eyes", engagement, "sponsor"))

    assert "onder de afspraken die gelden" in page.content.decode()
    assert sight_in(page, Kind.ATTENDANCE) == "count"


def test_a_phone_without_the_head_of_the_table_leads_to_every_stage_and_names_the_one_of_now():
    engagement = make_preparing()
    page = signed_in(engagement, Role.COACHEE).get(address("eyes", engagement, "manager"))

    above, table = page.content.decode().split("<table")
    for stage in ("preparing", "active", "paused", "closing", "closed"):
        assert f"/manager/{stage}/" in above
    assert table.count("(Now)") == len(page.context["rows"])


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
