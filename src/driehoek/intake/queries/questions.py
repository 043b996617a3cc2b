"""The six questions: who answers them, how far they are, and the answers side by side."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast
from uuid import UUID

from driehoek.access import POLICY, Permission, Role, Shape
from driehoek.engagements.models import HERE, Engagement, Party
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.intake.models import IntakeForm
from driehoek.kit.prepared import Prepared
from driehoek.method.differences import PartyAnswer, State, differences
from driehoek.method.intake import IntakeQuestion, intake_questions
from driehoek.method.intake import Party as Asked
from driehoek.method.texts import Language
from driehoek.people.models import Person

ANSWERING = POLICY[Permission.ANSWER_INTAKE].roles


@dataclass(frozen=True, slots=True)
class Field:
    """One text to write: the whole answer, or a named part of it."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One of the six questions as it is put to one party, with what they wrote."""

    number: int
    question: IntakeQuestion
    asks: str
    fields: tuple[Field, ...]

    @property
    def is_answered(self) -> bool:
        return any(field.text for field in self.fields)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who answers, in all the roles they answer for, with their form once there is one.

    Whoever is invited and has said neither yes nor no still has to answer.
    """

    person: Person
    roles: tuple[Role, ...]
    party: Party
    form: IntakeForm | None

    @property
    def is_invited(self) -> bool:
        return not self.party.accepted_at

    @property
    def name(self) -> str:
        return self.party.name

    @property
    def handed_in(self) -> bool:
        return bool(self.form and self.form.handed_in_at)

    @property
    def is_shown(self) -> bool:
        return bool(self.form and self.form.shown_at)

    @property
    def answers(self) -> dict[str, str]:
        """Key -> text; opens the sealed form."""
        return json.loads(self.form.answers or "{}") if self.form else {}

    @property
    def role(self) -> Role:
        return self.party.role_

    @property
    def role_words(self) -> str:
        return ", ".join(str(ROLE_WORDS[role]) for role in self.roles)


@dataclass(frozen=True, slots=True)
class View:
    """What one party wrote to one question."""

    voice: Voice
    answer: PartyAnswer


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One text of one question: what each party wrote, and how it stands between them."""

    label: str
    state: State
    views: tuple[View, ...]

    @property
    def all_silent(self) -> bool:
        return all(view.answer.is_silent for view in self.views)


@dataclass(frozen=True, slots=True)
class Compared:
    """One question with its texts side by side."""

    question: IntakeQuestion
    rows: tuple[SideBySide, ...]


_FORMS: Final = Prepared(lambda: IntakeForm.objects.filter(engagement=HERE))


def voices(engagement: Engagement) -> list[Voice]:
    """Everyone who answers or is invited to, one voice per person even with two roles: 1 query."""
    forms = {form.party_id: form for form in _FORMS.ask(engagement=engagement)}
    found: dict[object, list[Party]] = {}
    for party in engagement.parties_in_order:
        if party.role in ANSWERING and not party.declined_at:
            found.setdefault(party.person_id, []).append(party)
    return [_voice(parties, forms) for parties in found.values()]


def _voice(parties: list[Party], forms: Mapping[UUID, IntakeForm]) -> Voice:
    parties = [party for party in parties if party.accepted_at] or parties
    party = next((party for party in parties if party.pk in forms), parties[0])
    return Voice(party.person, tuple(p.role_ for p in parties), party, forms.get(party.pk))


def voice_of(found: Sequence[Voice], person: Person) -> Voice | None:
    """The voice of this person, None for somebody who does not answer."""
    return next((voice for voice in found if voice.person.pk == person.pk), None)


def all_handed_in(found: Sequence[Voice]) -> bool:
    """Whether nobody still has to answer, the invited included."""
    return bool(found) and all(voice.handed_in for voice in found)


def open_to(found: Sequence[Voice], engagement: Engagement, reader: Person) -> list[Voice]:
    """The voices whose answers `reader` may lay side by side now; whoever answers hands in first.

    All of them once everyone has handed in; otherwise those that were shown before: when the coachee decided
    not to wait, or when somebody joined afterwards.
    """
    mine = voice_of(found, reader)
    if mine and not mine.handed_in and engagement.lets(reader, Permission.ANSWER_INTAKE):
        return []
    return list(found) if all_handed_in(found) else [voice for voice in found if voice.is_shown]


def screens_for(voice: Voice, language: Language, shape: Shape) -> tuple[Screen, ...]:
    """The six questions for this party, with what was written so far: no queries."""
    answers, coached = voice.answers, shape is not Shape.CONSULTANCY
    return tuple(
        Screen(
            number,
            question,
            question.put_to(cast(Asked, voice.role.value), coached=coached),
            tuple(Field(key, label, answers.get(key, "")) for key, label in keys_of(question)),
        )
        for number, question in enumerate(intake_questions(language), start=1)
    )


def keys_of(question: IntakeQuestion) -> tuple[tuple[str, str], ...]:
    """The key and the label of each text that belongs to a question; a single text needs no label."""
    if not question.parts:
        return ((question.id, ""),)
    return tuple((f"{question.id}.{part.id}", part.label) for part in question.parts)


def compared(found: Sequence[Voice], language: Language) -> tuple[Compared, ...]:
    """The answers side by side with the differences marked: no queries.

    Ask `open_to` which voices these may be: before that the answers belong to nobody but their writers.
    """
    if not all_handed_in(found):
        return ()
    written = {str(voice.party.pk): (voice, voice.answers) for voice in found}
    rows = []
    for question in intake_questions(language):
        keys = keys_of(question)
        texts = {
            key: {name: answers.get(key, "") for name, (_voice, answers) in written.items()}
            for key, _label in keys
        }
        laid = (
            SideBySide(
                label,
                row.state,
                tuple(View(written[answer.party][0], answer) for answer in row.answers),
            )
            for (_key, label), row in zip(keys, differences(texts), strict=True)
        )
        rows.append(Compared(question, tuple(laid)))
    return tuple(rows)
