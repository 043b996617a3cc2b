"""The letters there are, and the only facts each of them may hold: names, links, moments, codes, counts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from driehoek.documents.calendar import Asked, Event, Method, calendar_text
from driehoek.kit import clock
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


SESSION: Final = pgettext_lazy("in a calendar", "Session")
MEETING: Final = pgettext_lazy("in a calendar", "Meeting")
"""All that a calendar says about what is in it: colleagues and screens read along."""


class NotAFact(ValueError):
    """Something else than a short fact was handed to a letter: content never goes into a mail."""


def _name(value: Any) -> str:
    words = str(value)
    if not words.strip() or len(words) > LONGEST_FACT:
        raise NotAFact(f"a name has 1 to {LONGEST_FACT} characters")
    return _shortened(words)


def _shortened(words: str) -> str:
    """One line whatever is stored, never too long for a subject; a name that nobody can see becomes dots."""
    line = one_line(words) or NAMELESS
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1]}…"


def _link(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 2 * LONGEST_LINE or _SPACE.search(value):
        raise NotAFact("a link is short and has no spaces")
    if not value.startswith(f"{settings.BASE_URL}/"):
        raise NotAFact("a link leads to this installation")
    return value


def _code(value: Any) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise NotAFact("a code has 4 to 16 capitals, digits or dashes")
    return value


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise NotAFact("a moment is an aware datetime")
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 100_000:
        raise NotAFact("a count is a whole number above zero")
    return value


def _events(value: Any) -> tuple[Event, ...]:
    """Moments for a calendar. What they are called is decided here, so that no words come along."""
    events = tuple(value) if isinstance(value, (list, tuple)) else ()
    if not events or not all(isinstance(one, Event) and not one.title for one in events):
        raise NotAFact("events are a list of moments without a title")
    for one in events:
        _link(one.url)
        if not _UID.fullmatch(one.uid):
            raise NotAFact("an event is known by an id, and by nothing else")
    return events


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise NotAFact("this fact is true or false")
    return value


def _asked(value: Any) -> str:
    if value not in ASKED:
        raise NotAFact(f"what is asked is one of: {', '.join(ASKED)}")
    return str(value)


def _happened(value: Any) -> str:
    if value not in HAPPENED:
        raise NotAFact(f"what happened is one of: {', '.join(HAPPENED)}")
    return str(value)


@dataclass(frozen=True)
class Kind:
    """One kind of letter: its facts, and how long its words are of use."""

    facts: Mapping[str, Callable[[Any], Any]]
    useful_for: timedelta = timedelta(days=30)
    urgent: bool = False
    optional: frozenset[str] = field(default_factory=frozenset)
    method: Method | None = None  # what its calendar part asks, when it has one
    titled: Any = SESSION  # what that part calls it
    essential: bool = True  # nobody can do without; of the others each reader says whether they come


TONE: Final = frozenset({"formal"})
"""A sponsor is addressed formally; who forgets to say so writes as to everybody else."""

WHOSE: Final = frozenset({"about"})
"""Whose engagement it is; left out in a letter to that very person, who reads "your engagement"."""


def _of_a_meeting(method: Method) -> Kind:
    facts = {"at": _moment, "link": _link, "events": _events, "formal": _truth}
    return Kind(facts, optional=TONE, method=method, titled=MEETING)


KINDS: Final[Mapping[str, Kind]] = {
    "sign_in_code": Kind({"code": _code, "minutes": _count}, timedelta(minutes=15), urgent=True),
    "invitation": Kind(
        {"by": _name, "role": _name, "organisation": _name, "link": _link, "formal": _truth}, optional=TONE
    ),
    "member": Kind({"by": _name, "organisation": _name, "administers": _truth, "link": _link}),
    "your_turn": Kind(
        {"about": _name, "asked": _asked, "link": _link, "formal": _truth}, optional=TONE | WHOSE
    ),
    "engagement_news": Kind({"about": _name, "happened": _happened, "link": _link}, optional=WHOSE),
    "agreement_offered": Kind(
        {"by": _name, "about": _name, "version": _count, "link": _link, "formal": _truth},
        optional=TONE | WHOSE,
    ),
    "agreement_in_force": Kind(
        {"about": _name, "version": _count, "link": _link, "formal": _truth}, optional=TONE | WHOSE
    ),
    "delivery_accepted": Kind({"about": _name, "link": _link}),
    "released": Kind({"by": _name, "formal": _truth, "link": _link}),
    "new_message": Kind({"by": _name, "link": _link, "formal": _truth}, optional=TONE, essential=False),
    "new_file": Kind({"link": _link, "formal": _truth}, optional=TONE, essential=False),
    "session_tomorrow": Kind({"at": _moment, "link": _link}, timedelta(days=2), essential=False),
    "plan_waits": Kind({"link": _link}, timedelta(days=7), essential=False),
    "put_back": Kind(
        {"at": _moment, "link": _link, "formal": _truth},
        timedelta(days=2),
        optional=TONE,
        essential=False,
    ),
    "look_back": Kind({"at": _moment, "link": _link}, timedelta(days=7), essential=False),
    "session_planned": Kind(
        {"at": _moment, "count": _count, "link": _link, "events": _events},
        optional=frozenset({"count"}),
        method="REQUEST",
    ),
    "session_moved": Kind(
        {"was": _moment, "at": _moment, "link": _link, "events": _events}, method="REQUEST"
    ),
    "session_cancelled": Kind(
        {"at": _moment, "count": _count, "link": _link, "events": _events},
        optional=frozenset({"count"}),
        method="CANCEL",
    ),
    "meeting_planned": _of_a_meeting("REQUEST"),
    "meeting_moved": _of_a_meeting("REQUEST"),
    "meeting_cancelled": _of_a_meeting("CANCEL"),
}


@dataclass(frozen=True)
class Words:
    subject: str
    text: str
    html: str
    calendar: str = ""  # an invitation, for calendars to read
    sender: str = ""  # the name in front of our address, when an organisation chose one
    stop: str = ""  # where this reader stops letters of this kind, when they may
    body: str = ""  # of the html, without its frame: to show on a page


@dataclass(frozen=True)
class OwnWords:
    """What an organisation says in its own words around a letter of ours: plain text, never markup."""

    opening: str = ""
    closing: str = ""
    sender: str = ""


NO_OWN_WORDS: Final = OwnWords()


def check(template: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they may be printed. Raises NotAFact for anything a mail may not hold."""
    if template not in KINDS:
        raise NotAFact(f"there is no letter {template!r}")
    kind = KINDS[template]
    if not (kind.facts.keys() - kind.optional) <= facts.keys() <= kind.facts.keys():
        raise NotAFact(f"{template} takes exactly: {', '.join(kind.facts)}")
    return {name: kind.facts[name](value) for name, value in facts.items()}


