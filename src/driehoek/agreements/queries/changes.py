"""What is different between two versions: field by field, and within a field word by word."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from driehoek.access import Role, Shape
from driehoek.agreements.models import Version
from driehoek.agreements.queries.clauses import title_of
from driehoek.agreements.queries.deliverables import AgreedDeliverable, deliverables_in
from driehoek.agreements.queries.expectations import expected_in
from driehoek.agreements.queries.frozen import AgreedGoal, Terms, criteria_in, goals_in, table_in
from driehoek.agreements.queries.paper import logistics_in_words
from driehoek.agreements.queries.programme_lead import lead_in
from driehoek.agreements.queries.sight import rows
from driehoek.agreements.wording import (
    DELIVERABLE_WORDS,
    LEVEL_WORDS,
    before_words,
    brought_words,
    criterion_words,
    due_words,
    level_sign,
    matters_words,
    starting_value,
)

Fields = dict[str, tuple[str, str]]
"""By a key that stays the same when something is renumbered: the name people know it by, and its words."""

AT_LENGTH = 2000  # so many words are compared at most; beyond it a text changed as a whole


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text, and whether they are in this text only."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that reads differently: what it was and what it becomes; empty when it was not there."""

    what: str
    before: str
    after: str

    @property
    def was(self) -> list[Piece]:
        """What it was, with the words that go marked: no queries."""
        return word_by_word(self.before, self.after)[0]

    @property
    def becomes(self) -> list[Piece]:
        """What it becomes, with the new words marked: no queries."""
        return word_by_word(self.before, self.after)[1]


def version_before(version: Version, among: Iterable[Version]) -> Version | None:
    """What a version is read against: the one in force before it, else the one offered before it.

    `among` all versions, the latest first: no queries.
    """
    earlier = [one for one in among if one.number < version.number]
    in_force = [one for one in earlier if one.in_force_at]
    return next(iter(in_force or earlier), None)


def changes(before: Terms, after: Terms) -> list[Change]:
    """Every field that reads differently, in the order of the agreement: no queries."""
    was, becomes = _fields(before), _fields(after)
    nothing = ("", "")
    return [
        Change((becomes.get(key) or was[key])[0], was.get(key, nothing)[1], becomes.get(key, nothing)[1])
        for key in dict.fromkeys((*was, *becomes))
        if was.get(key, nothing)[1] != becomes.get(key, nothing)[1]
    ]


def word_by_word(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """The two texts in pieces, in which the words that only one of them has are marked.

    >>> word_by_word("seven sessions", "nine sessions")
    ([Piece('seven ', True), Piece('sessions', False)], [Piece('nine ', True), Piece('sessions', False)])
    """
    old, new = _words(before), _words(after)
    if len(old) + len(new) > AT_LENGTH:
        return [Piece(before, differs=True)], [Piece(after, differs=True)]
    was: list[Piece] = []
    becomes: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was += _piece(old[i:j], differs=kind != "equal")
        becomes += _piece(new[k:m], differs=kind != "equal")
    return was, becomes


def _words(text: str) -> list[str]:
    """Words and what stands between them, so that put together they are the text again."""
    return re.findall(r"\w+\s*|[^\w\s]+\s*|\s+", text)


def _piece(words: list[str], *, differs: bool) -> list[Piece]:
    return [Piece("".join(words), differs=differs)] if words else []


def _fields(said: Terms) -> Fields:
    """Everything a version says, as the names people know it by and the words they read."""
    people = ", ".join(party["name"] for party in said["parties"])
    fields: Fields = {"parties": (_("Who takes part"), people)}
    for one in expected_in(said):
        name = _("What we expect: %(question)s") % {"question": one.title}
        fields[f"expects {one.question}"] = (name, one.in_words)
    for goal in goals_in(said):
        fields |= {f"{goal.goal_id} {key}": words for key, words in _of_goal(goal)}
    for place, criterion in enumerate(criteria_in(said), start=1):
        facts = {"place": place, "number": criterion.goal.number}
        name = _("Criterion %(place)d, for goal %(number)d") % facts
        words = f"{criterion.measure}: {criterion_words(criterion.terms)}"
        fields[str(criterion.criterion_id)] = (name, words)
        start = ". ".join(filter(None, (starting_value(criterion.terms), before_words(criterion.terms))))
        fields[f"{criterion.criterion_id} start"] = (_("%(what)s, at the start") % {"what": name}, start)
    for promise in deliverables_in(said):
        fields |= {f"{promise.deliverable_id} {key}": words for key, words in _of_promise(promise)}
    fields |= {clause_id: (title_of(clause_id), text) for clause_id, text in said["clauses"].items()}
    fields |= {name: (name, value) for name, value in logistics_in_words(said)}
    for row in rows(Shape(said["shape"]), table_in(said), _named(said)):
        fields[f"sees {row.kind}"] = (_("Who sees: %(what)s") % {"what": row.what}, row.says)
    fields["programme_lead"] = (_("What a programme lead gets"), lead_in(said))
    seal: Any = said["stumbling_blocks"]["commitment"]
    fields["seal"] = (_("What the coachee may stumble over"), seal or "")
    return fields


def _of_goal(goal: AgreedGoal) -> Iterator[tuple[str, tuple[str, str]]]:
    number = {"number": goal.number}
    name = _("Goal %(number)d") % number
    yield "sentence", (name, goal.sentence)
    lines = "; ".join(goal.learning_goals)
    yield "learning", (_("Learning goals of goal %(number)d") % number, lines)
    yield "whom", (_("For whom goal %(number)d matters") % number, matters_words(goal.matters_to))
    yield "brought", (_("Who brought goal %(number)d") % number, brought_words(goal.brought_by))
    for level, text in sorted(goal.levels.items(), reverse=True):
        yield str(level), (f"{name}, {level_sign(level)} {LEVEL_WORDS[level]}", text)


def _of_promise(promise: AgreedDeliverable) -> Iterator[tuple[str, tuple[str, str]]]:
    name = _("To be delivered, %(number)d") % {"number": promise.number}
    sort = DELIVERABLE_WORDS[promise.sort]  # type: ignore[index]
    yield "what", (name, f"{sort}: {promise.name}. {due_words(promise.week, promise.due_on)}")
    yield "accepted", (_("%(what)s, acceptable when") % {"what": name}, promise.accepted_when)
    yield "judged", (_("%(what)s, judged by") % {"what": name}, "; ".join(promise.measures))


def _named(said: Terms) -> list[tuple[Role, str]]:
    return [(Role(party["role"]), party["name"]) for party in said["parties"]]
