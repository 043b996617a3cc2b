"""The intake: six questions, the exploratory conversation, help relationships and occasions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from driehoek.method.texts import Language, texts

IntakeQuestionId = Literal["outcome", "responsible", "means", "success", "decision_rights", "escalation"]
Party = Literal["coachee", "coach", "consultant", "manager", "sponsor"]
HelpRelationship = Literal["passer_by", "seeker", "buyer", "co_expert"]
Occasion = Literal["role", "project", "performance", "crisis", "change"]

INTAKE_QUESTIONS: Final[tuple[IntakeQuestionId, ...]] = (
    "outcome",
    "responsible",
    "means",
    "success",
    "decision_rights",
    "escalation",
)
PARTIES: Final[tuple[Party, ...]] = ("coachee", "coach", "consultant", "manager", "sponsor")
HELP_RELATIONSHIPS: Final[tuple[HelpRelationship, ...]] = ("passer_by", "seeker", "buyer", "co_expert")
OCCASIONS: Final[tuple[Occasion, ...]] = ("role", "project", "performance", "crisis", "change")


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """A named part of an answer, for example "After 3 months"."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class IntakeQuestion:
    """One of the six questions, why it is asked, and how it is put to each party.

    `asks_uncoached` says how it is put where nobody is coached, to whom it is put otherwise there.
    """

    id: IntakeQuestionId
    title: str
    why: str
    asks: Mapping[Party, str]
    parts: tuple[AnswerPart, ...]
    asks_uncoached: Mapping[Party, str]

    def put_to(self, party: Party, *, coached: bool) -> str:
        """The question in the words for this party.

        >>> intake_questions("en")[0].put_to("manager", coached=False)
        'What do your people notice in their work after three and after six months?'
        """
        return (None if coached else self.asks_uncoached.get(party)) or self.asks[party]


@dataclass(frozen=True, slots=True)
class AgendaPoint:
    """One of the three points of the exploratory conversation."""

    id: str
    title: str
    text: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationshipText:
    """A kind of help relationship as the coach estimates it, with questions that suit it."""

    id: HelpRelationship
    name: str
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OccasionText:
    """Why someone starts an engagement."""

    id: Occasion
    name: str
    text: str


@cache
def intake_questions(language: Language) -> tuple[IntakeQuestion, ...]:
    """The six questions in order.

    >>> intake_questions("en")[0].asks["sponsor"]
    'What is different in the organisation after three and after six months?'
    """
    return tuple(
        IntakeQuestion(
            id=row["id"],
            title=row["title"],
            why=row["why"],
            asks=row["asks"],
            parts=tuple(AnswerPart(**part) for part in row["parts"]),
            asks_uncoached=row.get("asks_uncoached", {}),
        )
        for row in texts("intake", language)["questions"]
    )


@cache
def exploratory_agenda(language: Language) -> tuple[AgendaPoint, ...]:
    """The three points: acquaintance, expectations, and whether this coach can contribute.

    >>> [point.id for point in exploratory_agenda("en")]
    ['acquaintance', 'expectations', 'contribution']
    """
    return tuple(AgendaPoint(**row) for row in texts("intake", language)["agenda"])


@cache
def help_relationships(language: Language) -> tuple[RelationshipText, ...]:
    """The four kinds of help relationship, from no question to able to help oneself."""
    return tuple(RelationshipText(**row) for row in texts("intake", language)["relationships"])


@cache
def occasions(language: Language) -> tuple[OccasionText, ...]:
    """The five occasions, chosen at the start."""
    return tuple(OccasionText(**row) for row in texts("intake", language)["occasions"])
