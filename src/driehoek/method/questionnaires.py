"""Questionnaires as versioned data: what raters, teams and users are asked, in both languages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from driehoek.method.texts import LANGUAGES, BadTextFile, Language, read_toml

FOLDER: Final = "questionnaires"
USES: Final = ("around", "checklist", "group")
"""Around one person by raters, a checklist about one person, or among a group about itself."""
NAME: Final = "{name}"
OWN: Final = "own"
_OWN_NAME: Final = {"nl": "Eigen zinnen", "en": "Own sentences"}
SECONDS_PER_ITEM: Final = 10
SECONDS_PER_TEXT: Final = 45


@dataclass(frozen=True, slots=True)
class Scale:
    """What can be answered: whole numbers from lowest to highest, each with a word."""

    lowest: int
    highest: int
    asks: str
    labels: tuple[str, ...]

    @property
    def choices(self) -> tuple[tuple[int, str], ...]:
        """Each number with its word, lowest first."""
        return tuple(enumerate(self.labels, self.lowest))


@dataclass(frozen=True, slots=True)
class Item:
    """One statement to score, or one open question: as others read it, and as the person itself does."""

    id: str
    others: str
    self: str

    def asked(self, name: str, *, is_self: bool = False) -> str:
        """The words somebody reads; `name` is the person they are about.

        >>> Item("x", "{name} listens.", "I listen.").asked("Johan")
        'Johan listens.'
        """
        return self.self if is_self else self.others.replace(NAME, name)


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Items that are taken together."""

    id: str
    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of one questionnaire in one language."""

    id: str
    version: int
    use: str
    title: str
    source: str
    scale: Scale
    behaviours: tuple[Behaviour, ...]
    open: tuple[Item, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything to score, in order."""
        return tuple(item for behaviour in self.behaviours for item in behaviour.items)

    @property
    def minutes(self) -> int:
        """About how long it takes, in whole minutes, at least one."""
        seconds = len(self.items) * SECONDS_PER_ITEM + len(self.open) * SECONDS_PER_TEXT
        return max(1, round(seconds / 60))


@cache
def questionnaires(language: Language) -> Mapping[str, Questionnaire]:
    """Every questionnaire by id, in one language. Raises BadTextFile with the file and what is wrong in it.

    >>> sorted(questionnaires("nl"))
    ['ease-of-use', 'leading', 'pulse', 'six-behaviours']
    """
    return {stem: questionnaire(read_toml(FOLDER, stem), stem, language) for stem in _stems()}


def composed(stem: str, behaviours: Collection[str], own: Sequence[str]) -> dict[str, Any]:
    """The data of a questionnaire with these of its behaviours, and sentences of somebody's own after them.

    A sentence follows the name of the person, and reads the same in both languages.

    >>> composed("leading", ["listening"], ["asks me first"])["behaviours"][-1]["items"][0]["en"]
    '{name} asks me first'
    """
    raw = dict(read_toml(FOLDER, stem))
    raw["behaviours"] = [one for one in raw["behaviours"] if one["id"] in behaviours]
    said = [" ".join(words.replace(NAME, "").split()) for words in own]
    items = [_own(n, words) for n, words in enumerate(filter(None, said), 1)]
    if items:
        raw["behaviours"].append({"id": OWN, "name": _OWN_NAME, "items": items})
    return raw


def asked_alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, list[str]]:
    """The ids of the sentences that read the same in the data of both, by behaviour, on the same scale.

    Whatever was worded anew in between is another question, and no change of it means anything.

    >>> first, later = composed("leading", ["listening"], []), composed("leading", ["listening"], ["asks"])
    >>> asked_alike(first, later)
    {'listening': ['lets-finish', 'asks-on', 'changes-mind']}
    """
    if one["scale"] != other["scale"]:
        return {}
    known = {part["id"]: part["items"] for part in other["behaviours"]}
    pairs = [(part, known.get(part["id"], [])) for part in one["behaviours"]]
    alike = {part["id"]: [item["id"] for item in part["items"] if item in items] for part, items in pairs}
    return {name: items for name, items in alike.items() if items}


def _own(number: int, words: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": f"{OWN}-{number}", "self": dict.fromkeys(LANGUAGES, f"… {words}")}
    return item | {str(language): f"{NAME} {words}" for language in LANGUAGES}


def mistakes() -> list[str]:
    """What is wrong in the files, one sentence each; empty is good."""
    found = []
    for stem in _stems():
        try:
            for language in LANGUAGES:
                questionnaire(read_toml(FOLDER, stem), stem, language)
        except BadTextFile as mistake:
            found.append(str(mistake))
    return found


def questionnaire(raw: Mapping[str, Any], stem: str, language: Language) -> Questionnaire:
    """One questionnaire from the data of one file. Raises BadTextFile."""
    try:
        read = Questionnaire(
            id=raw["id"],
            version=raw["version"],
            use=raw["use"],
            title=raw["title"][language],
            source=raw["source"],
            scale=_scale(raw["scale"], language),
            behaviours=tuple(_behaviour(one, language) for one in raw["behaviours"]),
            open=tuple(_item(one, language) for one in raw.get("open", ())),
        )
    except KeyError as missing:
        raise BadTextFile(f"{stem}.toml: {missing} is missing") from missing
    except (TypeError, AttributeError) as odd:
        raise BadTextFile(f"{stem}.toml: {odd}") from odd
    for fault in _faults(read, stem):
        raise BadTextFile(f"{stem}.toml: {fault}")
    return read


def _stems() -> list[str]:
    names = sorted(path.name for path in (files("driehoek.method") / FOLDER).iterdir())
    return [name.removesuffix(".toml") for name in names if name.endswith(".toml")]


def _scale(raw: Mapping[str, Any], language: Language) -> Scale:
    return Scale(raw["lowest"], raw["highest"], raw["asks"][language], tuple(raw["labels"][language]))


def _behaviour(raw: Mapping[str, Any], language: Language) -> Behaviour:
    return Behaviour(raw["id"], raw["name"][language], tuple(_item(one, language) for one in raw["items"]))


def _item(raw: Mapping[str, Any], language: Language) -> Item:
    others: str = raw[language]
    return Item(raw["id"], others, raw["self"][language] if "self" in raw else others)


def _faults(read: Questionnaire, stem: str) -> list[str]:
    """What would make answers wrong or a page odd; the most basic first."""
    ids = [item.id for item in (*read.items, *read.open)]
    about_one = read.use in ("around", "checklist")
    checks = {
        f"id says {read.id!r}": read.id != stem,
        f"use {read.use!r} is not known": read.use not in USES,
        "version must be a whole number from 1": not isinstance(read.version, int) or read.version < 1,
        "there is nothing to score": not read.items,
        "two items have one id": len(set(ids)) < len(ids),
        "the scale needs a word for every step": read.scale.highest - read.scale.lowest + 1
        != len(read.scale.labels),
        "an item says nothing": not all(item.others.strip() and item.self.strip() for item in read.items),
        "an item about somebody names nobody": about_one
        and not all(NAME in one.others for one in read.items),
        "what one reads about oneself holds no name": any(NAME in item.self for item in read.items),
    }
    return [fault for fault, holds in checks.items() if holds]
