"""What the people agreed to expect: as they write it down, and as it was signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from driehoek.agreements.models import Expectation
from driehoek.agreements.queries.frozen import Terms
from driehoek.agreements.wording import EXPECTATION_WORDS
from driehoek.engagements.models import Engagement
from driehoek.intake.queries import compared, open_to, voices
from driehoek.intake.queries.questions import Compared, Voice
from driehoek.intake.wording import reading_language
from driehoek.method.intake import INTAKE_QUESTIONS, IntakeQuestion, intake_questions
from driehoek.people.models import Person

_STATES = {
    Expectation.Finding.AGREE: "ok",
    Expectation.Finding.DIFFER: "warn",
    Expectation.Finding.UNKNOWN: "open",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """What is said about one question: what was found, and the words for it."""

    question: str
    finding: str
    text: str

    @property
    def title(self) -> str:
        """The question in the reader's language, also one that the method no longer has: no queries."""
        found = (one.title for one in intake_questions(reading_language()) if one.id == self.question)
        return next(found, self.question)

    @property
    def says(self) -> str:
        return str(EXPECTATION_WORDS[Expectation.Finding(self.finding)])

    @property
    def state(self) -> str:
        """The mark it has on a page."""
        return _STATES[Expectation.Finding(self.finding)]

    @property
    def is_agreed(self) -> bool:
        return self.finding == Expectation.Finding.AGREE

    @property
    def in_words(self) -> str:
        """The aligned text; before any other text stands that it is not aligned."""
        return self.text if self.is_agreed else f"{self.says}. {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Talked:
    """One of the six questions, and what was written down about it once it was talked through."""

    number: int
    question: IntakeQuestion
    kept: Expectation | None

    @property
    def expected(self) -> Expected | None:
        return Expected(self.kept.question, self.kept.finding, self.kept.text) if self.kept else None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The answers to one question as they were given, beside what was found."""

    talked: Talked
    compared: Compared
    voices: list[Voice]


def talked_through(engagement: Engagement) -> list[Talked]:
    """The six questions in order, each with what was written down about it: 1 query."""
    kept = {one.question: one for one in engagement.expectations.select_related("changed_by")}
    asked = intake_questions(reading_language())
    return [Talked(number, one, kept.get(one.id)) for number, one in enumerate(asked, start=1)]


def untalked(engagement: Engagement) -> int:
    """How many of the six questions nobody wrote down anything about: 1 query."""
    return len(INTAKE_QUESTIONS) - engagement.expectations.filter(question__in=INTAKE_QUESTIONS).count()


def lie_open(engagement: Engagement, reader: Person) -> list[Voice]:
    """Whose answers this reader may lay side by side now; without them there is nothing to talk through."""
    return open_to(voices(engagement), engagement, reader)


def side_by_side(engagement: Engagement, reader: Person, number: int) -> SideBySide | None:
    """One question with its answers, None while they do not lie open to the reader: 2 queries."""
    if not (found := lie_open(engagement, reader)):
        return None
    place = number - 1
    laid = compared(found, reading_language())[place]
    return SideBySide(talked_through(engagement)[place], laid, found)


def to_freeze(engagement: Engagement) -> list[dict[str, str]]:
    """What a version keeps of it, in the order of the questions: 1 query. Never an answer of one party."""
    kept = {one.question: one for one in engagement.expectations.all()}
    return [
        {"question": name, "finding": kept[name].finding, "text": kept[name].text}
        for name in INTAKE_QUESTIONS
        if name in kept
    ]


def expected_in(said: Terms) -> list[Expected]:
    """What one version says about it; nothing in versions from before this was kept: no queries."""
    return [Expected(one["question"], one["finding"], one["text"]) for one in said.get("expectations", [])]


def expected_on_paper(said: Terms) -> list[Mapping[str, Any]]:
    """The same as it is read, on the page and in the PDF: no queries."""
    blocks: list[Mapping[str, Any]] = []
    for one in expected_in(said):
        blocks.append({"kind": "heading", "text": one.title, "part": "expectations"})
        if not one.is_agreed:
            blocks.append({"kind": "text", "text": f"{one.says}."})
        if one.text:
            blocks.append({"kind": "said", "text": one.text})
    return blocks
