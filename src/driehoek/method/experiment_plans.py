"""The three small experiments as ready plans: their steps, and what is measured on the first and last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final, Literal, cast

from driehoek.method.route import Experiment
from driehoek.method.route_texts import ExperimentText, experiment_text
from driehoek.method.texts import Language, texts

KINDS: Final[tuple[Experiment, ...]] = ("A", "B", "C")
_SATURDAY: Final = 5


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
    """One experiment, ready to begin. `behaviours` and `several` are empty where they are not asked.

    `has_working_days` where its days are days on which people work; else they are days of the calendar.
    `same_people` where each number is of somebody, in the same order both times.
    """

    text: ExperimentText
    steps: tuple[Step, ...]
    measured: tuple[Suggested, ...]
    behaviours: str
    several: str
    has_working_days: bool
    same_people: bool

    def on(self, start: date, day: int) -> date:
        """The date of one day of the plan: never in a weekend, but for the first, which is today.

        >>> friday = date(2026, 12, 4)
        >>> [str(plan("A", "en").on(friday, day)) for day in (0, 1, 5)]
        ['2026-12-04', '2026-12-07', '2026-12-11']
        >>> str(plan("C", "en").on(friday, 30))
        '2027-01-04'
        """
        if not self.has_working_days:
            return _on_a_working_day(start + timedelta(days=day)) if day else start
        on = start
        for _turn in range(day):
            on = _on_a_working_day(on + timedelta(days=1))
        return on

    def last(self, start: date) -> date:
        """The day on which it is judged."""
        return self.on(start, self.text.days)


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
        experiment_text(kind, language),
        steps,
        tuple(measured),
        words["behaviours"],
        words["several"],
        has_working_days=words["days"] == "working",
        same_people=words["numbers"] == "people",
    )


def _on_a_working_day(day: date) -> date:
    """That day, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day


def _suggested(words: Mapping[str, Any]) -> Suggested:
    direction = cast(Literal["up", "down"], words["direction"])
    return Suggested(words["measure"], words["unit"], direction)
