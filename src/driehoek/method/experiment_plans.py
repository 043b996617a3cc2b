"""The three small experiments as ready plans: their steps, and what is measured on the first and last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, cast

from driehoek.method.route import Experiment
from driehoek.method.route_texts import ExperimentText, experiment_text
from driehoek.method.texts import Language, texts

KINDS: Final[tuple[Experiment, ...]] = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Step:
    """What is done on one day, counted from the first."""

    day: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """What can be measured, as a start: everything in it can be changed."""

    measure: str
    unit: str
    direction: Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Plan:
    """One experiment, ready to begin. `behaviours` and `several` are empty where they are not asked."""

    text: ExperimentText
    steps: tuple[Step, ...]
    measured: tuple[Suggested, ...]
    behaviours: str
    several: str


@cache
def plan(kind: Experiment, language: Language) -> Plan:
    """The plan of one experiment. The blended one measures two things: the output and the behaviour.

    >>> [step.day for step in plan("A", "en").steps], len(plan("C", "nl").measured)
    ([0, 1, 2, 3, 5], 2)
    """
    found = texts("experiments", language)
    words = found["plans"][kind]
    measured = [_suggested(words)] + ([_suggested(found["second"])] if kind == "C" else [])
    steps = tuple(Step(**step) for step in words["steps"])
    return Plan(
        experiment_text(kind, language), steps, tuple(measured), words["behaviours"], words["several"]
    )


def _suggested(words: Mapping[str, Any]) -> Suggested:
    direction = cast(Literal["up", "down"], words["direction"])
    return Suggested(words["measure"], words["unit"], direction)
