"""Nobody reads a word that no rule grants: on any page, form, PDF, mail, calendar, log or in the database.

What each may read is written here by hand, not computed from the policy it guards.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import date, time

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from driehoek.access import POLICY, Kind, Level, Permission, Role, Stage, policy
from driehoek.access.policy import Rule
from driehoek.engagements.models import taking_part as engagement_models
from driehoek.outbox.models import Letter
from driehoek.sessions.actions import cancel_session, move_session
from driehoek.sessions.models import Session
from driehoek.vault.fields import SealedText
from tests.leaks.consultancy import fill as fill_consultancy
from tests.leaks.filled import fill
from tests.leaks.pages import addresses, words
from tests.leaks.sweeps import Look, look_around, scene_of, scenes, swept
from tests.leaks.words import EXPECTED_ON, WORD, word
from tests.makers import person_of

pytestmark = pytest.mark.django_db
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
    "expected": EVERYONE,
    "comment": EVERYONE,
    "declined": EVERYONE,
    "stumbling": BOTH,
    "salt": {"coachee"},
    "capacity": EVERYONE,
    "note": BOTH,
    "cancelled": BOTH,
    "struck": BOTH,
    "series": BOTH,
    "reflection": BOTH,
    "aid": BOTH,
    "messagepair": BOTH,
    "messageeveryone": EVERYONE,
    "filepair": BOTH,
    "fileeveryone": EVERYONE,
    "feedback": BOTH,
    "rawfeedback": set(),
    "survey": BOTH,
    "rawsurvey": set(),
    "private": {"coach"},
    "outside": {"coachee"},
    "plan": BOTH,
    "scorecoachee": BOTH,
    "scoremanager": BOTH | {"manager"},
    "reviewcoachee": BOTH,
    "reviewmanager": BOTH | {"manager"},
    "reviewwork": BOTH,
    "report": BOTH,
    "result": BOTH,
    "mark": BOTH,
    "interruption": BOTH,
    "beside": set(),
    "experiment": {"coachee"},
}
# While preparing: only the coachee has handed in the six questions.
READERS_BEFORE = READERS | {
    "intakecoachee": {"coachee"},
    "intakecoach": {"coach"},
    "intakemanager": {"manager"},
    "intakesponsor": {"sponsor"},
    "note": set(),
    "cancelled": set(),
    "struck": set(),
    "series": set(),
    "reflection": set(),
    "aid": set(),
    "private": {"coach"},
    "plan": set(),
    "score": set(),
    "scorecoachee": set(),
    "scoremanager": set(),
    "feedback": set(),
    "survey": set(),
    "reviewcoachee": set(),
    "reviewmanager": set(),
    "reviewwork": set(),
    "report": set(),
    "result": set(),
    "mark": set(),
    "interruption": set(),
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


def leaked(looks: Iterable[Look], who: str, table: dict) -> Iterator[str]:
    """Every word that `who` read without being granted it, with where."""
    for look in looks:
        for one in look.found:
            if who not in readers_of(one, table):
                yield f"{who} read {one} at {look.method} {look.address}"


def everything_seen(looks: Iterable[Look]) -> set[str]:
    """All words that somebody comes across on the pages, without sending a form."""
    return {one for look in looks if look.method == "get" for one in look.found}


CLOSING = "closing, released to the sponsor"
TABLES = {
    "preparing": READERS_BEFORE,
    "active": READERS,
    "paused": READERS,
    "stopped, released to the sponsor": READERS_AFTER,
    "dropped": READERS_BEFORE,
    CLOSING: READERS_AFTER,
    "closed, released to the sponsor": READERS_AFTER,
}


@pytest.mark.parametrize("scene", scenes())
def test_nobody_reads_what_no_rule_grants(client, scene):
    looks = swept(client, scene).looks
    assert [one for who in looks for one in leaked(looks[who], str(who), TABLES[scene])] == []


@pytest.mark.parametrize("who", ["stranger", pytest.param("visitor", marks=pytest.mark.one_database)])
def test_nobody_outside_the_triangle_reads_anything(client, who):
    filled = fill(stage=Stage.CLOSING, released=True)
    assert list(leaked(look_around(client, filled, who), who, {"": set()})) == []


@pytest.mark.one_database
def test_a_signed_clause_opens_what_it_names_and_nothing_else(client):
    shared = {Kind.STUMBLING_BLOCKS: {Role.MANAGER: Level.ALWAYS, Role.SPONSOR: Level.NEVER}}
    filled = fill(stage=Stage.ACTIVE, disclosure=shared)
    table = READERS | {"stumbling": BOTH | {"manager"}}

    looks = {who: look_around(client, filled, who) for who in ("manager", "sponsor")}
    assert [one for who in looks for one in leaked(looks[who], who, table)] == []
    assert any(one.startswith(WORD + "stumbling") for one in everything_seen(looks["manager"]))


@pytest.mark.parametrize("scene", [scene_of(CLOSING)])
def test_everyone_does_read_what_is_theirs(client, scene):
    for role in PARTIES:
        seen = everything_seen(swept(client, scene).looks[role])
        theirs = {start for start, readers in READERS_AFTER.items() if role in readers}
        unseen = {start for start in theirs if not any(one.startswith(WORD + start) for one in seen)}
        assert unseen <= {"declined", "problem", "interruption"}, role


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


@pytest.mark.one_database
@pytest.mark.parametrize(("permission", "role"), WIDENED)
def test_a_rule_that_is_one_role_too_wide_turns_this_test_red(client, monkeypatch, permission, role):
    rule = POLICY[permission]
    wider = Rule(rule.roles | {role}, rule.stages, rule.kind, rule.opened_by)
    table = dict(POLICY) | {permission: wider}
    monkeypatch.setattr(policy, "POLICY", table)
    monkeypatch.setattr(engagement_models, "POLICY", table)

    looks = look_around(client, fill(stage=Stage.ACTIVE), role, methods=("get",))
    assert any(leaked(looks, str(role), READERS))


@pytest.mark.one_database
@pytest.mark.parametrize("scene", [{"stage": Stage.PAUSED}, {"stage": Stage.CLOSING, "stops": True}])
@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_why_it_rests_or_ends_leaks_as_soon_as_one_rule_is_too_wide(client, monkeypatch, scene, role):
    rule = POLICY[Permission.READ_INTERRUPTIONS]
    table = dict(POLICY) | {Permission.READ_INTERRUPTIONS: Rule(rule.roles | {role}, rule.stages, rule.kind)}
    filled = fill(**scene)
    address = reverse("results:stop_or_pause", args=[filled.engagement.pk])
    client.force_login(person_of(filled.engagement, role))
    before = client.get(address).content.decode()

    monkeypatch.setattr(policy, "POLICY", table)

    assert WORD + "interruption" not in before
    assert WORD + "interruption" in client.get(address).content.decode()


@pytest.mark.parametrize("scene", [scene_of("paused"), scene_of("stopped, released to the sponsor")])
def test_coachee_and_coach_read_why_it_rests_or_ends(client, scene):
    looks = swept(client, scene).looks
    for role in (Role.COACHEE, Role.COACH):
        assert any(one.startswith(WORD + "interruption") for one in everything_seen(looks[role])), role


WHEN = re.compile(f"(?i)May {EXPECTED_ON:%Y}|{EXPECTED_ON}|{EXPECTED_ON:%Y%m%d}|{EXPECTED_ON:%d.%m.%Y}")
"""The day itself: its year alone stands by chance in the letters and digits of a token."""


@pytest.mark.one_database
@pytest.mark.parametrize("role", [Role.MANAGER, Role.SPONSOR])
def test_the_day_on_which_a_pause_may_end_is_not_for_the_organisation(client, role):
    filled = fill(stage=Stage.PAUSED)
    client.force_login(person_of(filled.engagement, role))
    for _name, address in addresses(filled.known):
        said = words(client.get(address, HTTP_ACCEPT_LANGUAGE="en"))
        assert not WHEN.search(said), address


def test_no_mail_holds_a_confidential_word():
    fill(stage=Stage.CLOSING, released=True)
    letters = [str(letter.open()) for letter in Letter.objects.all()]
    assert letters
    assert WORD not in "".join(letters)


def test_no_invitation_for_a_calendar_holds_a_confidential_word():
    filled = fill(stage=Stage.ACTIVE)
    coach, session = person_of(filled.engagement, Role.COACH), filled.engagement.sessions.get(number=1)
    Session.objects.filter(pk=session.pk).update(held_at=None, held_minutes=None)
    move_session(session, on=date(2026, 12, 1), at=time(10), by=coach)
    cancel_session(session, by=coach, reason=word("cancelled"))

    parts = [letter.open()["calendar"].replace("\r\n ", "") for letter in Letter.objects.all()]
    assert len([part for part in parts if "METHOD:" in part]) == 4
    assert WORD not in "".join(parts)


def test_no_log_holds_a_confidential_word(client, caplog):
    caplog.set_level(logging.DEBUG)
    filled = fill(stage=Stage.ACTIVE)
    for who in ("coachee", "sponsor"):
        assert look_around(client, filled, who)
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
    fill_consultancy(stage=Stage.CLOSING, sees=Level.ALWAYS)
    no_words = {
        "intake.HelpEstimate.relationship": "a choice of four, no text",
        "intake.HelpEstimate.self_steering": "a choice of three, no text",
        "agreements.SealedCopy.pdf": "made at a download; what each copy holds: agreements/test_sealed_copy",
        "results.SealedReport.pdf": "made at a download, of what a release holds: results/test_sealed_report",
    }
    empty = []
    for model in apps.get_models():
        for field in (f for f in model._meta.get_fields() if isinstance(f, SealedText)):
            name = f"{model._meta.app_label}.{model.__name__}.{field.name}"
            said = (getattr(row, field.name) for row in model._default_manager.all())
            held = any(WORD in (one.decode() if isinstance(one, bytes) else one) for one in said)
            if not held and name not in no_words:
                empty.append(name)
    assert empty == []
