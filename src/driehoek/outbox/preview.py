"""How a letter will look, with invented facts: whoever words it sees nobody's."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext, override

from driehoek.documents.calendar import Event
from driehoek.kit import clock
from driehoek.outbox.letters import KINDS, OwnWords, Words, write
from driehoek.outbox.models import EVERY_LETTER

_NOBODY: Final = UUID(int=0)
SHOWN_FOR_EVERY: Final = "your_turn"
"""The letter in which own words for every letter are shown."""


def preview(template: str, *, language: str, own: OwnWords, organisation: str) -> Words:
    """The letter as it will arrive, written to nobody: no queries."""
    name = SHOWN_FOR_EVERY if template == EVERY_LETTER else template
    stop = "" if KINDS[name].essential else f"{settings.BASE_URL}/…"
    with override(language):
        facts = _facts(organisation)
    chosen = {fact: value for fact, value in facts.items() if fact in KINDS[name].facts}
    return write(name, chosen, language=language, own=own, stop=stop)


def _facts(organisation: str) -> Mapping[str, Any]:
    at = _next_morning()
    link = f"{settings.BASE_URL}/…"
    return {
        "by": "Noor de Wit",
        "about": "Sam Bakker",
        "role": gettext("Coachee"),
        "organisation": organisation,
        "administers": False,
        "ends": True,
        "link": link,
        "formal": False,
        "asked": "prepare_session",
        "happened": "resumed",
        "version": 2,
        "was": at - timedelta(days=2),
        "at": at,
        "count": 6,
        "minutes": 4,
        "events": [Event(str(_NOBODY), at, at + timedelta(hours=1), "", url=link)],
    }


def _next_morning() -> datetime:
    return (clock.now() + timedelta(days=7)).replace(hour=9, minute=0, second=0, microsecond=0)
