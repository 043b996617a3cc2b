"""What an organisation says around its letters: words, never markup, and only in its own letters."""

import ast
from email.utils import parseaddr
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import reverse

import driehoek
from driehoek.access import Role
from driehoek.engagements.actions.telling import tell_others
from driehoek.outbox.actions import word_letter
from driehoek.outbox.letters import KINDS, OwnWords
from driehoek.outbox.models import Letter, OwnWording
from driehoek.outbox.preview import preview
from driehoek.outbox.wording import NAMES_WITH_EVERY
from driehoek.outbox.worker import run
from tests.makers import make_engagement, make_member, make_organisation, person_of

pytestmark = pytest.mark.django_db
WELCOME = "<b>Welkom</b> {{ code }} مرحبا 🙂"
NASTY = {"opening": WELCOME, "closing": "Groet,\nNoor <i>x</i>", "sender": "N" * 200}


@pytest.fixture
def house():
    return make_organisation("De Vliet")


@pytest.fixture
def admin(client, house):
    client.force_login(make_member(house, is_admin=True).person)
    return client


def page(house, letter="every", language="nl"):
    return reverse("people:wording", args=[house.pk, letter, language])


def test_own_words_arrive_as_they_were_typed_around_ours(invite, postman, house):
    word_letter(house.pk, template="every", language="nl", **NASTY)
    invite(house=house.pk)
    invite("other@example.com", key="other", house=uuid4())

    run(once=True)

    by_address = {message["To"]: message for message in postman.arrived}
    mine, other = by_address["coachee@example.com"], by_address["other@example.com"]
    text = mine.get_body(["plain"]).get_content().replace("\r\n", "\n")
    assert text.startswith("<b>Welkom</b> {{ code }} مرحبا 🙂\n\nRuben Terpstra nodigt je uit")
    assert "\nGroet,\nNoor <i>x</i>\n" in text
    html = mine.get_body(["html"]).get_content()
    assert "&lt;b&gt;Welkom&lt;/b&gt; {{ code }} مرحبا 🙂" in html
    assert "Groet,<br>Noor &lt;i&gt;x&lt;/i&gt;" in html
    assert parseaddr(mine["From"]) == ("N" * 200, "post@driehoek.example")
    assert parseaddr(other["From"]) == ("Driehoek", "post@driehoek.example")
    assert "Welkom" not in str(other)


@pytest.mark.parametrize(
    "name",
    ["Eve\r\nBcc: all@example.com", '"Eve" <eve@example.com>, x', "de \u202eVliet", "בית ספר 🙂", "\x01"],
)
def test_no_name_of_a_sender_adds_a_header_or_another_address(invite, postman, house, name):
    OwnWording.objects.create(house=house.pk, template="every", language="nl", sender=name)  # past the form
    invite(house=house.pk)

    run(once=True)

    (arrived,) = postman.arrived
    assert (arrived["Bcc"], arrived["To"]) == (None, "coachee@example.com")
    assert [address.addr_spec for address in arrived["From"].addresses] == ["post@driehoek.example"]
    assert "\u202e" not in arrived["From"].addresses[0].display_name


def test_words_for_one_letter_win_part_by_part_from_those_for_every_letter(invite, house):
    general = {"opening": "Algemeen.", "closing": "Groet", "sender": "Vliet"}
    word_letter(house.pk, template="every", language="nl", **general)
    special = {"opening": "Welkom.", "closing": "", "sender": ""}
    word_letter(house.pk, template="invitation", language="nl", **special)

    said = invite(house=house.pk).open()

    assert said["text"].startswith("Welkom.")
    assert "Algemeen." not in said["text"]
    assert "Groet" in said["text"]
    assert said["sender"] == "Vliet"
    assert invite(house=house.pk, language="en", key="en").open()["sender"] == ""


def test_a_letter_about_an_engagement_carries_the_words_of_its_organisation(house):
    word_letter(house.pk, template="every", language="nl", opening="Van De Vliet.", closing="", sender="")
    engagement = make_engagement(organisation=house)

    tell_others(engagement, by=person_of(engagement, Role.COACH), happened="paused", event=uuid4())

    assert {"Van De Vliet." in letter.open()["text"] for letter in Letter.objects.all()} == {True}


def test_every_letter_but_the_code_to_sign_in_says_of_which_organisation_it_is():
    silent = []
    for path in Path(driehoek.__file__).parent.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)):
            named = {keyword.arg for keyword in call.keywords}
            if {"template", "facts", "key"} <= named and "house" not in named:
                silent.append(path.name)
    assert silent == ["signing_in.py"]


def test_the_administrator_words_a_letter_sees_it_as_it_arrives_and_goes_back_to_ours(admin, house):
    assert admin.post(page(house), NASTY | {"sender": "De Vliet"}).url == page(house)

    shown = admin.get(page(house, "released")).content.decode()
    assert "&lt;b&gt;Welkom&lt;/b&gt; {{ code }} مرحبا 🙂" in shown
    assert "Groet,<br>Noor &lt;i&gt;x&lt;/i&gt;" in shown
    assert "<iframe" not in shown
    assert "style=" not in shown
    admin.post(reverse("people:reset_wording", args=[house.pk, "every", "nl"]))

    assert not OwnWording.objects.exists()


def test_too_long_words_come_back_with_what_was_typed(admin, house):
    much = {"opening": "x" * 301, "closing": "\n".join("1234567"), "sender": "y" * 201}
    answer = admin.post(page(house), much)

    shown = answer.content.decode()
    assert len(answer.context["form"].errors) == 3
    assert "x" * 301 in shown
    assert not OwnWording.objects.exists()


@pytest.mark.parametrize("letter", NAMES_WITH_EVERY)
def test_every_letter_that_can_be_worded_can_be_looked_at(letter):
    for language in ("nl", "en"):
        own = OwnWords("Opening", "Closing", "Sender")
        shown = preview(letter, language=language, own=own, organisation="De Vliet")
        assert "Opening" in shown.body
        assert "<html" not in shown.body


def test_nobody_else_words_them_and_unknown_letters_do_not_exist(admin, house):
    elsewhere = make_organisation()

    assert admin.get(page(elsewhere)).status_code == 404
    assert admin.get(page(house, "diary")).status_code == 404
    assert admin.get(page(house, "every", "fr")).status_code == 404
    assert set(NAMES_WITH_EVERY) - {"every"} == set(KINDS) - {"sign_in_code"}
