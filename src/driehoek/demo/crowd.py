"""Many engagements at once, made up by rule: the same seed and day give the same ones."""

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random
from tomllib import loads
from typing import Any, Final

from driehoek.access import Role, Shape
from driehoek.demo.case import FOLDER, Case, case_from
from driehoek.demo.crowd_words import closing_words, session_words

COACHEES_EACH: Final = 40
RHYTHMS: Final = (2, 3)

# How far engagements have come, in a hundred of them.
STAGES: Final = {"inviting": 6, "asking": 12, "offered": 6, "active": 52, "closing": 8, "closed": 16}


def crowd(count: int, *, today: date, seed: int = 1) -> Iterator[Case]:
    """That many cases, in all stages, for coaches who each have about forty coachees."""
    words = loads((FOLDER / "crowd.toml").read_text(encoding="utf-8"))
    chance = Random(seed)
    for number in range(count):
        yield case_from(_told(number, words, chance), today=today)


def _told(number: int, words: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    stage = chance.choices(list(STAGES), weights=list(STAGES.values()))[0]
    shape = Shape.CONSULTANCY if chance.random() < 0.1 else Shape.COACHING
    theme, sessions, weeks = chance.choice(words["themes"]), chance.randint(4, 6), chance.choice(RHYTHMS)
    last_day = (sessions - 1) * weeks * 7
    told: dict[str, Any] = {
        "title": theme["title"],
        "shape": str(shape),
        "occasion": chance.choice(words["occasions"]),
        "problem": theme["problem"],
        "organisation": _practice(number, words),
        "begun_by": Role.CONSULTANT if shape is Shape.CONSULTANCY else Role.COACH,
        "begun_on": -28,
        "today_is": _today_is(stage, last_day, chance),
        "people": _people(number, shape, words, chance, is_inviting=stage == "inviting"),
    }
    if stage != "inviting":
        told["intake"] = _intake(told["people"], words, chance, all_in=stage != "asking")
        if shape is Shape.COACHING:
            told["acquaintance"] = _acquaintance(words, chance)
    if stage not in ("inviting", "asking"):
        told |= _agreed(told["people"], theme, words, chance, sessions, weeks, is_signed=stage != "offered")
    if stage in ("active", "closing", "closed"):
        told |= session_words(told, words, chance, sessions=sessions, last_day=last_day)
    if stage in ("closing", "closed"):
        told["deliveries"] = _delivered(told["deliverables"], words["delivery"], last_day)
        told |= closing_words(told, words, chance, from_day=last_day + 2, is_ended=stage == "closed")
    return told


def _today_is(stage: str, last_day: int, chance: Random) -> int:
    """Which day of its own calendar an engagement has reached."""
    if stage == "active":
        return chance.randint(1, last_day)
    if stage == "closed":
        return last_day + chance.randint(30, 400)
    return {"inviting": -21, "asking": -18, "offered": -6, "closing": last_day + 16}[stage]


def _practice(number: int, words: Mapping[str, Any]) -> str:
    """The practice of the coach whose turn it is: about forty coachees, then the next one."""
    expert, known = number // COACHEES_EACH, words["organisations"]
    again = expert // len(known)
    return str(known[expert % len(known)]) + (f" {again + 1}" if again else "")


def _people(
    number: int, shape: Shape, words: Mapping[str, Any], chance: Random, *, is_inviting: bool
) -> dict[str, dict[str, Any]]:
    client = chance.choice(words["clients"])
    expert, team = number // COACHEES_EACH, number // 8
    sponsor = _somebody(words, "opdracht", words["clients"].index(client))
    begins = Role.CONSULTANT if shape is Shape.CONSULTANCY else Role.COACH
    people: dict[str, dict[str, Any]] = {begins: _somebody(words, "begeleider", expert)}
    if begins is Role.COACH:
        people[Role.COACHEE] = _somebody(words, "lerend", number)
    manager: dict[str, dict[str, Any]] = {Role.MANAGER: _somebody(words, "leiding", team)}
    others: list[dict[str, dict[str, Any]]] = [
        {},
        manager,
        {Role.SPONSOR: sponsor},
        manager | {Role.SPONSOR: sponsor},
    ]
    chosen = chance.choices(others, weights=[30, 32, 32, 6])[0]
    people |= chosen if begins is Role.COACH else others[2]
    invited = [role for role in (Role.COACHEE, Role.MANAGER, Role.SPONSOR) if role in people]
    for role in invited:
        people[role]["organisation"] = client
        people[role]["is_silent"] = is_inviting and (role is invited[-1] or chance.random() < 0.6)
    return people


def _somebody(words: Mapping[str, Any], kind: str, number: int) -> dict[str, Any]:
    """Somebody by their number, always the same; the kind keeps the addresses apart."""
    chance = Random(f"{kind} {number}")
    name = f"{chance.choice(words['first_names'])} {chance.choice(words['surnames'])}"
    return {"name": name, "email": f"{kind}{number}@example.org"}


def _acquaintance(words: Mapping[str, Any], chance: Random) -> dict[str, Any]:
    said = {point: chance.choice(texts) for point, texts in words["acquaintance"].items()}
    return said | {"day": -24, "goes_on": True, "relationship": chance.choice(words["relationships"])}


def _intake(
    people: Mapping[str, Any], words: Mapping[str, Any], chance: Random, *, all_in: bool
) -> dict[str, Any]:
    """Everybody's own answers; as long as not all are in, some are drafts and some are not begun."""
    found = {}
    for role in people:
        if not (all_in or chance.random() < 0.7):
            continue
        pick = {question: chance.choice(texts) for question, texts in words["intake"].items()}
        answers = {name: pick[name] for name in ("responsible", "success", "decision_rights")} | {
            "outcome": dict(zip(("three_months", "six_months"), pick["outcome"], strict=True)),
            "means": dict(zip(("time", "budget", "people"), pick["means"], strict=True)),
            "escalation": dict(zip(("escalation", "exit"), pick["escalation"], strict=True)),
        }
        found[role] = {"day": -22, "answers": answers, "handed_in": all_in or chance.random() < 0.5}
    return found


def _delivered(promised: list[Any], words: Mapping[str, str], last_day: int) -> list[dict[str, Any]]:
    """What was promised lies there on the last day, and is accepted the day after."""
    turns = ((last_day, "handed_over"), (last_day + 1, "accepted"))
    return [{"day": day, "of": 1, what: words[what]} for day, what in turns] if promised else []


def _agreed(
    people: Mapping[str, Any],
    theme: Mapping[str, str],
    words: Mapping[str, Any],
    chance: Random,
    sessions: int,
    weeks: int,
    *,
    is_signed: bool,
) -> dict[str, Any]:
    last_day = (sessions - 1) * weeks * 7
    criterion = {
        "measure": theme["measure"],
        "unit": "keer",
        "form": "count",
        "target": str(chance.randint(4, 12)),
        "baseline": "0",
        "from_day": 0,
        "to_day": last_day,
    }
    goal: dict[str, Any] = {part: theme[part] for part in ("action", "about", "shown_by", "why")}
    goal |= {"by_day": last_day, "ability": "can", "matters_to": chance.choice(("coachee", "both"))}
    goal |= {"criteria": [criterion]}
    logistics: dict[str, Any] = {"starts_on": 0, "ends_on": last_day + 14, "rework_days": 14}
    logistics |= {"rework_rounds": 1}
    promised = [words["deliverable"] | {"week": last_day // 7}] if Role.CONSULTANT in people else []
    agreement = {"written_on": -14, "met_on": -10, "offered_on": -9, "clauses": words["clauses"]}
    if Role.COACH in people:
        goal |= {name: words["words"][name] for name in ("levels", "learning_goals")}
        agreement["stumbling_blocks"] = chance.choice(words["words"]["stumbling_blocks"])
        logistics = {"session_count": sessions, "session_minutes": 60, "every_weeks": weeks}
        logistics |= {"first_session_on": 0, "session_time": chance.choice(words["times"])}
        logistics |= {"ends_on": last_day + 14, "review_after_session": 3}
    days = {role: -8 + place for place, role in enumerate(people)}
    agreement["signed_on"] = days if is_signed else dict([next(iter(days.items()))])
    return {"goals": [goal], "deliverables": promised, "agreement": agreement | {"logistics": logistics}}
