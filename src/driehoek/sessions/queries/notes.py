"""What was written about a session, for those who may read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from django.db.models import UUIDField
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.access import Permission
from driehoek.intake.models import HelpEstimate
from driehoek.intake.queries import estimate_of
from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared
from driehoek.method.questions import (
    REFLECTION_STEPS,
    BankQuestion,
    find_questions,
    looking_back,
    opening_questions,
    question_bank,
)
from driehoek.method.questions import Phase as BankPhase
from driehoek.people.models import Person
from driehoek.sessions.models import Note, PrivateNote, Reflection, Session
from driehoek.sessions.wording import CLOSING, OPENING, PHASES, PREPARATION, asks, language, phase_words


@dataclass(frozen=True, slots=True)
class Phase:
    """One tab of the conversation and how much is there."""

    value: str
    label: str
    says: str
    current: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a part asks and what was written there."""

    part: str
    ask: str
    text: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the table in one phase of a session; `private` is None for whoever has no such paper."""

    session: Session
    phase: str
    notes: Mapping[str, Note]
    private: str | None
    estimate: HelpEstimate | None = None

    @property
    def parts(self) -> tuple[Note.Part, ...]:
        return PHASES[self.phase]

    @property
    def phases(self) -> list[Phase]:
        return [
            Phase(value, label, _amount(self.notes, value), value == self.phase)
            for value, label in phase_words().items()
        ]

    @property
    def label(self) -> str:
        return phase_words()[self.phase]

    @property
    def bank_phase(self) -> str:
        """Under which phase the bank shows more questions for this one."""
        return REFLECTION_STEPS[0] if self.phase == "cycle" else self.phase

    @property
    def question(self) -> Note | None:
        return self.notes.get(Note.Part.QUESTION)

    @property
    def since(self) -> Note | None:
        return self.notes.get(Note.Part.SINCE)

    @property
    def written(self) -> dict[str, str]:
        """The texts of this phase as they stand, with the private one for whoever has it."""
        texts = written_in(self.notes, self.parts)
        return texts if self.private is None else texts | {"private": self.private}

    @property
    def saved_at(self) -> datetime | None:
        """When something was last kept here, if that was today."""
        moments = [note.written_at for part, note in self.notes.items() if part in self.parts]
        latest = max(moments, default=None)
        return latest if latest and localtime(latest).date() == clock.today() else None

    @property
    def bank(self) -> list[tuple[str, list[dict[str, str]]]]:
        """Questions for this phase, each to be put with the notes: the plain ones, then by angle.

        What suits the coach's own estimate of the coachee comes first, what suits another one last.
        """
        asked = {question.id for question in opening_questions()}
        asked |= looking_back() if self.session.is_first else set()
        phases = REFLECTION_STEPS if self.phase == "cycle" else (cast(BankPhase, self.phase),)
        every = (one for phase in phases for one in find_questions(phase=phase))
        found = [one for one in every if one.id not in asked]
        angles: dict[str, list[dict[str, str]]] = {}
        for one in sorted(found, key=self._fit):
            words = {"id": one.id, "text": one.in_language(language())}
            angles.setdefault(_angle(one), []).append(words)
        return sorted(angles.items())

    def _fit(self, question: BankQuestion) -> int:
        own = self.estimate
        pairs = [
            (question.help_relationship, own.relationship if own else ""),
            (question.self_steering, own.self_steering if own else ""),
        ]
        known = [wanted == found for wanted, found in pairs if wanted and found]
        return 1 if not known else 0 if all(known) else 2


def desk_of(session: Session, person: Person, *, phase: str = "") -> Desk:
    """The desk of a session in this phase, or where the writing stopped: 1 query, 3 for the coach."""
    notes = notes_of(session)
    shown = phase if phase in PHASES else _latest_phase(notes)
    if not session.engagement.lets(person, Permission.WRITE_PRIVATE_NOTES):
        return Desk(session, shown, notes, private=None)
    own, estimate = private_note(session, person), estimate_of(session.engagement, person)
    return Desk(session, shown, notes, own.text if own else "", estimate=estimate)


_SESSION: Final = Given("session", UUIDField())
_NOTES: Final = Prepared(lambda: Note.objects.filter(session=_SESSION).order_by("written_at"))
_PRIVATE: Final = Prepared(
    lambda: PrivateNote.objects.filter(session=_SESSION, author=Given("author", UUIDField()))
)


def notes_of(session: Session) -> dict[str, Note]:
    """What coachee and coach wrote about this session, by part, the latest last: 1 query."""
    return {note.part: note for note in _NOTES.ask(session=session)}


def written_in(notes: Mapping[str, Note], parts: Iterable[str]) -> dict[str, str]:
    """The texts of these parts, empty where nothing was written: no queries."""
    return {str(part): notes[part].text if part in notes else "" for part in parts}


def private_note(session: Session, person: Person) -> PrivateNote | None:
    """What `person` alone wrote about this session: 1 query."""
    return next(iter(_PRIVATE.ask(session=session, author=person)), None)


def reflection_on(session: Session) -> Reflection | None:
    """What the coachee wrote afterwards: 1 query."""
    return Reflection.objects.filter(session=session).first()


def record_of(notes: Mapping[str, Note], *, first: bool = False) -> list[tuple[str, list[Said]]]:
    """All that was written about a session, under its three headings; empty headings are left out."""
    asked = asks(first=first)
    conversation = [part for phase, parts in PHASES.items() if phase != "opening" for part in parts]
    headings = (
        (_("Before"), PREPARATION),
        (_("Opening"), OPENING),
        (_("Conversation"), conversation),
        (_("Rounding off"), CLOSING),
    )
    said = [
        (words, [Said(part, asked[part], notes[part].text) for part in parts if part in notes])
        for words, parts in headings
    ]
    return [(words, texts) for words, texts in said if texts]


def bank_question(question_id: str) -> BankQuestion | None:
    """A question of the bank, or None for an id that is not there."""
    return question_bank().get(question_id)


def _angle(question: BankQuestion) -> str:
    """From whose or which side a question looks; nothing for a plain one."""
    if question.kind == "scaling":
        return _("On a scale")
    if question.stakeholder:
        return _("Through somebody else's eyes")
    if question.quadrant:
        return _("Inside, outside, alone, together")
    if question.message_side:
        return _("Four sides of a message")
    return ""


def _latest_phase(notes: Mapping[str, Note]) -> str:
    """The phase last written in; the opening when there is none yet."""
    phase_of = {part: phase for phase, parts in PHASES.items() for part in parts}
    written = [phase_of[Note.Part(part)] for part in notes if part in phase_of]
    return written[-1] if written else "opening"


def _amount(notes: Mapping[str, Note], phase: str) -> str:
    parts = PHASES[phase]
    filled = [part for part in parts if part in notes]
    if not filled:
        return _("empty")
    if len(parts) > 1:
        return _("%(filled)d of %(all)d") % {"filled": len(filled), "all": len(parts)}
    words = len(notes[filled[0]].text.split())
    return ngettext("%(count)d word", "%(count)d words", words) % {"count": words}
