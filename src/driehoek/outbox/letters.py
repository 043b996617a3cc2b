"""The letters there are, and the facts each of them holds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import parseaddr
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override, pgettext_lazy

from driehoek.documents.calendar import Asked, Method, calendar_text
from driehoek.kit import clock
from driehoek.kit.names import one_line
from driehoek.outbox import facts as fact
from driehoek.outbox.facts import NotAFact

SESSION: Final = pgettext_lazy("in a calendar", "Session")
MEETING: Final = pgettext_lazy("in a calendar", "Meeting")
"""All that a calendar says about what is in it: colleagues and screens read along."""


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
    facts = {"at": fact.moment, "link": fact.link, "events": fact.events, "formal": fact.truth}
    return Kind(facts, optional=TONE, method=method, titled=MEETING)


_OF_A_ROUND: Final = {"about": fact.name, "at": fact.moment, "minutes": fact.count, "link": fact.link}


KINDS: Final[Mapping[str, Kind]] = {
    "sign_in_code": Kind({"code": fact.code, "minutes": fact.count}, timedelta(minutes=15), urgent=True),
    "invitation": Kind(
        {
            "by": fact.name,
            "role": fact.name,
            "organisation": fact.name,
            "link": fact.link,
            "formal": fact.truth,
        },
        optional=TONE,
    ),
    "member": Kind(
        {"by": fact.name, "organisation": fact.name, "administers": fact.truth, "link": fact.link}
    ),
    "your_turn": Kind(
        {"about": fact.name, "asked": fact.asked, "link": fact.link, "formal": fact.truth},
        optional=TONE | WHOSE,
    ),
    "engagement_news": Kind(
        {"about": fact.name, "happened": fact.happened, "link": fact.link}, optional=WHOSE
    ),
    "agreement_offered": Kind(
        {"by": fact.name, "about": fact.name, "version": fact.count, "link": fact.link, "formal": fact.truth},
        optional=TONE | WHOSE,
    ),
    "agreement_in_force": Kind(
        {"about": fact.name, "version": fact.count, "link": fact.link, "formal": fact.truth},
        optional=TONE | WHOSE,
    ),
    "delivery_accepted": Kind({"about": fact.name, "link": fact.link}),
    "released": Kind({"by": fact.name, "formal": fact.truth, "link": fact.link}),
    "new_message": Kind(
        {"by": fact.name, "link": fact.link, "formal": fact.truth}, optional=TONE, essential=False
    ),
    "new_file": Kind({"link": fact.link, "formal": fact.truth}, optional=TONE, essential=False),
    "session_tomorrow": Kind({"at": fact.moment, "link": fact.link}, timedelta(days=2), essential=False),
    "experiment_waits": Kind({"link": fact.link, "ends": fact.truth}, timedelta(days=7), essential=False),
    "plan_waits": Kind({"link": fact.link}, timedelta(days=7), essential=False),
    "feedback_asked": Kind(_OF_A_ROUND, timedelta(days=60)),
    "feedback_reminder": Kind(_OF_A_ROUND, timedelta(days=7), optional=frozenset({"link"}), essential=False),
    "survey_asked": Kind(
        {"by": fact.name, "at": fact.moment, "minutes": fact.count, "link": fact.link}, timedelta(days=60)
    ),
    "survey_reminder": Kind(
        {"by": fact.name, "at": fact.moment, "minutes": fact.count, "link": fact.link},
        timedelta(days=7),
        essential=False,
    ),
    "feedback_in": Kind({"about": fact.name, "link": fact.link}, optional=WHOSE),
    "put_back": Kind(
        {"at": fact.moment, "link": fact.link, "formal": fact.truth},
        timedelta(days=2),
        optional=TONE,
        essential=False,
    ),
    "look_back": Kind({"at": fact.moment, "link": fact.link}, timedelta(days=7), essential=False),
    "session_planned": Kind(
        {"at": fact.moment, "count": fact.count, "link": fact.link, "events": fact.events},
        optional=frozenset({"count"}),
        method="REQUEST",
    ),
    "session_moved": Kind(
        {"was": fact.moment, "at": fact.moment, "link": fact.link, "events": fact.events}, method="REQUEST"
    ),
    "session_cancelled": Kind(
        {"at": fact.moment, "count": fact.count, "link": fact.link, "events": fact.events},
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
            known = {**fact.ASKED, **fact.ASKED_FORMALLY} if printable.get("formal") else fact.ASKED
            printable["asked"] = str(known[printable["asked"]])
        if "happened" in printable:
            printable["happened"] = str(fact.HAPPENED[printable["happened"]])
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
    sender = one_line(own.sender)[: fact.LONGEST_LINE]
    return Words(fact.shortened(subject), text.strip() + "\n", html, calendar, sender, stop, body)


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
