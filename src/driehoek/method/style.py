"""Which style fits one person with one task: direct, coach, support or delegate."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal, cast

from driehoek.method.answers import BadAnswers, kind_of
from driehoek.method.rulebook import rulebook
from driehoek.method.texts import Language, texts

Able = Literal["low", "growing", "high"]
Willing = Literal["low", "varying", "high"]
Style = Literal["directing", "coaching", "supporting", "delegating"]

ABLE: Final[tuple[Able, ...]] = ("low", "growing", "high")
WILLING: Final[tuple[Willing, ...]] = ("low", "varying", "high")
STYLES: Final[tuple[Style, ...]] = ("directing", "coaching", "supporting", "delegating")
# Urgency goes before ability: there is no time to learn while the damage spreads.
RULES_IN_ORDER: Final = ("steer-when-urgent", "steer-when-new", "coach-when-growing")


@dataclass(frozen=True, slots=True)
class StyleAnswers:
    """How far someone masters one task, wants it, and whether it can wait."""

    able: Able
    willing: Willing
    urgent: bool

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "StyleAnswers":
        """Answers from a JSON object with all three keys.

        Raises
        ------
        BadAnswers : with one sentence for every key that is missing, unknown or of the wrong kind.

        Example
        -------
        >>> StyleAnswers.from_json({"able": "high", "willing": "low", "urgent": False}).willing
        'low'
        """
        missing = [f'"{key}" is missing.' for key in _WANTED if key not in given]
        wrong = [sentence for key, value in given.items() if (sentence := _mistake(key, value))]
        if missing or wrong:
            raise BadAnswers((*missing, *wrong))
        return cls(**given)


@dataclass(frozen=True, slots=True)
class StyleReason:
    """One answer and the style it points to."""

    question: Literal["able", "willing", "urgent"]
    answer: str | bool
    points_to: Style


@dataclass(frozen=True, slots=True)
class StyleAdvice:
    """The style, the answers that led to it, and the id and version of the rule (to store)."""

    style: Style
    because: tuple[StyleReason, ...]
    rule_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A well-known mistake and what to do instead."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class HatRow:
    """One feature of the two hats a manager wears."""

    feature: str
    manager: str
    coach: str


@dataclass(frozen=True, slots=True)
class StyleTexts:
    """What a manager reads with a style: what to do, how to open, and the style's own trap."""

    name: str
    headline: str
    do: tuple[str, ...]
    questions: tuple[str, ...]
    pitfall: str


def choose_style(able: Able, willing: Willing, urgent: bool) -> StyleAdvice:
    """Choose the style for one person with one task.

    Urgency asks for directing, whatever the ability. Otherwise: low ability directing, growing ability
    coaching (directing with questions), high ability with high willingness delegating, other high
    ability supporting.

    Source
    ------
    001: situational leadership.

    Example
    -------
    >>> choose_style("growing", "low", urgent=False).style
    'coaching'
    >>> choose_style("high", "varying", urgent=False).style
    'supporting'
    >>> choose_style("high", "high", urgent=True).style
    'directing'
    """
    answers: dict[str, str | bool] = {"able": able, "willing": willing, "urgent": urgent}
    for rule_id in RULES_IN_ORDER:
        rule = rulebook()[rule_id]
        if rule.fires(answers):
            style = cast(Style, rule.style)
            question = cast(Literal["able", "willing", "urgent"], rule.question)
            return StyleAdvice(style, (StyleReason(question, rule.answer, style),), rule.id, rule.version)
    return _for_the_able(willing)


def _for_the_able(willing: Willing) -> StyleAdvice:
    # Two questions at once (able and willing), so a function and not a rule file.
    style: Style = "delegating" if willing == "high" else "supporting"
    reasons = (StyleReason("able", "high", style), StyleReason("willing", willing, style))
    rule_id = "delegate-when-able-and-willing" if willing == "high" else "support-when-able-but-wavering"
    return StyleAdvice(style, reasons, rule_id, 1)


@cache
def style_texts(style: Style, language: Language) -> StyleTexts:
    """The texts that go with a style.

    >>> style_texts("delegating", "en").name
    'delegating'
    """
    return StyleTexts(**texts("style", language)["styles"][style])


@cache
def pitfalls(language: Language) -> tuple[Pitfall, ...]:
    """The six pitfalls of a coaching manager, in reading order."""
    return tuple(Pitfall(**row) for row in texts("style", language)["pitfalls"])


@cache
def two_hats(language: Language) -> tuple[HatRow, ...]:
    """The six-row comparison of the manager's hat and the coach's hat."""
    return tuple(HatRow(**row) for row in texts("style", language)["hats"])


def why(advice: StyleAdvice, language: Language) -> str:
    """The sentence that explains the advice.

    >>> why(choose_style("low", "high", urgent=False), "en").split(".")[0]
    'The task is still new'
    """
    if advice.rule_id in rulebook():
        return rulebook()[advice.rule_id].says[language]
    sentence: str = texts("style", language)["because"][advice.rule_id]
    return sentence


def style_json(advice: StyleAdvice, language: Language) -> dict[str, Any]:
    """What `driehoek style` writes: the style for programs, the texts for people."""
    words = style_texts(advice.style, language)
    return {
        "style": advice.style,
        "because": [
            {"question": row.question, "answer": row.answer, "points_to": row.points_to}
            for row in advice.because
        ],
        "rule": advice.rule_id,
        "version": advice.version,
        "language": language,
        "why": why(advice, language),
        "now": words.headline,
        "do": list(words.do),
        "questions": list(words.questions),
        "pitfall": words.pitfall,
        "pitfalls": [{"id": row.id, "title": row.title, "text": row.text} for row in pitfalls(language)],
        "hats": [
            {"feature": row.feature, "manager": row.manager, "coach": row.coach} for row in two_hats(language)
        ],
    }


_WANTED: Final[Mapping[str, tuple[str | bool, ...]]] = {
    "able": ABLE,
    "willing": WILLING,
    "urgent": (True, False),
}


def _mistake(key: str, value: object) -> str | None:
    if key not in _WANTED:
        return f'"{key[:40]}" is not a question here. The questions are {", ".join(_WANTED)}.'
    if key == "urgent":
        return None if isinstance(value, bool) else f'"urgent" must be true or false, not {kind_of(value)}.'
    if isinstance(value, str) and value in _WANTED[key]:
        return None
    choices = ", ".join(f'"{choice}"' for choice in _WANTED[key])
    return f'"{key}" must be one of {choices}, not {kind_of(value)}.'
