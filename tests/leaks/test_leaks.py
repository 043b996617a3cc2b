"""Nobody reads a word that no rule grants: on any page, form, PDF, mail, calendar, log or in the database.

What each may read is written here by hand, not computed from the policy it guards.
"""

import logging
import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, transaction

from driehoek.access import POLICY, Kind, Level, Permission, Role, Stage, policy
from driehoek.access.policy import Rule
from driehoek.engagements import models as engagement_models
from driehoek.outbox.models import Letter
from driehoek.vault.fields import SealedText
from tests.leaks.filled import WORD, Filled, fill
from tests.leaks.pages import addresses, words
from tests.makers import make_person, person_of

pytestmark = pytest.mark.django_db
FOUND = re.compile(WORD + r"[a-z0-9]+")
EVERYONE = {"coachee", "coach", "manager", "sponsor"}
BOTH = {"coachee", "coach"}
PARTIES = (Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR)

# Every word starts with one of these; the readers are those of an engagement that runs.
READERS = {
    "problem": BOTH,
    "acquaintance": BOTH,
    "intake": EVERYONE,
    "goal": EVERYONE,
    "criterion": EVERYONE,
    "clause": EVERYONE,
    "declined": EVERYONE,
    "stumbling": BOTH,
    "salt": set(),
    "note": BOTH,
    "reflection": BOTH,
    "private": {"coach"},
    "plan": BOTH,
    "scorecoachee": BOTH,
    "scoremanager": BOTH | {"manager"},
    "report": BOTH,
    "result": BOTH,
    "mark": BOTH,
}
# While preparing: only the coachee has handed in the six questions.
READERS_BEFORE = READERS | {
    "intakecoachee": {"coachee"},
    "intakemanager": {"manager"},
    "intakesponsor": {"sponsor"},
    "note": set(),
    "reflection": set(),
    "private": {"coach"},
    "plan": set(),
    "score": set(),
    "scorecoachee": set(),
    "scoremanager": set(),
    "report": set(),
    "result": set(),
    "mark": set(),
}
# After the coachee released report and results to the sponsor.
READERS_AFTER = READERS | {
    "reportcoachee": BOTH | {"sponsor"},
    "result": BOTH | {"sponsor"},
    "mark": BOTH | {"sponsor"},
}


def readers_of(found: str, table: dict) -> set[str]:
    """Who may read this word: the longest beginning in the table counts."""
    rest = found.removeprefix(WORD)
    start = max((start for start in table if rest.startswith(start)), key=len)
    return table[start]


def looks(client, filled: Filled, who: str, methods=("get", "post")) -> Iterator[tuple[str, set[str]]]:
    """Every address with the words that `who` is shown there; what a post does is taken back."""
    if who == "visitor":
        client.logout()
    else:
        client.force_login(make_person() if who == "stranger" else person_of(filled.engagement, Role(who)))
    for name, address in addresses(filled.known):
        if name == "account_logout":  # the rest of the round would be made by a visitor
            continue
        for method in methods:
            with transaction.atomic():
                answer = getattr(client, method)(address, HTTP_ACCEPT_LANGUAGE="en")
                assert answer.status_code < 500, f"{who} {method} {address}"
                found = set(FOUND.findall(words(answer)))
                transaction.set_rollback(True)
            yield f"{method} {address}", found


def leaks(client, filled: Filled, table: dict, whos=PARTIES, methods=("get", "post")) -> Iterator[str]:
    """Every word that somebody read without being granted it, with where."""
    for who in map(str, whos):
        for address, found in looks(client, filled, who, methods):
            for one in found:
                if who not in readers_of(one, table):
                    yield f"{who} read {one} at {address}"


def everything_seen(client, filled: Filled, who: str) -> set[str]:
    """All words that `who` comes across."""
    return set().union(*(found for _address, found in looks(client, filled, who, ("get",))))


SCENES = {
    "preparing": ({"stage": Stage.PREPARING}, READERS_BEFORE),
    "active": ({"stage": Stage.ACTIVE}, READERS),
    "closing, released to the sponsor": ({"stage": Stage.CLOSING, "released": True}, READERS_AFTER),
    "closed, released to the sponsor": ({"stage": Stage.CLOSED, "released": True}, READERS_AFTER),
}


