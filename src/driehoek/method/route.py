"""Which help fits: consultancy, coaching, both, or steer first."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from driehoek.method.answers import BadAnswers, kind_of

Nature = Literal["technical", "behavioural", "both"]
Answer = Nature | bool
Route = Literal["consultancy", "coaching", "blended", "steer_first", "undecided"]
Direction = Literal["consultancy", "coaching", "blended", "steer_first"]
Preparation = Literal["define_measures", "make_agreement"]
Experiment = Literal["A", "B", "C"]

NATURES: Final[tuple[Nature, ...]] = ("technical", "behavioural", "both")
POINTING_QUESTIONS: Final = ("nature", "deliverable_needed", "hard_deadline", "build_capability", "crisis")
YES_NO_QUESTIONS: Final = (
    "deliverable_needed",
    "hard_deadline",
    "build_capability",
    "measurable",
    "agreement_ready",
    "crisis",
)
QUESTIONS: Final = ("problem", "nature", *YES_NO_QUESTIONS)

# Where an answer leads by itself.
_POINTS: Final[Mapping[tuple[str, Answer], Direction]] = {
    ("nature", "technical"): "consultancy",
    ("nature", "behavioural"): "coaching",
    ("nature", "both"): "blended",
    ("deliverable_needed", True): "consultancy",
    ("hard_deadline", True): "consultancy",
    ("build_capability", True): "coaching",
    ("crisis", True): "steer_first",
}
# A "no" leads nowhere by itself, but it does weaken one kind of help in favour of the other.
_WEAKENS: Final[Mapping[tuple[str, Answer], tuple[Direction, Direction]]] = {
    ("deliverable_needed", False): ("consultancy", "coaching"),
    ("hard_deadline", False): ("consultancy", "coaching"),
    ("build_capability", False): ("coaching", "consultancy"),
}
_PARTS: Final[Mapping[Route, frozenset[Direction]]] = {
    "consultancy": frozenset({"consultancy"}),
    "coaching": frozenset({"coaching"}),
    "blended": frozenset({"consultancy", "coaching", "blended"}),
    "steer_first": frozenset({"steer_first"}),
    "undecided": frozenset(),
}
_EXPERIMENTS: Final[Mapping[Route, Experiment]] = {"consultancy": "A", "coaching": "B", "blended": "C"}


@dataclass(frozen=True, slots=True)
class RouteAnswers:
    """The answers of the route choice; None means the question is still open."""

    problem: str = ""
    nature: Nature | None = None
    deliverable_needed: bool | None = None
    hard_deadline: bool | None = None
    build_capability: bool | None = None
    measurable: bool | None = None
    agreement_ready: bool | None = None
    crisis: bool | None = None

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "RouteAnswers":
        """Answers from a JSON object; a question left out is an open question.

        Raises
        ------
        BadAnswers : with one sentence for every key that is unknown or has a value of the wrong kind.

        Example
        -------
        >>> RouteAnswers.from_json({"problem": "Orders go wrong", "nature": "technical"}).nature
        'technical'
        >>> RouteAnswers.from_json({"crisis": "yes"})
        Traceback (most recent call last):
        driehoek.method.answers.BadAnswers: "crisis" must be true, false or null, not "yes".
        """
        problems = [sentence for key, value in given.items() if (sentence := _mistake(key, value))]
        if problems:
            raise BadAnswers(tuple(problems))
        return cls(**given)

    def answer_to(self, question: str) -> Answer | None:
        """The answer to one question, None while it is open."""
        answer: Answer | None = getattr(self, question)
        return answer

    def with_answer(self, question: str, answer: Answer | None) -> "RouteAnswers":
        """The same answers with one of them changed.

        >>> RouteAnswers(problem="Late orders").with_answer("crisis", True).crisis
        True
        """
        change: dict[str, Any] = {question: answer}
        return replace(self, **change)


@dataclass(frozen=True, slots=True)
class Pointer:
    """One answer and where it points."""

    question: str
    answer: Answer
    points_to: Direction


@dataclass(frozen=True, slots=True)
class Flip:
    """Another answer to one question, and the route it would give."""

    question: str
    answer: Answer
    route: Route


@dataclass(frozen=True, slots=True)
class RouteAdvice:
    """The advice with its reasons, in the shape `driehoek route` writes."""

    route: Route
    because: tuple[Pointer, ...]
    against: tuple[Pointer, ...]
    flips: tuple[Flip, ...]
    first: tuple[Preparation, ...]
    experiment: Experiment | None

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dicts, keys in the order of the contract."""
        return {
            key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()
        }


