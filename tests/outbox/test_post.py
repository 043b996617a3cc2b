"""Posting: a letter is part of the caller's deed, one per key, and holds nothing but facts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from driehoek.documents.calendar import Event
from driehoek.kit import clock
from driehoek.outbox import queries
from driehoek.outbox.actions import post
from driehoek.outbox.facts import ASKED, NotAFact
from driehoek.outbox.letters import KINDS, write
from driehoek.outbox.models import Letter
from driehoek.outbox.worker import tidy
from tests.outbox.conftest import LINK

pytestmark = pytest.mark.django_db

AT = datetime(2026, 7, 7, 8, 0, tzinfo=UTC)  # ten o'clock in Amsterdam
EVENT = Event(str(uuid4()), AT, AT, "", url=LINK)
FACTS = {
    "sign_in_code": {"code": "K3F-9QX", "minutes": 10},
    "invitation": {"by": "Ruben", "role": "Coachee", "organisation": "Noorderlicht", "link": LINK},
    "member": {"by": "Ruben", "organisation": "Noorderlicht", "administers": False, "link": LINK},
    "engagement_news": {"about": "Saskia", "happened": "paused", "link": LINK},
    "your_turn": {"about": "Saskia", "asked": "sign_agreement", "link": LINK},
    "agreement_offered": {"by": "Ruben", "about": "Saskia", "version": 2, "link": LINK},
    "agreement_in_force": {"about": "Saskia", "version": 2, "link": LINK},
    "delivery_accepted": {"about": "Saskia", "link": LINK},
    "released": {"by": "Saskia", "formal": True, "link": LINK},
    "session_tomorrow": {"at": AT, "link": LINK},
    "experiment_waits": {"link": LINK, "ends": True},
    "plan_waits": {"link": LINK},
    "put_back": {"at": AT, "link": LINK, "formal": True},
    "look_back": {"at": AT, "link": LINK},
    "new_message": {"by": "Saskia", "formal": True, "link": LINK},
    "new_file": {"formal": True, "link": LINK},
    "feedback_asked": {"about": "Saskia", "at": AT, "minutes": 4, "link": LINK},
    "feedback_reminder": {"about": "Saskia", "at": AT, "minutes": 4, "link": LINK},
    "survey_asked": {"by": "Daan", "at": AT, "minutes": 2, "link": LINK},
    "survey_reminder": {"by": "Daan", "at": AT, "minutes": 2, "link": LINK},
    "feedback_in": {"about": "Saskia", "link": LINK},
    "session_planned": {"at": AT, "count": 7, "link": LINK, "events": [EVENT]},
    "session_moved": {"was": AT, "at": AT, "link": LINK, "events": [EVENT]},
    "session_cancelled": {"at": AT, "link": LINK, "events": [EVENT]},
    "meeting_planned": {"at": AT, "link": LINK, "events": [EVENT], "formal": True},
    "meeting_moved": {"at": AT, "link": LINK, "events": [EVENT]},
    "meeting_cancelled": {"at": AT, "link": LINK, "events": [EVENT]},
}


def test_a_second_post_with_the_same_key_changes_nothing(invite):
    first = invite(key="invitation-1")
    second = invite("somebody-else@example.com", key="invitation-1")

    assert (second.pk, second.to_address) == (first.pk, "coachee@example.com")
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("name", ["engagement_news", "your_turn", "agreement_offered", "agreement_in_force"])
@pytest.mark.parametrize("formal", [False, True])
def test_a_letter_to_the_person_whose_engagement_it_is_says_your(name, formal):
    facts = FACTS[name] | ({"formal": True} if formal and "formal" in KINDS[name].facts else {})

    mine = write(name, {key: value for key, value in facts.items() if key != "about"}, language="en")
    theirs = write(name, facts, language="en")

    assert "our engagement" in mine.text
    assert "engagement of Saskia" in theirs.text


def test_a_second_post_is_held_to_short_facts_as_the_first_is(invite):
    invite("coachee@example.com", key="invitation-1")

    with pytest.raises(NotAFact):
        post("coachee@example.com", template="invitation", facts={}, language="nl", key="invitation-1")


def test_a_letter_of_a_deed_that_did_not_hold_was_never_written(invite):
    with transaction.atomic():
        invite()
        transaction.set_rollback(True)

    assert not Letter.objects.exists()


def test_neither_code_nor_link_nor_words_can_be_read_in_the_database(invite):
    post(
        "coach@example.com", template="sign_in_code", facts=FACTS["sign_in_code"], language="nl", key="code-1"
    )
    invite()

    with connection.cursor() as cursor:
        cursor.execute("select * from outbox_letter")
        raw = b" ".join(
            bytes(v) if isinstance(v, memoryview | bytes) else str(v).encode() for r in cursor for v in r
        )

    for secret in (b"K3F-9QX", LINK.encode(), b"Ruben", b"nodigt"):
        assert secret not in raw


def test_the_words_of_one_letter_cannot_be_moved_into_another(invite):
    mine, other = invite(key="1"), invite(key="2")
    mine.sealed = other.sealed

    with pytest.raises(Exception, match="master key"):
        mine.open()


@pytest.mark.parametrize("template", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_letter_is_written_in_both_languages(template, language):
    words = write(template, FACTS[template], language=language)
    other = write(template, FACTS[template], language="en" if language == "nl" else "nl")

    assert words.subject
    assert words.subject != other.subject
    assert f'<html lang="{language}">' in words.html
    assert "{" not in words.text + words.html
    assert "!" not in words.text
    assert "uur uur" not in words.text
    if "link" in FACTS[template]:
        assert f"\n{LINK}\n" in words.text
        assert f'href="{LINK}"' in words.html


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_asked_is_said_in_the_readers_language(asked, language):
    words = write("your_turn", FACTS["your_turn"] | {"asked": asked}, language=language)

    assert ("word je gevraagd" if language == "nl" else "you are asked to") in words.text
    assert asked not in words.text


def test_the_time_of_a_session_is_that_of_the_wall_clock_and_nothing_else_is_told():
    one = {"at": AT, "link": LINK, "events": [EVENT]}
    words = write("session_planned", one, language="nl")

    assert "dinsdag 7 juli 2026 om 10.00 uur" in words.text
    assert "7 July" in write("session_planned", one, language="en").text
    seven = write("session_planned", one | {"count": 7}, language="nl")
    assert "7 sessies" in seven.text
    assert seven.subject == "Er staan 7 sessies gepland"
    assert write("session_cancelled", one | {"count": 2}, language="nl").subject == "2 sessies gaan niet door"
    assert write("session_cancelled", one, language="nl").subject == "Een sessie gaat niet door"


def test_a_sponsor_is_addressed_formally():
    formal = write("released", FACTS["released"], language="nl").text
    informal = write("released", FACTS["released"] | {"formal": False}, language="nl").text

    assert ("u kunt lezen" in formal, "je kunt lezen" in informal) == (True, True)


@pytest.mark.parametrize(
    ("template", "wrong"),
    [
        ("invitation", {"by": "x" * 255}),
        ("invitation", {"by": "  \n "}),
        ("invitation", {"link": "https://elsewhere.example/abc"}),
        ("invitation", {"link": "http://127.0.0.1:8000/a b"}),
        ("invitation", {"reflection": "what I wrote"}),
        ("sign_in_code", {"code": "what I wrote"}),
        ("sign_in_code", {"minutes": "ten"}),
        ("your_turn", {"asked": "say why you quarrelled with Jan"}),
        ("session_planned", {"at": "tomorrow"}),
        ("session_planned", {"at": datetime(2026, 7, 7, 8, 0)}),
        ("session_planned", {"events": []}),
        ("session_planned", {"events": "what I wrote"}),
        ("session_planned", {"events": [replace(EVENT, title="what I wrote")]}),
        ("session_moved", {"events": [replace(EVENT, uid="what I wrote")]}),
        ("session_cancelled", {"events": [replace(EVENT, url="https://elsewhere.example/abc")]}),
        ("released", {"formal": "yes"}),
        ("agreement_offered", {"version": 0}),
        ("diary", {}),
    ],
)
def test_content_cannot_enter_a_letter(template, wrong):
    facts = FACTS.get(template, {}) | wrong

    with pytest.raises(NotAFact):
        post("coach@example.com", template=template, facts=facts, language="nl", key="x")

    assert not Letter.objects.exists()


def test_a_fact_left_out_is_refused():
    with pytest.raises(NotAFact, match="takes exactly"):
        write("released", {"by": "Saskia", "link": LINK}, language="nl")


def test_a_name_with_a_line_break_or_markup_stays_a_name(invite):
    letter = invite(by="Eve\r\nBcc: all@example.com\n\n<b>{{ code }}</b>")
    words = letter.open()

    assert words["subject"] == "Eve Bcc: all@example.com <b>{{ code }}</b> nodigt je uit"
    assert "&lt;b&gt;{{ code }}&lt;/b&gt;" in words["html"]


@pytest.mark.parametrize("by", ["\x01", "\u202e", "\u3164"])
def test_a_stored_name_that_nobody_can_see_stops_no_letter(invite, by):
    assert invite(by=by).open()["subject"] == "… nodigt je uit"


def test_a_longest_address_in_the_place_of_a_name_is_shortened(invite):
    subject = invite(by="a" * 242 + "@example.com").open()["subject"]

    assert subject.startswith("aaaa")
    assert len(subject) <= 200


def test_no_name_turns_the_writing_round(invite):
    letter = invite(by="Eve \u202egro.live@elpmaxe")

    assert "\u202e" not in str(letter.open())


def test_an_address_too_long_to_exist_is_given_up_at_once(invite):
    letter = invite("a" * 300 + "@example.com")

    assert letter.failed
    assert list(queries.given_up()) == [letter]


def test_words_are_wiped_when_they_are_of_no_more_use(invite):
    code = post(
        "a@example.com", template="sign_in_code", facts=FACTS["sign_in_code"], language="nl", key="code"
    )
    invitation = invite()

    with clock.moved_to(clock.now() + timedelta(minutes=16)):
        tidy()

    code.refresh_from_db()
    invitation.refresh_from_db()
    assert (bytes(code.sealed), code.failed) == (b"", True)
    assert "nodigt je uit" in invitation.open()["subject"]


def test_only_the_demo_lets_a_visitor_read_letters(invite, settings):
    invite()

    assert queries.demo_letters() == []
    settings.DEMO = True
    assert [letter.subject for letter in queries.demo_letters()] == ["Ruben Terpstra nodigt je uit"]


@pytest.mark.parametrize("template", ["survey_asked", "survey_reminder"])
@pytest.mark.parametrize(("minutes", "words"), [(1, "ongeveer een minuut"), (2, "ongeveer 2 minuten")])
def test_of_one_minute_a_letter_speaks_in_the_singular(template, minutes, words):
    letter = write(template, FACTS[template] | {"minutes": minutes}, language="nl")

    assert words in " ".join(letter.text.split())