@pytest.mark.parametrize("scene", SCENES)
def test_nobody_reads_what_no_rule_grants(client, scene):
    given, table = SCENES[scene]
    assert list(leaks(client, fill(**given), table)) == []


@pytest.mark.parametrize("who", ["org_admin", "stranger", "visitor"])
def test_nobody_outside_the_triangle_reads_anything(client, who):
    filled = fill(stage=Stage.CLOSING, released=True)
    assert list(leaks(client, filled, {"": set()}, whos=[who])) == []


def test_a_signed_clause_opens_what_it_names_and_nothing_else(client):
    shared = {Kind.STUMBLING_BLOCKS: {Role.MANAGER: Level.ALWAYS, Role.SPONSOR: Level.NEVER}}
    filled = fill(stage=Stage.ACTIVE, disclosure=shared)
    table = READERS | {"stumbling": BOTH | {"manager"}}

    assert list(leaks(client, filled, table, whos=[Role.MANAGER, Role.SPONSOR])) == []
    assert any(one.startswith(WORD + "stumbling") for one in everything_seen(client, filled, "manager"))


@pytest.mark.parametrize("role", [Role.COACHEE, Role.COACH, Role.MANAGER, Role.SPONSOR])
def test_everyone_does_read_what_is_theirs(client, role):
    filled = fill(stage=Stage.CLOSING, released=True)
    seen = everything_seen(client, filled, str(role))
    starts = {start for start, readers in READERS_AFTER.items() if role in readers} - {"declined", "problem"}
    assert {start for start in starts if not any(one.startswith(WORD + start) for one in seen)} == set()


WIDENED = [
    (Permission.READ_SESSION, Role.SPONSOR),
    (Permission.READ_REFLECTIONS, Role.MANAGER),
    (Permission.READ_ACQUAINTANCE, Role.SPONSOR),
    (Permission.READ_PLAN, Role.MANAGER),
    (Permission.READ_REPORTS, Role.SPONSOR),
    (Permission.READ_RESULTS, Role.MANAGER),
    (Permission.READ_STUMBLING_BLOCKS, Role.SPONSOR),
    (Permission.READ_AGREEMENT, Role.ORG_ADMIN),
]


@pytest.mark.parametrize(("permission", "role"), WIDENED)
def test_a_rule_that_is_one_role_too_wide_turns_this_test_red(client, monkeypatch, permission, role):
    rule = POLICY[permission]
    wider = Rule(rule.roles | {role}, rule.stages, rule.kind, rule.opened_by)
    table = dict(POLICY) | {permission: wider}
    monkeypatch.setattr(policy, "POLICY", table)
    monkeypatch.setattr(engagement_models, "POLICY", table)

    assert any(leaks(client, fill(stage=Stage.ACTIVE), READERS, whos=[role], methods=("get",)))


def test_no_mail_holds_a_confidential_word():
    fill(stage=Stage.CLOSING, released=True)
    letters = [str(letter.open()) for letter in Letter.objects.all()]
    assert letters
    assert WORD not in "".join(letters)


def test_no_log_holds_a_confidential_word(client, caplog):
    caplog.set_level(logging.DEBUG)
    filled = fill(stage=Stage.ACTIVE)
    for who in ("coachee", "sponsor"):
        assert list(looks(client, filled, who))
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert WORD not in "\n".join(lines)


@pytest.mark.parametrize("stage", Stage)
def test_the_raw_database_holds_no_confidential_word(stage):
    fill(stage=stage, released=stage in (Stage.CLOSING, Stage.CLOSED))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    plain = bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                    assert WORD.encode() not in plain, table


def test_every_sealed_field_of_the_product_holds_a_word_in_this_test():
    fill(stage=Stage.CLOSED, released=True)
    no_words = {"intake.HelpEstimate.relationship": "a choice of four, no text"}
    empty = []
    for model in apps.get_models():
        for field in (f for f in model._meta.get_fields() if isinstance(f, SealedText)):
            name = f"{model._meta.app_label}.{model.__name__}.{field.name}"
            held = any(WORD in getattr(row, field.name) for row in model._default_manager.all())
            if not held and name not in no_words:
                empty.append(name)
    assert empty == []
