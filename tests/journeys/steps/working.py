"""Sessions, the plan, measuring and levels."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.journeys.walker import Walker

PHASES = ("goal", "reality", "options", "will")


def plan_series(coach: Walker, engagement: str, *, count: int, at: str) -> None:
    """In one press, from what was agreed; the clock on the wall is the same for every session."""
    coach.go(f"{engagement}sessions/").press("Plan them all")
    rows = coach.page.locator("main tbody tr").all_inner_texts()
    assert len(rows) == count
    assert all(at in row for row in rows), rows


def prepare(coachee: Walker, engagement: str, number: int, question: str, since: str = "") -> None:
    """From today, where this is asked."""
    coachee.go(f"{engagement}sessions/{number}/prepare/").fill(question=question, since=since)
    coachee.press("Keep my question")


def hold(
    coach: Walker,
    engagement: str,
    number: int,
    *,
    question: str,
    opening: Mapping[str, str],
    notes: Mapping[str, str],
    private: str,
    closing: Mapping[str, str],
    action: Mapping[str, object],
) -> None:
    """The whole conversation: opening, the phases back and forth, private notes, rounding off."""
    coach.go(f"{engagement}sessions/{number}/talk/").reads(question).fill(**opening)
    for phase in PHASES:
        _to_phase(coach, phase)
        coach.fill(**{phase: notes[phase]})
    _to_phase(coach, "goal")  # back to where it began, with nothing lost on the way
    assert coach.page.locator("[name=goal]").input_value() == notes["goal"]
    coach.fill(goal=f"{notes['goal']} {notes['again']}", private=private).press("Keep the notes")
    _press_go(coach, "close")
    coach.fill(**closing, **action).press("Put it on the plan").reads(str(action["text"]))
    coach.fill(minutes=60).press("Round off the session")
    coach.reads(*(text for name, text in notes.items() if name != "again"), private)


def _to_phase(coach: Walker, phase: str) -> None:
    _press_go(coach, phase)
    assert f"phase={phase}" in coach.page.url


def _press_go(coach: Walker, where: str) -> None:
    with coach.page.expect_navigation():
        coach.page.locator(f"button[name=go][value={where}]").click()
    coach.arrive()


def hold_quickly(coach: Walker, engagement: str, number: int) -> None:
    """Only say that it was held."""
    coach.go(f"{engagement}sessions/{number}/close/").press("Round off the session")


def look_back(coachee: Walker, engagement: str, number: int, text: str) -> None:
    """The reflection after a session."""
    coachee.go(f"{engagement}sessions/{number}/reflect/").fill(reflection=text).press("Keep my reflection")
    coachee.reads(text)


def update_action(owner: Walker, engagement: str, *, colour: str, learnt: str, done: bool = False) -> None:
    """Red, amber or green, and what was learnt."""
    owner.go(f"{engagement}plan/")
    with owner.page.expect_navigation():
        owner.page.locator(f'main a[href*="{engagement}plan/"]:not([href$="/add/"])').first.click()
    owner.arrive().fill(colour=colour, learnt=learnt, **({"done": True} if done else {})).press("Keep this")


def measure(party: Walker, engagement: str, values: Mapping[date, str], *, nth: int = 0) -> None:
    """Type values for one criterion, day by day."""
    party.go(f"{engagement}measurements/").follow("Enter a value", nth=nth)
    for on, value in values.items():
        party.fill(on=on, value=value).press("Enter this value")


def take_over_file(party: Walker, engagement: str, file: Path, *, nth: int = 0, why: str = "") -> None:
    """A series from a CSV file; `why` it comes, where its deadline has passed."""
    party.go(f"{engagement}measurements/").follow("Take over a series", nth=nth)
    party.fill(file=str(file)).press("Look at the rows first")
    party.fill(**({"reason": why} if why else {})).press("Take over these values")


def score(party: Walker, engagement: str, moment: str, levels: Sequence[int], remark: str = "") -> None:
    """The level that fits best, for every goal."""
    party.go(f"{engagement}measurements/levels/{moment}/")
    asked = [name for name in party.fields() if name.startswith("level-")]
    party.fill(**dict(zip(asked, levels, strict=True)))
    remarks = [name for name in party.fields() if name.startswith("remark-")]
    party.fill(**{remarks[0]: remark}).press("Keep my scores")
