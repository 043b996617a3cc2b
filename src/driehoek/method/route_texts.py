"""What a visitor reads in the route choice: questions, outcomes, first steps and experiments."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from driehoek.method.route import (
    NATURES,
    Answer,
    Experiment,
    Flip,
    Pointer,
    Preparation,
    Route,
    RouteAnswers,
)
from driehoek.method.texts import Language, texts

_ANSWERS: Final[Mapping[str, Answer | None]] = {
    "": None,
    "yes": True,
    "no": False,
    **{nature: nature for nature in NATURES},
}


@dataclass(frozen=True, slots=True)
class ChoiceText:
    """One answer to choose: `value` for the form, `says` and `means` for the outcome page."""

    value: str
    label: str
    hint: str
    says: str
    means: str

    @property
    def answer(self) -> Answer | None:
        """The answer this choice stands for, None when it leaves the question open."""
        return _ANSWERS[self.value]


@dataclass(frozen=True, slots=True)
class QuestionText:
    """One screen of the route choice. The problem itself has no choices: it is typed."""

    id: str
    title: str
    hint: str
    why: str
    choices: tuple[ChoiceText, ...]

    def choice_for(self, answer: Answer | None) -> ChoiceText:
        """The choice that stands for an answer."""
        return next(choice for choice in self.choices if choice.answer is answer or choice.answer == answer)


@dataclass(frozen=True, slots=True)
class RouteText:
    """What an outcome is called and what it means."""

    id: Route
    name: str
    headline: str
    explanation: str
    caution: str


@dataclass(frozen=True, slots=True)
class FirstText:
    """One thing to arrange before anything starts."""

    id: Preparation
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ExperimentText:
    """A small experiment that can start today, with its two measurements."""

    id: Experiment
    title: str
    text: str
    days: int
    day_zero: str
    last_day: str


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One line of the outcome page: an answer as a sentence, and what it means for the route."""

    question: str
    is_open: bool
    says: str
    means: str


@cache
def route_questions(language: Language) -> tuple[QuestionText, ...]:
    """The eight questions in the order of the screens.

    >>> [question.id for question in route_questions("en")][:2]
    ['problem', 'nature']
    """
    return tuple(_question(row) for row in texts("route", language)["questions"])


@cache
def route_text(route: Route, language: Language) -> RouteText:
    """Headline and explanation of one outcome.

    >>> route_text("coaching", "en").headline
    'This points to coaching'
    """
    return RouteText(id=route, **texts("route", language)["routes"][route])


@cache
def first_text(step: Preparation, language: Language) -> FirstText:
    """What to arrange first.

    >>> first_text("make_agreement", "en").title
    'Make an agreement with all parties'
    """
    return FirstText(id=step, **texts("route", language)["first"][step])


@cache
def experiment_text(experiment: Experiment, language: Language) -> ExperimentText:
    """One of the three small experiments.

    >>> experiment_text("B", "en").days
    56
    """
    return ExperimentText(id=experiment, **texts("route", language)["experiments"][experiment])


def answer_lines(answers: RouteAnswers, language: Language) -> tuple[AnswerLine, ...]:
    """Every question but the problem with its answer and what that means; open questions too.

    >>> answer_lines(RouteAnswers(nature="both"), "en")[0].means
    'points to a blended engagement'
    """
    return tuple(
        _line(question, answers.answer_to(question.id))
        for question in route_questions(language)
        if question.choices
    )


def answer_line(row: Pointer | Flip, language: Language) -> AnswerLine:
    """The words for one row of `because`, `against` or `flips`.

    >>> answer_line(Pointer("crisis", True, "steer_first"), "en").says
    'It is a crisis right now'
    """
    question = next(found for found in route_questions(language) if found.id == row.question)
    return _line(question, row.answer)


def _line(question: QuestionText, answer: Answer | None) -> AnswerLine:
    choice = question.choice_for(answer)
    return AnswerLine(question.id, answer is None, choice.says, choice.means)


def _question(row: Mapping[str, Any]) -> QuestionText:
    choices = tuple(ChoiceText(**choice) for choice in row["choices"])
    return QuestionText(row["id"], row["title"], row["hint"], row["why"], choices)
