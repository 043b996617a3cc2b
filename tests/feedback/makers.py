"""Rounds of feedback as far as a test needs them."""

import shutil
import subprocess
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import reverse

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.feedback.actions import begin_round, hand_in, hand_to_coach, keep_draft, name_rater, open_round
from driehoek.feedback.models import Rater, Round
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from tests.makers import make_engagement, make_person, person_of

EN = {"accept-language": "en"}
ITEMS = ("lets-finish", "asks-on", "changes-mind")
SEVEN = ("manager", "peers", "peers", "peers", "reports", "reports", "reports")


def make_couple() -> Engagement:
    """Johan and Marijke, as the pages call them."""
    return make_engagement(coachee=make_person("Johan Verbeek"), coach=make_person("Marijke Aalbers"))


def make_round(engagement: Engagement | None = None, groups: tuple[str, ...] = SEVEN, **given: Any) -> Round:
    """A round whose list is made, with one person of each group that is named."""
    engagement = engagement or make_couple()
    coachee = person_of(engagement, Role.COACHEE)
    facts = {"moment": "baseline", "behaviours": ["listening"], "by": coachee} | given
    one = begin_round(engagement, **facts)
    for n, group in enumerate(groups):
        name_rater(one, name=f"Rater {n}", email=f"rater{n}@example.org", group=group)
    return one


def make_open(one: Round | None = None, *, days: int = 14, **given: Any) -> Round:
    """The same, with the letters on their way."""
    one = hand_to_coach(one or make_round(**given))
    last = clock.today() + timedelta(days=days)
    return open_round(one, closes_on=last, by=person_of(one.engagement, Role.COACH))


def token_of(rater: Rater) -> str:
    """The link in the latest letter to this rater."""
    letters = Letter.objects.filter(to_address=rater.email, template__startswith="feedback").order_by(
        "queued_at"
    )
    words = [letter.open()["text"] for letter in letters]
    start = f"{settings.BASE_URL}/feedback/"
    return next(text.split(start)[1].split("/")[0] for text in reversed(words) if start in text)


def raters(one: Round, group: str = "") -> list[Rater]:
    found = Rater.objects.select_related("round__engagement").filter(round=one).exclude(group="self")
    named = [rater for rater in found if group in ("", rater.group)]
    return sorted(named, key=lambda rater: rater.email)


def answer(rater: Rater, *scores: int | None, texts: Mapping[str, str] | None = None) -> None:
    """Everything that was asked, handed in."""
    token = token_of(rater)
    given = dict(zip(ITEMS, scores, strict=False))
    keep_draft(token, scores=given, texts=texts or {}, knows=rater.group == "manager")
    hand_in(token)


def words_of(pdf: bytes) -> str:
    """What stands in a file, as a program reads it that is not ours."""
    program = shutil.which("pdftotext")
    assert program, "pdftotext is needed here; on Debian: apt-get install poppler-utils"
    said = subprocess.run([program, "-layout", "-", "-"], input=pdf, capture_output=True).stdout
    return " ".join(said.decode().split())


def visit(token: str, client: Client | None = None) -> tuple[Client, str]:
    """Somebody at their link, who has not pressed anything."""
    client = client or Client(headers=EN)
    return client, reverse("rater:invitation", args=[token])


def make_later(one: Round, moment: str = "end", *, without: tuple[str, ...] = (), **more: str) -> Round:
    """The next round of the same engagement, open: the same people but some, and others by their group.

    Where the people are other ones the letters go out fifteen days on, for until then they may not be.
    """
    later = begin_round(one.engagement, moment=moment, by=person_of(one.engagement, Role.COACHEE))
    later.raters.filter(pk__in=[rater.pk for rater in raters(later) if rater.name in without]).delete()
    for name, group in more.items():
        name_rater(later, name=name, email=f"{name}@example.org", group=group)
    with clock.moved_to(clock.now() + timedelta(days=15 if without or more else 0)):
        return make_open(later)
