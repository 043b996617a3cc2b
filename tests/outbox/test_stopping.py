"""Letters one can do without: a reader stops them from the letter itself, and lets them come again."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from driehoek.outbox.actions import choose_letters, post
from driehoek.outbox.letters import KINDS
from driehoek.outbox.models import Letter, Unwanted
from driehoek.outbox.queries import came_back, given_up
from driehoek.outbox.worker import run
from driehoek.people.queries import wants
from tests.makers import make_person
from tests.outbox.conftest import LINK

pytestmark = pytest.mark.django_db
WRITTEN = {"by": "Saskia", "link": LINK, "formal": False}


def tell(to, key="message", **more):
    return post(to, template="new_message", facts=WRITTEN, language="en", key=key, **more)


def mark_in(letter):
    return letter.open()["stop"].removeprefix("http://127.0.0.1:8000")


def test_invitations_codes_and_all_that_changes_an_agreement_or_a_session_always_come():
    optional = {name for name, kind in KINDS.items() if not kind.essential}
    asking = {"session_tomorrow", "look_back", "plan_waits", "feedback_reminder", "survey_reminder"}
    assert optional == asking | {"new_message", "new_file", "put_back", "experiment_waits"}


def test_such_a_letter_says_in_headers_and_words_where_it_stops(invite, postman):
    letter = tell("coach@example.com")
    stop = letter.open()["stop"]
    invite()

    run(once=True)

    by_address = {message["To"]: message for message in postman.arrived}
    asked, needed = by_address["coach@example.com"], by_address["coachee@example.com"]
    assert asked["List-Unsubscribe"].strip() == f"<{stop}>"
    assert asked["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert stop in asked.get_body(["plain"]).get_content()
    assert f'href="{stop}"' in asked.get_body(["html"]).get_content()
    assert (needed["List-Unsubscribe"], "/letters/stop/" in str(needed)) == (None, False)


def test_one_press_stops_it_without_signing_in_and_looking_changes_nothing(postman):
    person = make_person()
    letter = tell(person.email)
    browser = Client(enforce_csrf_checks=True)

    seen = browser.get(mark_in(letter), headers={"accept-language": "en"}).content.decode()
    assert "Stop these letters" in seen
    assert person.email not in seen
    assert wants(person, "new_message")
    pressed = Client(enforce_csrf_checks=True).post(mark_in(letter), {"List-Unsubscribe": "One-Click"})

    assert pressed.status_code == 200
    assert not wants(person, "new_message")
    assert wants(person, "look_back")
    assert wants(person, "invitation")


def test_a_letter_that_waits_and_one_that_is_posted_later_are_both_dropped(postman):
    person = make_person()
    about = person.pk
    waiting = tell(person.email, about=about)
    choose_letters(person.email.upper(), wanted=["look_back", "session_tomorrow"])
    later = tell(person.email, key="later", about=about)

    assert run(once=True) == 0

    waiting.refresh_from_db()
    assert postman.arrived == []
    for letter in (waiting, later):
        assert (letter.failed, bytes(letter.sealed), letter.to_address) == (True, b"", "")
    assert list(given_up()) == []
    assert came_back([about]) == set()
    assert tell(person.email).pk == waiting.pk


@pytest.mark.parametrize("mark", ["nonsense", "AAAA", "é" * 9, "a" * 4000])
def test_a_mark_that_is_not_ours_stops_nothing(client, mark):
    answer = client.post(reverse("people:stop_letters", args=[mark]))

    assert answer.status_code == 404
    assert not Unwanted.objects.exists()


def test_the_mark_tells_neither_the_address_nor_the_kind_of_letter():
    letters = [tell("coach@example.com", key=str(n)) for n in range(2)]
    marks = {re.search(r"/letters/stop/([^/]+)/", one.open()["stop"])[1] for one in letters}

    assert len(marks) == 2
    assert not Unwanted.objects.exists()


def test_on_the_profile_one_chooses_which_of_them_come(client):
    person = make_person(language="en")
    client.force_login(person)
    page = reverse("people:letters")
    assert client.get(page).content.decode().count("checked") == len(KINDS) - len(
        [kind for kind in KINDS.values() if kind.essential]
    )

    client.post(page, {"wanted": ["look_back"]})
    assert (wants(person, "look_back"), wants(person, "new_message")) == (True, False)
    client.post(page, {})
    assert not wants(person, "look_back")
    client.post(page, {"wanted": ["look_back", "new_message", "invitation"]})

    assert not wants(person, "look_back")  # a letter that is not on the list was asked for: nothing changed
    assert Letter.objects.count() == 0
