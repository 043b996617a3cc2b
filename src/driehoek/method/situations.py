"""Ready starting points: situations many people know, with work, a goal and measures to begin from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

from driehoek.method.deliverables import (
    ReadyDeliverable,
    read_deliverables,
    usual_deliverables,
    why_not_deliverable,
)
from driehoek.method.smart import speaker_of
from driehoek.method.texts import LANGUAGES, BadTextFile, Language, in_language, read_toml

FOLDER: Final = "situations"
DOING: Final = {
    "coaching": frozenset({"coach"}),
    "consultancy": frozenset({"consultant"}),
    "blended": frozenset({"coach", "consultant"}),
}
"""Who does the work in each kind of help."""
ABILITIES: Final = frozenset({"able", "can", "know", "recognise"})
FORMS: Final = frozenset({"relative_change", "absolute_change", "level", "share_at_least", "count"})


@dataclass(frozen=True, slots=True)
class Work:
    """What one professional does in this situation; `by` is "coach" or "consultant"."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """How the difference would show. `target` is a plain decimal, as a criterion takes it."""

    id: str
    name: str
    unit: str
    form: str
    direction: str
    target: str
    months: int
    how: str


@dataclass(frozen=True, slots=True)
class Situation:
    """One starting point in one language. Everything in it is a first text that people make their own."""

    id: str
    version: int
    source: str
    shape: str
    title: str
    problem: str
    work: tuple[Work, ...]
    goal: Mapping[str, str]
    measures: tuple[Measure, ...]
    clauses: Mapping[str, str]
    goal_of_organisation: Mapping[str, str]
    deliverables: tuple[ReadyDeliverable, ...]

    def goal_for(self, shape: str) -> Mapping[str, str]:
        """The goal in the mouth of a coachee, or where nobody is coached in that of the organisation."""
        return self.goal_of_organisation if speaker_of(shape) == "organisation" else self.goal

    def fits(self, shape: str) -> bool:
        """Whether everybody who works in this kind of help finds work in it."""
        return DOING[shape] <= {one.by for one in self.work}


@cache
def situations(language: Language) -> Mapping[str, Situation]:
    """Every starting point by id, in one language.

    Raises
    ------
    BadTextFile : naming the file and what is wrong with it.

    Example
    -------
    >>> sorted(situations("en"))
    ['sales-falling', 'staff-leaving', 'system-unused']
    """
    found = [situation(read_toml(FOLDER, stem), stem, language) for stem in _stems()]
    return {one.id: one for one in found}


def mistakes() -> list[str]:
    """What is wrong in the files, one sentence each with file and field; empty is good."""
    found = []
    for stem in _stems():
        try:
            for language in LANGUAGES:
                situation(read_toml(FOLDER, stem), stem, language)
        except BadTextFile as mistake:
            found.append(str(mistake))
    try:
        usual = [one for language in LANGUAGES for one in usual_deliverables(language)]
    except (BadTextFile, TypeError) as mistake:
        return [*found, f"deliverables.toml: {str(mistake).removeprefix('deliverables.toml: ')}"]
    wrong = {f"deliverables.toml: {one.id!r}: {why}" for one in usual if (why := why_not_deliverable(one))}
    return [*found, *sorted(wrong)]


def _stems() -> list[str]:
    names = sorted(path.name for path in (files("driehoek.method") / FOLDER).iterdir())
    return [name.removesuffix(".toml") for name in names if name.endswith(".toml")]


def situation(raw: Mapping[str, Any], stem: str, language: Language) -> Situation:
    """One starting point from the data of one file. Raises BadTextFile."""
    told = cast(Mapping[str, Any], in_language(dict(raw), language, f"{stem}.toml"))
    texts = {name: raw.get(name, {}) for name in ("title", "problem")}
    texts |= {f"clauses: {name}": text for name, text in raw.get("clauses", {}).items()}
    for field, text in texts.items():
        if not isinstance(text, Mapping):
            raise BadTextFile(f"{stem}.toml: {field}: needs a text in nl and in en, and nothing else")
    try:
        read = _read(told)
    except KeyError as missing:
        raise BadTextFile(f"{stem}.toml: {missing} is missing") from missing
    except (TypeError, AttributeError) as odd:
        raise BadTextFile(f"{stem}.toml: {odd}") from odd
    if read.id != stem:
        raise BadTextFile(f"{stem}.toml: id says {read.id!r}")
    if wrong := _wrong_in(read):
        raise BadTextFile(f"{stem}.toml: {wrong}")
    return read


def _wrong_in(read: Situation) -> str:
    """The first thing in it that nobody could use, by its field; nothing when all is well."""
    clauses = {one["id"] for one in read_toml("texts", "agreement")["clauses"]}
    if unknown := sorted(read.clauses.keys() - clauses):
        return f"clauses: {unknown[0]!r} is not a clause of texts/agreement.toml"
    if read.shape not in DOING:
        return f"shape: {read.shape!r} is not a kind of help"
    for name, goal in (("goal", read.goal), ("goal_of_organisation", read.goal_of_organisation)):
        if goal["ability"] not in ABILITIES:
            return f"{name}: ability: {goal['ability']!r} is not known"
    if strange := [one.by for one in read.work if one.by not in ("coach", "consultant")]:
        return f"work: by: {strange[0]!r} is neither coach nor consultant"
    for promise in read.deliverables:
        if why := why_not_deliverable(promise):
            return f"deliverables: {promise.id!r} cannot be delivered: {why}"
    return next(
        (f"measures: {one.id!r} cannot be judged: {why}" for one in read.measures if (why := _why(one))), ""
    )


def _why(measure: Measure) -> str:
    if measure.form not in FORMS:
        return f"form {measure.form!r} is not known"
    if measure.direction not in ("up", "down"):
        return f"direction {measure.direction!r} is neither up nor down"
    if not isinstance(measure.months, int) or measure.months < 1:
        return "months must be a whole number from 1"
    try:
        above = isinstance(measure.target, str) and Decimal(measure.target) > 0
    except InvalidOperation:
        above = False
    return "" if above else "target must be a number above 0, between quotes"


def _known_parts(told: Mapping[str, str], parts: Collection[str]) -> Mapping[str, str]:
    """What reads otherwise where nobody is coached."""
    if strange := sorted(told.keys() - set(parts)):
        raise TypeError(f"goal_of_organisation: {strange[0]!r} is no part of a goal")
    return told


def _read(told: Mapping[str, Any]) -> Situation:
    parts = ("ability", "action", "about", "shown_by", "why")
    goal = {part: told["goal"][part] for part in parts}
    return Situation(
        id=told["id"],
        version=told["version"],
        source=told["source"],
        shape=told["shape"],
        title=told["title"],
        problem=told["problem"],
        work=tuple(Work(**one) for one in told["work"]),
        goal=goal,
        measures=tuple(Measure(**one) for one in told["measures"]),
        clauses=dict(told.get("clauses", {})),
        deliverables=read_deliverables(told.get("deliverables", ())),
        goal_of_organisation=goal | dict(_known_parts(told.get("goal_of_organisation", {}), parts)),
    )
