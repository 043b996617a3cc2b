"""The disclosure table: what can be chosen, and what an agreement starts from."""

from itertools import product

import pytest

from driehoek.access import (
    CHOICES,
    NOTHING,
    RECEIVERS,
    BadDisclosure,
    DisclosureTable,
    Kind,
    Level,
    Role,
    Shape,
    default_table,
    must_sign,
)


@pytest.mark.parametrize(("kind", "role"), list(product(Kind, Role)))
def test_nothing_is_visible_until_a_clause_names_it(kind, role):
    assert NOTHING.level(kind, role) is Level.NEVER


@pytest.mark.parametrize("shape", [Shape.COACHING, Shape.BLENDED])
@pytest.mark.parametrize(
    "kind", [Kind.SESSION_CONTENT, Kind.REFLECTIONS, Kind.PRIVATE_NOTES, Kind.SESSION_DATES]
)
@pytest.mark.parametrize("level", [Level.COUNT, Level.AFTER_RELEASE, Level.ALWAYS])
def test_what_is_said_in_a_session_cannot_be_opened(shape, kind, level):
    with pytest.raises(BadDisclosure):
        DisclosureTable.from_json({kind: {"sponsor": level}}, shape)


@pytest.mark.parametrize(
    "typed",
    [{"gossip": {"sponsor": "never"}}, {"goals": {"coach": "always"}}, {"goals": {"sponsor": "sometimes"}}],
)
def test_a_table_that_names_what_does_not_exist_is_refused(typed):
    with pytest.raises(BadDisclosure):
        DisclosureTable.from_json(typed, Shape.COACHING)


@pytest.mark.parametrize("shape", Shape)
def test_a_default_can_be_stored_and_read_back(shape):
    table = default_table(shape)
    assert DisclosureTable.from_json(table.as_json(), shape) == table
    assert set(table.rows) == set(CHOICES[shape])


def test_in_coaching_results_reach_the_organisation_only_after_release():
    table = default_table(Shape.COACHING)
    for kind in (Kind.MEASUREMENTS, Kind.ATTAINMENT, Kind.REPORTS, Kind.RESULTS):
        assert {table.level(kind, role) for role in RECEIVERS} == {Level.AFTER_RELEASE}
    assert table.level(Kind.ATTENDANCE, Role.SPONSOR) is Level.COUNT
    assert table.level(Kind.STUMBLING_BLOCKS, Role.MANAGER) is Level.NEVER


def test_in_consultancy_the_sponsor_sees_what_is_delivered():
    table = default_table(Shape.CONSULTANCY)
    for kind in (Kind.PLAN, Kind.MEASUREMENTS, Kind.REPORTS, Kind.RESULTS):
        assert table.level(kind, Role.SPONSOR) is Level.ALWAYS


@pytest.mark.parametrize(
    ("shape", "parties", "expected"),
    [
        (Shape.COACHING, "coachee coach", "coachee coach"),
        (Shape.COACHING, "coachee coach manager", "coachee coach manager"),
        (Shape.COACHING, "coachee coach manager sponsor", "coachee coach manager sponsor"),
        (Shape.CONSULTANCY, "consultant sponsor", "consultant sponsor"),
        (Shape.CONSULTANCY, "consultant", "consultant sponsor"),
        (Shape.COACHING, "coach", "coachee coach"),
    ],
)
def test_who_must_sign(shape, parties, expected):
    assert must_sign(shape, [Role(name) for name in parties.split()]) == {
        Role(name) for name in expected.split()
    }
