"""A sponsor is addressed formally in Dutch, everybody else informally."""

import re

import pytest
from django.conf import settings

from driehoek.outbox.letters import write

INFORMAL, FORMAL = re.compile(r"\b(je|jij|jou|jouw)\b"), re.compile(r"\b(u|uw)\b", re.IGNORECASE)
LINK = f"{settings.BASE_URL}/today/"
SPONSORS_ARE_ASKED = ("answer_questions", "judge_results", "judge_delivery")
LETTERS = [
    ("invitation", {"by": "Ruben", "role": "opdrachtgever", "organisation": "Terpstra Coaching"}),
    ("agreement_offered", {"by": "Ruben", "about": "Hanna", "version": 1}),
    ("agreement_in_force", {"about": "Hanna", "version": 1}),
    ("released", {"by": "Saskia"}),
    ("new_message", {"by": "Saskia"}),
    *(("your_turn", {"about": "Hanna", "asked": asked}) for asked in SPONSORS_ARE_ASKED),
]


@pytest.mark.parametrize(("letter", "facts"), LETTERS)
def test_a_letter_to_a_sponsor_says_u_and_never_je(letter, facts):
    said = write(letter, {**facts, "link": LINK, "formal": True}, language="nl")
    assert FORMAL.search(said.subject + said.text)
    assert not INFORMAL.search(said.subject + said.text + said.html)


@pytest.mark.parametrize(("letter", "facts"), LETTERS)
def test_a_letter_to_anybody_else_never_says_u(letter, facts):
    said = write(letter, {**facts, "link": LINK, "formal": False}, language="nl")
    assert not FORMAL.search(said.subject + said.text + said.html)
