"""What people say during and after the sessions of a made-up engagement."""

from collections.abc import Mapping
from random import Random
from typing import Any, Final

from driehoek.access import Role

SAID: Final = (
    "question",
    "goal",
    "reality",
    "options",
    "will",
    "yield",
    "way_of_working",
    "reflection",
    "private",
)
COLOURS: Final = ("green", "green", "amber", "red")


def session_words(
    told: Mapping[str, Any], words: Mapping[str, Any], chance: Random, *, sessions: int, last_day: int
) -> dict[str, Any]:
    """Sessions with what was said in them, a plan, and values that grow or stay."""
    said = words["words"]
    author = Role.COACHEE if Role.COACH in told["people"] else Role.CONSULTANT
    held = [{part: chance.choice(said[part]) for part in SAID} for _session in range(sessions)]
    for session in held[1:]:
        session.pop("private" if chance.random() < 0.6 else "way_of_working")
    for session in held[:2]:
        session["actions"] = [{"text": chance.choice(said["plan"]), "due": chance.randint(7, last_day)}]
    days = sorted(chance.sample(range(1, last_day), 3))
    values = [
        {"day": day, "by": author, "value": str(place * chance.randint(1, 4))}
        for place, day in enumerate(days, start=1)
    ]
    found: dict[str, Any] = {"values": values}
    if author is Role.COACHEE:
        found["sessions"] = held
        return found
    plan = [{"text": chance.choice(said["plan"]), "owner": author, "due": 30, "name": "first"}]
    plan += [
        {"text": f"Mijlpaal week {week}", "sort": "milestone", "week": week, "owner": author}
        for week in (4, 8, 12)
    ]
    turn = {"colour": chance.choice(COLOURS), "done": chance.random() < 0.5}
    return found | {"plan": [{"day": 1, "actions": plan}], "turns": [{"day": 20, "actions": {"first": turn}}]}


def closing_words(
    told: Mapping[str, Any], words: Mapping[str, Any], chance: Random, *, from_day: int, is_ended: bool
) -> dict[str, Any]:
    """Reports, results with everybody's own view, a release where there is a coachee, and the end."""
    said, people = words["words"], told["people"]
    authors = [role for role in (Role.COACHEE, Role.COACH, Role.CONSULTANT) if role in people]
    sections = {
        Role.COACHEE: ("brought", "other_causes", "goes_on"),
        Role.COACH: ("seen", "other_causes", "goes_on"),
        Role.CONSULTANT: ("other_causes",),
    }
    reports = {
        role: {"day": from_day + 3, "sections": {part: chance.choice(said[part]) for part in sections[role]}}
        for role in authors
    }
    receivers = [role for role in (Role.MANAGER, Role.SPONSOR) if role in people]
    views = {role: _view(said, chance, day=from_day + 5) for role in authors}
    if is_ended and authors[0] is Role.COACHEE:
        views |= {role: _view(said, chance, day=from_day + 9) for role in receivers[:1]}
    result = {
        "day": from_day + 4,
        "by": authors[0],
        "goal": 1,
        "text": chance.choice(said["result"]),
        "intended": True,
        "expected": chance.random() < 0.7,
        "matters_to": "both",
        "observable": True,
        "explained": chance.choice(said["reality"]),
        "marks": views,
    }
    closing: dict[str, Any] = {"begun_on": from_day}
    if is_ended:
        closing["ended_on"] = from_day + 12
        if authors[0] is Role.COACHEE and receivers:
            items = ["coachee_report", "results"]
            closing["releases"] = [{"to": receivers[0], "day": from_day + 7, "items": items}]
            closing["talks"] = {receivers[0]: {"day": from_day + 8, "comes": chance.random() < 0.7}}
    return {"reports": reports if is_ended else {}, "results": [result], "closing": closing}


def _view(said: Mapping[str, Any], chance: Random, *, day: int) -> list[Any]:
    view = chance.choice(("desired", "desired", "desired", "undesired", "no_view"))
    return [view, chance.choice(said["remark"]), day]
