"""The question bank: open questions by phase, quadrant, stakeholder, side of a message and more."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import gcd
from typing import Any, Final, Literal, cast, get_args

from driehoek.method.intake import HELP_RELATIONSHIPS, HelpRelationship
from driehoek.method.texts import LANGUAGES, BadTextFile, Language, read_toml, texts

GrowPhase = Literal["goal", "reality", "options", "will"]
ReflectionStep = Literal["act", "look_back", "essentials", "alternatives", "try_out"]
Phase = Literal["opening", GrowPhase, "closing", ReflectionStep]
SelfSteering = Literal["low", "growing", "high"]
Quadrant = Literal["inner_individual", "outer_individual", "inner_collective", "outer_collective"]
Stakeholder = Literal["employees", "manager", "sponsor", "colleagues", "customers", "home"]
MessageSide = Literal["content", "expression", "appeal", "relation"]
Kind = Literal["open", "scaling"]
# The five source texts, models that have an owner, and what is our own.
SourceText = Literal["000", "001", "002", "003", "004"]
SourceModel = Literal[
    "whitmore", "korthagen", "schulz_von_thun", "wilber", "solution_focused", "cauffman", "vandamme"
]
Source = Literal[SourceText, SourceModel, "own"]

PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
GROW_PHASES: Final[tuple[GrowPhase, ...]] = get_args(GrowPhase)
REFLECTION_STEPS: Final[tuple[ReflectionStep, ...]] = get_args(ReflectionStep)
SOURCES: Final[tuple[Source, ...]] = get_args(Source)

# What a question can be found by, in the order in which a reader chooses.
AXES: Final[Mapping[str, tuple[str, ...]]] = {
    "phase": PHASES,
    "self_steering": get_args(SelfSteering),
    "quadrant": get_args(Quadrant),
    "stakeholder": get_args(Stakeholder),
    "message_side": get_args(MessageSide),
    "help_relationship": HELP_RELATIONSHIPS,
    "kind": get_args(Kind),
}


class BadQuestionFile(BadTextFile):
    """A question file does not say what it must say."""


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One open question with the tags by which it can be found; None where a tag does not apply."""

    id: str
    phase: Phase
    nl: str
    en: str
    source: Source
    self_steering: SelfSteering | None = None
    quadrant: Quadrant | None = None
    stakeholder: Stakeholder | None = None
    message_side: MessageSide | None = None
    help_relationship: HelpRelationship | None = None
    kind: Kind = "open"

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
    """Every question by id, phases in the order of a conversation, then the steps of the reflection cycle.

    Raises
    ------
    BadTextFile : naming the file and the question.

    Example
    -------
    >>> question_bank()["what-else"].phase
    'options'
    """
    folder = files("driehoek.method") / "questions"
    return gather(
        {path.name: read_toml("questions", path.name.removesuffix(".toml")) for path in folder.iterdir()}
    )


def mistakes() -> list[str]:
    """What is wrong in the files, as a sentence with file and question; empty is good.

    >>> mistakes()
    []
    """
    try:
        question_bank()
    except BadTextFile as mistake:
        return [str(mistake)]
    return []


def gather(found: Mapping[str, Mapping[str, Any]]) -> Mapping[str, BankQuestion]:
    """One bank from the files of a folder, by file name. Raises BadQuestionFile."""
    strange = found.keys() - {f"{phase}.toml" for phase in PHASES}
    if strange:
        raise BadQuestionFile(f"{min(strange)}: is not a phase of the conversation")
    bank: dict[str, BankQuestion] = {}
    asked: dict[str, str] = {}
    for name in (f"{phase}.toml" for phase in PHASES if f"{phase}.toml" in found):
        for question in read_questions(found[name], name):
            if question.id in bank:
                raise BadQuestionFile(f"{name}: {question.id} is already used")
            for text in (question.nl, question.en):
                if text in asked:
                    raise BadQuestionFile(f"{name}: {question.id} asks the same as {asked[text]}")
                asked[text] = question.id
            bank[question.id] = question
    return bank


def find_questions(**tags: str | None) -> tuple[BankQuestion, ...]:
    """The questions that carry every tag asked for; a tag left out, or None, does not matter.

    Parameters
    ----------
    tags : names and values of `AXES`.

    Raises
    ------
    ValueError : a tag or a value that the bank does not know.

    Example
    -------
    >>> [question.id for question in find_questions(phase="options", help_relationship="co_expert")]
    ['one-step-bigger', 'own-rule-of-thumb']
    """
    wanted = {tag: value for tag, value in tags.items() if value is not None}
    if wanted != known_tags(wanted):
        raise ValueError(f"not in the bank: {sorted(wanted.items() - known_tags(wanted).items())}")
    return tuple(
        question
        for question in question_bank().values()
        if all(getattr(question, tag) == value for tag, value in wanted.items())
    )


def count_questions(**tags: str | None) -> Mapping[str, Mapping[str, int]]:
    """For each value of each axis: how many questions there are with it beside the other tags asked for.

    A value that is asked for itself is counted as if it were not, so that one sees what the others would
    give. Raises ValueError as `find_questions` does.

    Example
    -------
    >>> count_questions(phase="options")["help_relationship"]["co_expert"]
    2
    """
    counted = {}
    for axis, values in AXES.items():
        others = find_questions(**(tags | {axis: None}))
        held = Counter(getattr(question, axis) for question in others)
        counted[axis] = {value: held[value] for value in values}
    return counted


def known_tags(given: Mapping[str, Any]) -> dict[str, str]:
    """Of what was given only the tags and values that the bank knows, in the order of `AXES`.

    >>> known_tags({"phase": "will", "quadrant": "sideways", "colour": "blue"})
    {'phase': 'will'}
    """
    return {axis: given[axis] for axis, values in AXES.items() if given.get(axis) in values}


def surprising(questions: Sequence[BankQuestion], number: int) -> BankQuestion | None:
    """The question that belongs to this number, far from that of the number before; None without questions.

    Going on by one meets each question once before any comes back.

    >>> [surprising(closing_questions(), number).id for number in range(3)]
    ['what-did-it-bring', 'working-well', 'what-did-it-bring']
    """
    amount = len(questions)
    if not amount:
        return None
    leap = int(amount * 0.618) or 1
    while gcd(leap, amount) > 1:
        leap += 1
    return questions[number * leap % amount]


def opening_questions() -> tuple[BankQuestion, ...]:
    """The four questions with which a session opens.

    >>> [question.id for question in opening_questions()]
    ['what-stuck', 'what-tried', 'what-happened', 'what-today']
    """
    return tuple(question_bank()[id_] for id_ in texts("conversation", "nl")["opening"]["questions"])


def first_time_asks(language: Language) -> Mapping[str, str]:
    """What a first session asks by part of it, where other sessions look back on the last one."""
    return cast(Mapping[str, str], texts("conversation", language)["first"])


def looking_back() -> frozenset[str]:
    """The ids of what the bank holds for an opening that has a last time to look back on."""
    return frozenset(texts("conversation", "nl")["opening"]["looking_back"])


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
        if not str(row[language]).endswith("?"):
            raise BadQuestionFile(f"{where} does not ask anything in {language}")
    for tag, values in {**AXES, "source": SOURCES}.items():
        if tag in row and row[tag] not in values:
            raise BadQuestionFile(f"{where}: {tag} is {row[tag]!r}, not one of {', '.join(values)}")
    try:
        return BankQuestion(phase=cast(Phase, phase), **row)
    except TypeError as error:
        raise BadQuestionFile(f"{where}: {str(error).partition('() ')[2]}") from error