def write(
    template: str,
    facts: Mapping[str, Any],
    *,
    language: str,
    to: str = "",
    own: OwnWords = NO_OWN_WORDS,
    stop: str = "",
) -> Words:
    """Write the letter in `language`: one source for plain text and HTML, and for calendars a part of theirs.

    The first line of a template is the subject; two lines that end in a link become a button.
    """
    printable = check(template, facts)
    with override(language):
        if "asked" in printable:
            known = {**ASKED, **ASKED_FORMALLY} if printable.get("formal") else ASKED
            printable["asked"] = str(known[printable["asked"]])
        if "happened" in printable:
            printable["happened"] = str(HAPPENED[printable["happened"]])
        source = render_to_string(f"outbox/mail/{template}.txt", printable)
        subject, _line, body = source.strip().partition("\n")
        paragraphs = [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()]
        parts = [_paragraph(part, printable) for part in paragraphs]
        layout = {"paragraphs": [*_said(own.opening), *parts, *_said(own.closing)], "language": language}
        layout |= {"site": settings.BASE_URL.partition("://")[2], "stop": stop}
        text = render_to_string("outbox/mail/base.txt", layout)
        body = render_to_string("outbox/mail/body.html", layout)
        html = render_to_string("outbox/mail/base.html", layout | {"body": body})
        calendar = _calendar(KINDS[template], printable, to=to)
    sender = one_line(own.sender)[:LONGEST_LINE]
    return Words(_shortened(subject), text.strip() + "\n", html, calendar, sender, stop, body)


def _said(words: str) -> list[dict[str, Any]]:
    """Own words as one paragraph: no line of it is ever taken for a button."""
    lines = [line for line in map(one_line, words.splitlines()) if line]
    return [{"lines": lines}] if lines else []


def _calendar(kind: Kind, facts: Mapping[str, Any], *, to: str) -> str:
    """What calendars read: from us, to the one reader, so that nobody learns the address of another."""
    if kind.method is None:
        return ""
    events = [replace(one, title=str(kind.titled)) for one in facts["events"]]
    asked = Asked(kind.method, organiser=parseaddr(settings.DEFAULT_FROM_EMAIL)[1], attendee=to)
    return calendar_text(events, written_at=clock.now(), asked=asked)


def _paragraph(words: str, facts: Mapping[str, Any]) -> dict[str, str]:
    label, _line, last = words.rpartition("\n")
    if last == facts.get("link"):
        return {"link": last, "label": label.strip().rstrip(":")}
    if words == facts.get("code"):
        return {"code": words}
    return {"words": " ".join(words.split())}