def choose_route(answers: RouteAnswers) -> RouteAdvice:
    """Choose the route that the answers point to, and say why.

    A technical problem, a deliverable or a hard deadline points to consultancy; a behavioural problem
    or capability that must stay behind points to coaching; both kinds give a blended trajectory, neither
    leaves it undecided. A crisis means: steer first, whatever else was answered.

    Parameters
    ----------
    answers : any question may be open (None); an open question points nowhere.

    Returns
    -------
    RouteAdvice
        because : answers that point to the route, or to a part of it.
        against : answers that point elsewhere, and each "no" that weakens a part of the route; its
            `points_to` is the help it favours instead.
        flips : for every question that can point, each other answer that would give another route.
        first : "define_measures" unless success can be measured, "make_agreement" unless there is one.
        experiment : "A" for consultancy, "B" for coaching, "C" for blended, else None.

    Source
    ------
    000: the five-minute test; 001: steer when it burns.

    Example
    -------
    >>> advice = choose_route(RouteAnswers(nature="behavioural", hard_deadline=False, measurable=True))
    >>> advice.route, advice.first, advice.experiment
    ('coaching', ('make_agreement',), 'B')
    >>> [(flip.question, flip.answer, flip.route) for flip in advice.flips][:2]
    [('nature', 'technical', 'consultancy'), ('nature', 'both', 'blended')]
    """
    route = _route_of(answers)
    return RouteAdvice(
        route=route,
        because=tuple(pointer for pointer in _pointers(answers) if pointer.points_to in _PARTS[route]),
        against=_against(answers, route),
        flips=_flips(answers, route),
        first=_first(answers),
        experiment=_EXPERIMENTS.get(route),
    )


def other_answers(question: str, present: Answer | None) -> tuple[Answer, ...]:
    """The answers to a question that differ from the present one; an open question is not an answer.

    >>> other_answers("nature", "both"), other_answers("crisis", None)
    (('technical', 'behavioural'), (True, False))
    """
    possible: tuple[Answer, ...] = NATURES if question == "nature" else (True, False)
    return tuple(answer for answer in possible if answer != present)


def _route_of(answers: RouteAnswers) -> Route:
    directions = {pointer.points_to for pointer in _pointers(answers)}
    if "steer_first" in directions:
        return "steer_first"
    if "blended" in directions or {"consultancy", "coaching"} <= directions:
        return "blended"
    if "consultancy" in directions:
        return "consultancy"
    return "coaching" if "coaching" in directions else "undecided"


def _pointers(answers: RouteAnswers) -> tuple[Pointer, ...]:
    given = ((question, answers.answer_to(question)) for question in POINTING_QUESTIONS)
    return tuple(
        Pointer(question, answer, _POINTS[question, answer])
        for question, answer in given
        if answer is not None and (question, answer) in _POINTS
    )


def _against(answers: RouteAnswers, route: Route) -> tuple[Pointer, ...]:
    found = [pointer for pointer in _pointers(answers) if pointer.points_to not in _PARTS[route]]
    for (question, answer), (weakened, favoured) in _WEAKENS.items():
        if answers.answer_to(question) is answer and weakened in _PARTS[route]:
            found.append(Pointer(question, answer, favoured))
    return tuple(sorted(found, key=lambda pointer: POINTING_QUESTIONS.index(pointer.question)))


def _flips(answers: RouteAnswers, route: Route) -> tuple[Flip, ...]:
    rows = (
        Flip(question, answer, _route_of(answers.with_answer(question, answer)))
        for question in POINTING_QUESTIONS
        for answer in other_answers(question, answers.answer_to(question))
    )
    return tuple(row for row in rows if row.route != route)


def _first(answers: RouteAnswers) -> tuple[Preparation, ...]:
    steps: list[Preparation] = []
    if answers.measurable is not True:
        steps.append("define_measures")
    if answers.agreement_ready is not True:
        steps.append("make_agreement")
    return tuple(steps)


def _mistake(key: str, value: object) -> str | None:
    if key == "problem":
        return None if isinstance(value, str) else f'"problem" must be a text, not {kind_of(value)}.'
    if key == "nature":
        right = value is None or (isinstance(value, str) and value in NATURES)
        wanted = '"technical", "behavioural", "both" or null'
        return None if right else f'"nature" must be {wanted}, not {kind_of(value)}.'
    if key in YES_NO_QUESTIONS:
        right = value is None or isinstance(value, bool)
        return None if right else f'"{key}" must be true, false or null, not {kind_of(value)}.'
    return f'"{key[:40]}" is not a question of the route choice. The questions are {", ".join(QUESTIONS)}.'
