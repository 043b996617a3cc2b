"""A consultancy: no coachee, no release, so every door and every word goes by the table that was signed."""

import pytest
from django.db import connection

from driehoek.access import DisclosureTable, Level, Role, Stage, may
from driehoek.outbox.models import Letter
from driehoek.plans.actions import hand_over
from tests.house.test_doors import ONLY_HOSTS, guarded
from tests.leaks.consultancy import OPENED, fill
from tests.leaks.sweeps import Look, look_around
from tests.leaks.words import WORD, word
from tests.makers import person_of

pytestmark = pytest.mark.django_db
INSIDE = (Role.CONSULTANT, Role.SPONSOR, Role.MANAGER, Role.ORG_ADMIN)


ON_BOTH = Level.NEVER
ONE_DATABASE = pytest.mark.one_database  # what a table opens is decided in Python, not by a database
_swept: dict[Level, tuple[DisclosureTable, dict[Role, list[Look]]]] = {}


def sweep(*levels: Level) -> pytest.MarkDecorator:
    """Every role along every page of a consultancy that closes. By its name all tests of one run together."""
    return pytest.mark.parametrize(
        "sees",
        [
            pytest.param(one, id=f"sweep consultancy {one}", marks=[] if one is ON_BOTH else ONE_DATABASE)
            for one in levels
        ],
    )


def swept(client, sees: Level) -> tuple[DisclosureTable, dict[Role, list[Look]]]:
    """The round through it; made once in a process, since nothing in it stays in the database."""
    if sees not in _swept:
        filled = fill(stage=Stage.CLOSING, sees=sees)
        methods = ("get", "post") if sees is Level.ALWAYS else ("get",)  # a door asks nothing of the method
        doors = sees is not Level.ALWAYS
        looks = {role: look_around(client, filled, role, methods, only_doors=doors) for role in INSIDE}
        _swept[sees] = filled.engagement.table, looks
    return _swept[sees]


def words_in(looks: list[Look]) -> set[str]:
    return {found.removeprefix(WORD) for look in looks for found in look.found}


def wrong_doors(looks: dict[Role, list[Look]], stage: Stage, table: DisclosureTable) -> list[str]:
    """Where a door opened or stayed shut against the policy."""
    wrong = []
    every = ((role, look) for role, seen in looks.items() for look in seen if look.method == "get")
    for role, look in every:
        if (permission := guarded().get(look.name)) is None:
            continue
        allowed = may(permission, frozenset({role}), stage, table)
        allowed = allowed and (role is Role.ORG_ADMIN or look.name not in ONLY_HOSTS)
        if (look.status == 403) is allowed:
            wrong.append(f"{role} {look.address}: {look.status}")
    return wrong


@pytest.mark.one_database
@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.ACTIVE])
def test_every_door_of_a_consultancy_obeys_the_policy(client, stage):
    filled = fill(stage=stage, sees=Level.ALWAYS)
    looks = {role: look_around(client, filled, role, ("get",), only_doors=True) for role in INSIDE}

    assert wrong_doors(looks, stage, filled.engagement.table) == []


@sweep(Level.NEVER, Level.ALWAYS)
def test_every_door_of_a_consultancy_that_closes_obeys_the_policy(client, sees):
    table, looks = swept(client, sees)

    assert wrong_doors(looks, Stage.CLOSING, table) == []


@sweep(Level.NEVER, Level.ALWAYS)
def test_the_sponsor_reads_the_work_exactly_when_the_table_says_so(client, sees):
    seen = words_in(swept(client, sees)[1][Role.SPONSOR])

    assert {"criterion", "clause"} <= seen
    for kind, begin in OPENED.items():
        reads = any(found.startswith(begin) for found in seen)
        assert reads is (sees is Level.ALWAYS), kind


@sweep(Level.NEVER, Level.ALWAYS)
def test_a_manager_to_whom_nothing_was_opened_reads_what_was_agreed_only(client, sees):
    seen = words_in(swept(client, sees)[1][Role.MANAGER])

    assert {"criterion", "clause"} <= seen
    assert not [one for one in seen if one.startswith((*OPENED.values(), "mark"))]


@sweep(Level.NEVER, Level.ALWAYS)
def test_the_sponsor_reads_what_was_handed_over_directly_whatever_the_table_says(client, sees):
    seen = words_in(swept(client, sees)[1][Role.SPONSOR])

    assert {"delivery41", "delivery42", "delivery81", "deliveryconclusion"} <= seen


@sweep(Level.NEVER, Level.ALWAYS)
def test_the_administrator_reads_nothing_at_all(client, sees):
    assert words_in(swept(client, sees)[1][Role.ORG_ADMIN]) == set()


@pytest.mark.one_database
@pytest.mark.parametrize("level", [Level.NEVER, Level.ALWAYS])
def test_the_manager_reads_what_was_handed_over_exactly_when_the_table_says_so(client, level):
    filled = fill(stage=Stage.ACTIVE, sees=Level.ALWAYS)
    table = filled.engagement.disclosure
    table["deliverables"]["manager"] = str(level)
    filled.engagement.save()

    seen = words_in(look_around(client, filled, Role.MANAGER, ("get",)))

    assert {"promise1", "acceptable1"} <= seen  # it stands in the agreement that the manager signs
    assert ({"delivery41", "delivery42", "delivery81"} <= seen) is (level is Level.ALWAYS)
    assert any(one.startswith("delivery") for one in seen) is (level is Level.ALWAYS)


def test_nothing_of_what_was_promised_is_in_a_letter_or_readable_in_the_database(client):
    filled = fill(stage=Stage.ACTIVE, sees=Level.ALWAYS)
    who, promised = person_of(filled.engagement, Role.CONSULTANT), filled.engagement.deliverables.all()
    hand_over(filled.engagement, promised[2].pk, by=who, note=word("handedover"))

    letters = "".join(str(letter.open()) for letter in Letter.objects.all())
    assert letters
    assert WORD not in letters
    with connection.cursor() as cursor:
        for table in ("agreements_deliverable", "plans_deliverystep", "agreements_draft"):
            cursor.execute(f"SELECT * FROM {table}")
            kept = [bytes(one) if isinstance(one, memoryview) else one for row in cursor for one in row]
            assert kept
            assert WORD not in repr(kept)
