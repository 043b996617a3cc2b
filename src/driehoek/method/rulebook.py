"""Load decision rules from `rules/*.toml` and apply them. One question, one value per rule."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, cast

from driehoek.method.texts import LANGUAGES, Language

RuleAnswer = str | bool


class BadRuleFile(ValueError):
    """A rule file does not say what it must say."""


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """When one question has one answer, this style follows; `says` tells why in each language."""

    id: str
    version: int
    source: str
    question: str
    answer: RuleAnswer
    style: str
    says: Mapping[Language, str]
    examples: tuple[Mapping[str, RuleAnswer], ...]

    def fires(self, answers: Mapping[str, RuleAnswer]) -> bool:
        """True when the question of the rule is answered as the rule says."""
        return answers.get(self.question) == self.answer


@cache
def rulebook() -> Mapping[str, DecisionRule]:
    """Every rule by id.

    Raises
    ------
    BadRuleFile : naming the file and what is wrong with it.

    Example
    -------
    >>> rulebook()["steer-when-new"].style
    'directing'
    """
    folder = files("driehoek.method") / "rules"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=str)
    return {rule.id: rule for rule in map(read_rule, paths)}


def read_rule(path: Traversable) -> DecisionRule:
    """One rule from one file. Raises BadRuleFile."""
    try:
        rule = _rule(tomllib.loads(path.read_text("utf-8")))
    except KeyError as missing:
        raise BadRuleFile(f"{path.name}: {missing} is missing") from missing
    except (ValueError, TypeError, AttributeError) as error:
        raise BadRuleFile(f"{path.name}: {error}") from error
    if rule.id != path.name.removesuffix(".toml"):
        raise BadRuleFile(f"{path.name}: id says {rule.id!r}")
    return rule


def _rule(raw: Mapping[str, Any]) -> DecisionRule:
    conditions = cast(Mapping[str, RuleAnswer], raw["when"])
    if len(conditions) != 1:
        raise ValueError("a rule asks one question; write anything larger as a function")
    [(question, answer)] = conditions.items()
    return DecisionRule(
        id=raw["id"],
        version=raw["version"],
        source=raw["source"],
        question=question,
        answer=answer,
        style=raw["then"]["style"],
        says={language: raw["says"][language] for language in LANGUAGES},
        examples=tuple(raw["example"]),
    )
