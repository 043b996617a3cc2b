"""The outcome of the route choice, as the page shows it. The advice itself is the method's."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import ngettext

from driehoek.intake.queries.route import Visit, screens
from driehoek.kit import clock
from driehoek.method.route import RouteAdvice, choose_route
from driehoek.method.route_texts import (
    AnswerLine,
    ExperimentText,
    FirstText,
    RouteText,
    answer_line,
    answer_lines,
    experiment_text,
    first_text,
    route_text,
)
from driehoek.method.texts import Language


@dataclass(frozen=True, slots=True)
class Reason:
    """An answer and where it points; `number` is the screen on which it can be changed."""

    line: AnswerLine
    number: int


@dataclass(frozen=True, slots=True)
class Turn:
    """Another answer to one question, and what it would lead to."""

    line: AnswerLine
    number: int
    route: RouteText


@dataclass(frozen=True, slots=True)
class Trial:
    """The small experiment with its two days."""

    text: ExperimentText
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything the page of the outcome says."""

    advice: RouteAdvice
    text: RouteText
    counted: str
    reasons: tuple[Reason, ...]
    against: tuple[AnswerLine, ...]
    turns: tuple[Turn, ...]
    first: tuple[FirstText, ...]
    trial: Trial | None


def outcome_of(visit: Visit, language: Language) -> Outcome:
    """The outcome of these answers in words: no queries."""
    answers = visit.answers
    advice = choose_route(answers)
    number = {question.id: n for n, question in enumerate(screens(language), start=1)}
    lines = answer_lines(answers, language)
    turns = ((flip, answer_line(flip, language)) for flip in advice.flips)
    return Outcome(
        advice=advice,
        text=route_text(advice.route, language),
        counted=_counted(advice, sum(line.is_open for line in lines)),
        reasons=tuple(Reason(line, number[line.question]) for line in lines),
        against=tuple(answer_line(row, language) for row in advice.against),
        turns=tuple(
            Turn(line, number[flip.question], route_text(flip.route, language)) for flip, line in turns
        ),
        first=tuple(first_text(step, language) for step in advice.first),
        trial=_trial(advice, language),
    )


def _trial(advice: RouteAdvice, language: Language) -> Trial | None:
    if advice.experiment is None:
        return None
    text = experiment_text(advice.experiment, language)
    return Trial(text, clock.today(), clock.today() + timedelta(days=text.days))


def _counted(advice: RouteAdvice, still_open: int) -> str:
    here, against = len(advice.because), len(advice.against)
    parts = [
        ngettext("%(n)s answer points this way", "%(n)s answers point this way", here) % {"n": here},
        ngettext("%(n)s speaks against it", "%(n)s speak against it", against) % {"n": against},
        ngettext("%(n)s question is open", "%(n)s questions are open", still_open) % {"n": still_open},
    ]
    told = zip((here, against, still_open), parts, strict=True)
    return ", ".join(part for n, part in told if n)
