"""What a reader of the question bank reads beside the questions: the tags by name, and the sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from driehoek.method.intake import help_relationships
from driehoek.method.questions import AXES, SOURCES, Source, grow_steps, reflection_steps
from driehoek.method.texts import BadTextFile, Language, texts


@dataclass(frozen=True, slots=True)
class Axis:
    """One way of choosing questions: its name, the word for "no choice", and its values by name."""

    id: str
    name: str
    any: str
    values: Mapping[str, str]


@cache
def axes(language: Language) -> tuple[Axis, ...]:
    """By what one can choose, in the order in which a reader does.

    Raises
    ------
    BadTextFile : a tag of the bank has no name, or a name belongs to no tag.

    Example
    -------
    >>> [axis.name for axis in axes("en")][:2]
    ['Moment', 'Self-steering']
    """
    borrowed = {"phase": _phases(language), "help_relationship": _relationships(language)}
    found = tuple(
        Axis(row["id"], row["name"], row["any"], borrowed.get(row["id"]) or row["values"])
        for row in texts("bank", language)["axes"]
    )
    named = {axis.id: tuple(axis.values) for axis in found}
    if named != AXES:
        raise BadTextFile("bank.toml: the axes or their values are not those of the bank")
    return found


@cache
def source_names(language: Language) -> Mapping[Source, str]:
    """Where a question comes from, in words.

    >>> source_names("en")["whitmore"]
    'GROW, John Whitmore'
    """
    names = texts("bank", language)["sources"]
    if tuple(names) != SOURCES:
        raise BadTextFile("bank.toml: the sources are not those of the bank")
    return {source: names[source] for source in SOURCES}


def _phases(language: Language) -> dict[str, str]:
    around = texts("bank", language)["phase"]
    grow = {step.id: step.name for step in grow_steps(language)}
    cycle = {step.id: f"{around['cycle']}: {step.name.lower()}" for step in reflection_steps(language)}
    return {"opening": around["opening"], **grow, "closing": around["closing"], **cycle}


def _relationships(language: Language) -> dict[str, str]:
    return {one.id: one.name for one in help_relationships(language)}
