"""What the people agreed to expect: as they write it down, and as it was signed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from driehoek.agreements.models import Draft
from driehoek.agreements.queries.frozen import Terms
from driehoek.agreements.wording import EXPECTATION_WORDS
from driehoek.engagements.models import Engagement
from driehoek.intake.queries import compared, open_to, voices
from driehoek.intake.queries.questions import Compared, Voice
from driehoek.intake.wording import reading_language
from driehoek.method.intake import INTAKE_QUESTIONS, IntakeQuestion, intake_questions
from driehoek.people.models import Person

_STATES = {
    Draft.Finding.AGREE: "ok",
    Draft.Finding.DIFFER: "warn",
    Draft.Finding.UNKNOWN: "open",
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
        return str(EXPECTATION_WORDS[Draft.Finding(self.finding)])

    @property
    def state(self) -> str:
        """The mark it has on a page."""
        return _STATES[Draft.Finding(self.finding)]

    @property
    def is_agreed(self) -> bool:
        return self.finding == Draft.Finding.AGREE

    @property
    def in_words(self) -> str:
        """The aligned text; before any other text stands that it is not aligned."""
        return self.text if self.is_agreed else f"{self.says}. {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Talked:
    """One of the six questions, and what was written down about it once it was talked through.

    `revision` counts how often that was done; `by` is empty for who no longer takes part.
    """

    number: int
    question: IntakeQuestion
    expected: Expected | None
    by: str
    at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The answers to one question as they were given, beside what was found."""

    talked: Talked
    compared: Compared
    voices: list[Voice]


def kept_in(draft: Draft) -> dict[str, dict[str, str]]:
    """What was written down so far, by question: finding, text, by whom and when. No queries."""
    return dict(json.loads(draft.expectations)) if draft.expectations else {}


def part_of(question: str) -> str:
    """The part of the draft in which this question stands, as `Draft.touched` counts it."""
    return f"expects {question}"


def talked_through(engagement: Engagement, draft: Draft) -> list[Talked]:
    """The six questions in order, each with what was written down about it: no queries with parties."""
    asked, kept = intake_questions(reading_language()), kept_in(draft)
    names = {str(party.person_id): party.name for party in engagement.parties_in_order}
    return [_talked(n, one, kept.get(one.id), draft, names) for n, one in enumerate(asked, start=1)]


def _talked(
    number: int,
    question: IntakeQuestion,
    kept: Mapping[str, str] | None,
    draft: Draft,
    names: Mapping[str, str],
) -> Talked:
    revision, _writer = draft.touched.get(part_of(question.id), [0, None])
    if kept is None:
        return Talked(number, question, None, "", None, revision)
    expected = Expected(question.id, kept["finding"], kept["text"])
    at = datetime.fromisoformat(kept["at"])
    return Talked(number, question, expected, names.get(kept["by"], ""), at, revision)


def untalked(draft: Draft) -> int:
    """How many of the six questions nobody wrote down anything about: no queries."""
    return len(set(INTAKE_QUESTIONS) - set(kept_in(draft)))


def lie_open(engagement: Engagement, reader: Person) -> list[Voice]:
    """Whose answers this reader may lay side by side now; without them there is nothing to talk through."""
    return open_to(voices(engagement), engagement, reader)


def side_by_side(engagement: Engagement, draft: Draft, reader: Person, number: int) -> SideBySide | None:
    """One question with its answers, None while they do not lie open to the reader: 1 query."""
    if not (found := lie_open(engagement, reader)):
        return None
    place = number - 1
    laid = compared(found, reading_language())[place]
    return SideBySide(talked_through(engagement, draft)[place], laid, found)


def to_freeze(draft: Draft) -> list[dict[str, str]]:
    """What a version keeps of it, in the order of the questions: no queries. Never an answer of one party."""
    kept = kept_in(draft)
    return [
        {"question": name, "finding": kept[name]["finding"], "text": kept[name]["text"]}
        for name in INTAKE_QUESTIONS
        if name in kept
    ]


def as_signed(draft: Draft, said: Terms, *, by: Person, at: datetime) -> str:
    """What was expected as a version says it; what is put back is so by this person, the rest as it was."""
    now, again = kept_in(draft), {}
    for one in said.get("expectations", []):
        signed = {"finding": one["finding"], "text": one["text"]}
        there = now.get(one["question"], {})
        put_back = signed | {"by": str(by.pk), "at": at.isoformat()}
        again[one["question"]] = there if signed.items() <= there.items() else put_back
    return json.dumps(again, ensure_ascii=False) if again else ""


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
