"""A letter holds a link, a name and a time: nothing that anybody wrote anywhere in the worked cases."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps

from driehoek.outbox.models import Letter
from driehoek.people.models import Organisation, Person
from driehoek.vault.fields import SealedText

SHORT = 12  # shorter than this is a word that may stand anywhere


def written_texts() -> Iterator[str]:
    """Every text in every sealed field, also those inside stored JSON."""
    for model in apps.get_models():
        for field in (one for one in model._meta.get_fields() if isinstance(one, SealedText)):
            for row in model._default_manager.all():
                yield from _strings(getattr(row, field.name))


def _strings(stored: Any) -> Iterator[str]:
    if isinstance(stored, str) and stored[:1] in "{[":
        with contextlib.suppress(ValueError):
            stored = json.loads(stored)
    if isinstance(stored, dict):
        stored = list(stored.values())
    if isinstance(stored, list):
        for one in stored:
            yield from _strings(one)
    elif isinstance(stored, str) and len(stored) >= SHORT and " " in stored:
        yield stored


def test_no_letter_of_the_whole_demo_holds_a_word_that_somebody_wrote(told):
    letters = {letter: str(letter.open()) for letter in Letter.objects.all()}
    names = {str(one) for model in (Person, Organisation) for one in model.objects.all()}
    texts = set(written_texts()) - names

    assert {letter.template for letter in letters} >= {
        *("invitation", "your_turn", "agreement_offered", "agreement_in_force"),
        *("session_planned", "released"),
    }
    assert len(texts) > 300
    assert [letter.template for letter, said in letters.items() if any(text in said for text in texts)] == []
