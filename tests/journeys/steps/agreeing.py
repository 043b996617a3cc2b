"""From the first goal to the last signature."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from playwright.sync_api import expect

from tests.journeys.walker import Walker


def write_goal(author: Walker, engagement: str, goal: Mapping[str, Any]) -> None:
    """Five parts that make one sentence, learning goals and five levels."""
    levels = dict(
        zip(("level_m2", "level_m1", "level_0", "level_p1", "level_p2"), goal["levels"], strict=True)
    )
    parts = {name: value for name, value in goal.items() if name not in ("levels", "sentence", "criteria")}
    author.go(f"{engagement}agreement/goals/new/").fill(**parts, **levels, language=author.language)
    expect(author.page.locator("#sentence")).to_contain_text(goal["sentence"])
    author.press("Keep this goal").reads(goal["sentence"])


def add_criterion(author: Walker, engagement: str, number: int, criterion: Mapping[str, Any]) -> None:
    """Baseline, target and the period in which it counts."""
    author.go(f"{engagement}agreement/goals/").follow("Add a criterion", nth=number - 1).fill(**criterion)
    author.press("Keep this criterion").reads(criterion["measure"])


def look_ahead(author: Walker, engagement: str, known: Mapping[str, Any], reasons: Mapping[str, str]) -> None:
    """What is known of the first criterion gives a warning; the reason to accept it stays beside it."""
    author.go(f"{engagement}agreement/goals/").follow("Can this be shown?").fill(**known)
    author.press("Keep and go on").fill(**reasons).press("Keep and go on").reads(*reasons.values())


def write_draft(coach: Walker, engagement: str, texts: Mapping[str, Any], days: Mapping[str, Any]) -> None:
    """Three pages, one after another; what stands there already is kept."""
    coach.go(f"{engagement}agreement/draft/")
    for page in ("/agreement/draft/", "/agreement/practical/", "/agreement/otherwise/"):
        assert coach.here.endswith(page)
        here = set(coach.fields())
        coach.fill(**{name: value for name, value in {**texts, **days}.items() if name in here})
        coach.press("Keep and go on")
    assert coach.here.endswith("/agreement/who-sees-what/")


def choose_who_sees_what(coach: Walker, engagement: str, table: Mapping[str, str]) -> None:
    """Every row of the disclosure table, named as `kind__role`."""
    coach.go(f"{engagement}agreement/who-sees-what/").fill(**table).press("Keep this table")


def share_no_stumbling_blocks(coachee: Walker, engagement: str, text: str) -> None:
    """Written for the coach only."""
    coachee.go(f"{engagement}agreement/stumbling-blocks/").fill(text=text, shared="no").press("Keep")


def talk_it_through(coach: Walker, engagement: str, *, on: date) -> None:
    """Write down on which day everybody met about the draft."""
    coach.go(f"{engagement}agreement/meeting/").fill(met_on=on).press("Keep this day")


def keep_nothing_back(receiver: Walker, engagement: str) -> None:
    """Somebody of the organisation first has something to tell, and says so once it has been told."""
    receiver.go(f"{engagement}agreement/candour/").fill(answer="to_tell").press("Keep this answer")
    receiver.go(f"{engagement}agreement/candour/").fill(answer="told").press("Keep this answer")


def offer(coach: Walker, engagement: str) -> None:
    """Freeze the text and ask everybody to sign it."""
    coach.go(f"{engagement}agreement/offer/").reads("Complete").press("Offer this version")
    assert coach.here.endswith("/agreement/sign/")


def sign(party: Walker, engagement: str, *, number: int = 1) -> str:
    """By the link in the letter or from the page; says the fingerprint that was signed."""
    party.go(f"{engagement}agreement/sign/")
    fingerprint = party.text(".finger")
    party.fill(agrees=True, typed_name=party.name).press("Sign version %(number)s", number=number)
    return fingerprint
