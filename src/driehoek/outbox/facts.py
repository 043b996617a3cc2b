"""The only facts a letter may hold: names, links, moments, codes, counts, and words from a fixed list."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from driehoek.documents.calendar import Event
from driehoek.kit.names import one_line

LONGEST_FACT: Final = 254  # of an address, by which somebody without a name is called
LONGEST_LINE: Final = 200
NAMELESS: Final = "…"
_SPACE = re.compile(r"[\s\x00-\x1f\x7f\u2028\u2029]+")
_UID = re.compile(r"[0-9a-f-]{36}")
_CODE = re.compile(r"[A-Z0-9-]{4,16}")

ASKED: Final[Mapping[str, Any]] = {
    "answer_questions": _("answer a few questions, each party alone"),
    "read_comment": _("read a comment on the agreement"),
    "read_agreement": _("read the proposed agreement"),
    "sign_agreement": _("sign the agreement"),
    "read_declined": _("read why the agreement that was offered has been declined, and talk about it"),
    "write_goals": _("write down the goals"),
    "prepare_session": _("write your question for the next session"),
    "look_back": _("look back on the last session"),
    "update_actions": _("update your actions"),
    "score_progress": _("say how far things have come"),
    "write_report": _("write your closing report"),
    "judge_results": _("give your view on the results"),
    "name_raters": _("name whom you ask for feedback"),
    "check_raters": _("look at who was named to give feedback"),
    "judge_delivery": _("look at what was handed over, and accept it or say what is not right"),
    "read_rejection": _("read why something was not accepted"),
    "release_report": _("decide whether you release the report"),
}
ASKED_FORMALLY: Final[Mapping[str, Any]] = {
    "judge_results": pgettext_lazy("formal", "give your view on the results"),
}

HAPPENED: Final[Mapping[str, Any]] = {
    "paused": _("is paused"),
    "resumed": _("goes on again"),
    "stops": _("comes to its end"),
    "goes_on": _("goes on: it will not stop after all"),
    "stepped_out": _("is prepared with one party less"),
    "joined": _("has one more who takes part: an invitation was accepted"),
    "declined": _("still misses somebody: an invitation was declined"),
    "not_begun": _("will not begin: its preparation has ended"),
}


class NotAFact(ValueError):
    """Something else than a short fact was handed to a letter: content never goes into a mail."""


def name(value: Any) -> str:
    words = str(value)
    if not words.strip() or len(words) > LONGEST_FACT:
        raise NotAFact(f"a name has 1 to {LONGEST_FACT} characters")
    return shortened(words)


def shortened(words: str) -> str:
    """One line whatever is stored, never too long for a subject; a name that nobody can see becomes dots."""
    line = one_line(words) or NAMELESS
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def link(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 2 * LONGEST_LINE or _SPACE.search(value):
        raise NotAFact("a link is short and has no spaces")
    if not value.startswith(f"{settings.BASE_URL}/"):
        raise NotAFact("a link leads to this installation")
    return value


def code(value: Any) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise NotAFact("a code has 4 to 16 capitals, digits or dashes")
    return value


def moment(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise NotAFact("a moment is an aware datetime")
    return value


def count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 100_000:
        raise NotAFact("a count is a whole number above zero")
    return value


def events(value: Any) -> tuple[Event, ...]:
    """Moments for a calendar. What they are called is decided here, so that no words come along."""
    events = tuple(value) if isinstance(value, (list, tuple)) else ()
    if not events or not all(isinstance(one, Event) and not one.title for one in events):
        raise NotAFact("events are a list of moments without a title")
    for one in events:
        link(one.url)
        if not _UID.fullmatch(one.uid):
            raise NotAFact("an event is known by an id, and by nothing else")
    return events


def truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotAFact("this fact is true or false")
    return value


def asked(value: Any) -> str:
    if value not in ASKED:
        raise NotAFact(f"what is asked is one of: {', '.join(ASKED)}")
    return str(value)


def happened(value: Any) -> str:
    if value not in HAPPENED:
        raise NotAFact(f"what happened is one of: {', '.join(HAPPENED)}")
    return str(value)
