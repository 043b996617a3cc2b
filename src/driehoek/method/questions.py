"""The question bank: open questions by phase, quadrant, stakeholder, side of a message and more."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from driehoek.method.intake import HELP_RELATIONSHIPS, HelpRelationship
from driehoek.method.texts import LANGUAGES, Language, read_toml, texts

Phase = Literal["opening", "goal", "reality", "options", "will", "closing"]
Quadrant = Literal["inner_individual", "outer_individual", "inner_collective", "outer_collective"]
Stakeholder = Literal["employees", "manager", "sponsor", "colleagues", "customers", "home"]
MessageSide = Literal["content", "expression", "appeal", "relation"]
SelfSteering = Literal["low", "high"]
Source = Literal["000", "001", "002", "003", "004"]

PHASES: Final[tuple[Phase, ...]] = ("opening", "goal", "reality", "options", "will", "closing")
GROW_PHASES: Final[tuple[Phase, ...]] = ("goal", "reality", "options", "will")

_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "phase": PHASES,
    "quadrant": ("inner_individual", "outer_individual", "inner_collective", "outer_collective"),
    "stakeholder": ("employees", "manager", "sponsor", "colleagues", "customers", "home"),
    "message_side": ("content", "expression", "appeal", "relation"),
    "self_steering": ("low", "high"),
    "help_relationship": HELP_RELATIONSHIPS,
    "source": ("000", "001", "002", "003", "004"),
}


class BadQuestionFile(ValueError):
    """A question file does not say what it must say."""


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One open question with the tags by which it can be found; None where a tag does not apply."""

    id: str
    phase: Phase
    nl: str
    en: str
    source: Source
    quadrant: Quadrant | None = None
    stakeholder: Stakeholder | None = None
    message_side: MessageSide | None = None
    self_steering: SelfSteering | None = None
    help_relationship: HelpRelationship | None = None

    def in_language(self, language: Language) -> str:
        """The question itself."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True)
class ConversationStep:
    """A phase of GROW or a step of the reflection cycle: its name and the question it asks."""

    id: str
    name: str
    text: str


@cache
def question_bank() -> Mapping[str, BankQuestion]:
    """Every question by id, phases in the order of a conversation.

    Raises
    ------
    BadQuestionFile : naming the file and the question.

    Example
    -------
    >>> question_bank()["what-else"].phase
    'options'
    """
    folder = files("driehoek.method") / "questions"
    return gather(
        {path.name: read_toml("questions", path.name.removesuffix(".toml")) for path in folder.iterdir()}
    )


def gather(found: Mapping[str, Mapping[str, Any]]) -> Mapping[str, BankQuestion]:
    """One bank from the files of a folder, by file name. Raises BadQuestionFile."""
    strange = found.keys() - {f"{phase}.toml" for phase in PHASES}
    if strange:
        raise BadQuestionFile(f"{min(strange)}: is not a phase of the conversation")
    bank: dict[str, BankQuestion] = {}
    for name in (f"{phase}.toml" for phase in PHASES if f"{phase}.toml" in found):
        for question in read_questions(found[name], name):
            if question.id in bank:
                raise BadQuestionFile(f"{name}: {question.id} is already used")
            bank[question.id] = question
    return bank


def find_questions(
    *,
    phase: Phase | None = None,
    quadrant: Quadrant | None = None,
    stakeholder: Stakeholder | None = None,
    message_side: MessageSide | None = None,
    self_steering: SelfSteering | None = None,
    help_relationship: HelpRelationship | None = None,
) -> tuple[BankQuestion, ...]:
    """The questions that carry every tag asked for; a tag left out does not matter.

    >>> [question.id for question in find_questions(phase="options", help_relationship="co_expert")]
    ['one-step-bigger']
    """
    asked = {
        "phase": phase,
        "quadrant": quadrant,
        "stakeholder": stakeholder,
        "message_side": message_side,
        "self_steering": self_steering,
        "help_relationship": help_relationship,
    }
    wanted = {tag: value for tag, value in asked.items() if value is not None}
    return tuple(
        question
        for question in question_bank().values()
        if all(getattr(question, tag) == value for tag, value in wanted.items())
    )


def opening_questions() -> tuple[BankQuestion, ...]:
    """The four questions with which a session opens.

    >>> [question.id for question in opening_questions()]
    ['what-stuck', 'what-tried', 'what-happened', 'what-today']
    """
    return tuple(question_bank()[id_] for id_ in texts("conversation", "nl")["opening"]["questions"])


def closing_questions() -> tuple[BankQuestion, ...]:
    """The two questions with which a session closes: what it brought, and whether the way of working fits."""
    return tuple(question_bank()[id_] for id_ in texts("conversation", "nl")["closing"]["questions"])


@cache
def grow_steps(language: Language) -> tuple[ConversationStep, ...]:
    """Goal, reality, options, will. People move freely between them.

    >>> [step.name for step in grow_steps("en")]
    ['Goal', 'Reality', 'Options', 'Will']
    """
    return tuple(ConversationStep(**row) for row in texts("conversation", language)["grow"])


@cache
def reflection_steps(language: Language) -> tuple[ConversationStep, ...]:
    """The five steps of the reflection cycle; the last leads back to the first."""
    return tuple(ConversationStep(**row) for row in texts("conversation", language)["reflection"])


def read_questions(raw: Mapping[str, Any], name: str) -> tuple[BankQuestion, ...]:
    """The questions of one file. Raises BadQuestionFile."""
    if f"{raw.get('phase')}.toml" != name or not raw.get("question"):
        raise BadQuestionFile(f"{name}: needs its own phase and at least one question")
    return tuple(_question(row, raw["phase"], name) for row in raw["question"])


def _question(row: Mapping[str, Any], phase: str, name: str) -> BankQuestion:
    where = f"{name}: {row.get('id', 'a question without an id')}"
    for language in LANGUAGES:
        if not row.get(language):
            raise BadQuestionFile(f"{where} has no text in {language}")
    for tag, values in _VALUES.items():
        if tag in row and row[tag] not in values:
            raise BadQuestionFile(f"{where}: {tag} is {row[tag]!r}, not one of {', '.join(values)}")
    try:
        return BankQuestion(**{"phase": phase, **row})
    except TypeError as error:
        raise BadQuestionFile(f"{where}: {str(error).partition('() ')[2]}") from error
