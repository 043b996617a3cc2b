"""Ready starting points: situations many people know, with work, a goal and measures to begin from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast

from driehoek.method.texts import BadTextFile, Language, in_language, read_toml

FOLDER: Final = "situations"
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
    names = sorted(path.name for path in (files("driehoek.method") / FOLDER).iterdir())
    found = [
        situation(read_toml(FOLDER, stem), stem, language)
        for stem in (name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    ]
    return {one.id: one for one in found}


def situation(raw: Mapping[str, Any], stem: str, language: Language) -> Situation:
    """One starting point from the data of one file. Raises BadTextFile."""
    told = cast(Mapping[str, Any], in_language(dict(raw), language, f"{stem}.toml"))
    try:
        read = _read(told)
    except KeyError as missing:
        raise BadTextFile(f"{stem}.toml: {missing} is missing") from missing
    except TypeError as odd:
        raise BadTextFile(f"{stem}.toml: {odd}") from odd
    if read.id != stem:
        raise BadTextFile(f"{stem}.toml: id says {read.id!r}")
    for measure in read.measures:
        if measure.form not in FORMS or measure.direction not in ("up", "down") or measure.months < 1:
            raise BadTextFile(f"{stem}.toml: measure {measure.id!r} cannot be judged")
    return read


def _read(told: Mapping[str, Any]) -> Situation:
    parts = ("ability", "action", "about", "shown_by", "why")
    return Situation(
        id=told["id"],
        version=told["version"],
        source=told["source"],
        shape=told["shape"],
        title=told["title"],
        problem=told["problem"],
        work=tuple(Work(**one) for one in told["work"]),
        goal={part: told["goal"][part] for part in parts},
        measures=tuple(Measure(**one) for one in told["measures"]),
    )
