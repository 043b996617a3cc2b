"""What is different between two versions, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from driehoek.access import Role, Shape
from driehoek.agreements.models import Version
from driehoek.agreements.queries.clauses import title_of
from driehoek.agreements.queries.deliverables import deliverables_in
from driehoek.agreements.queries.frozen import Terms, criteria_in, goals_in, table_in, terms
from driehoek.agreements.queries.paper import logistics_in_words
from driehoek.agreements.queries.sight import rows
from driehoek.agreements.wording import (
    DELIVERABLE_WORDS,
    LEVEL_WORDS,
    MATTERS_WORDS,
    criterion_words,
    due_words,
    level_sign,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that reads differently: what it was and what it becomes; empty when it was not there."""

    what: str
    before: str
    after: str


def version_before(version: Version, among: Iterable[Version]) -> Version | None:
    """The version offered before this one, from `versions`: no queries."""
    return next((one for one in among if one.number < version.number), None)


def changes(before: Version, after: Version) -> list[Change]:
    """Every field that reads differently, in the order of the agreement: no queries."""
    was, becomes = _fields(terms(before)), _fields(terms(after))
    return [
        Change(what, was.get(what, ""), becomes.get(what, ""))
        for what in dict.fromkeys((*was, *becomes))
        if was.get(what, "") != becomes.get(what, "")
    ]


def _fields(said: Terms) -> dict[str, str]:
    """Everything a version says, as the names people know it by and the words they read."""
    fields: dict[str, str] = {_("Who takes part"): ", ".join(party["name"] for party in said["parties"])}
    for goal in goals_in(said):
        name = _("Goal %(number)d") % {"number": goal.number}
        fields[name] = goal.sentence
        fields[_("Learning goals of goal %(number)d") % {"number": goal.number}] = "; ".join(
            goal.learning_goals
        )
        whom = str(MATTERS_WORDS[goal.matters_to])  # type: ignore[index]
        fields[_("For whom goal %(number)d matters") % {"number": goal.number}] = whom
        for level, text in sorted(goal.levels.items(), reverse=True):
            fields[f"{name}, {level_sign(level)} {LEVEL_WORDS[level]}"] = text
    for place, one in enumerate(criteria_in(said), start=1):
        name = _("Criterion %(place)d, for goal %(number)d") % {"place": place, "number": one.goal_number}
        fields[name] = f"{one.measure}: {criterion_words(one.terms)}"
    for promise in deliverables_in(said):
        name = _("To be delivered, %(number)d") % {"number": promise.number}
        sort = DELIVERABLE_WORDS[promise.sort]  # type: ignore[index]
        fields[name] = f"{sort}: {promise.name}. {due_words(promise.week, promise.due_on)}"
        fields[_("%(what)s, acceptable when") % {"what": name}] = promise.accepted_when
        fields[_("%(what)s, judged by") % {"what": name}] = "; ".join(promise.measures)
    fields |= {title_of(clause_id): text for clause_id, text in said["clauses"].items()}
    fields |= dict(logistics_in_words(said))
    for row in rows(Shape(said["shape"]), table_in(said), _named(said)):
        fields[_("Who sees: %(what)s") % {"what": row.what}] = row.says
    seal: Any = said["stumbling_blocks"]["commitment"]
    fields[_("What the coachee may stumble over")] = seal or ""
    return fields


def _named(said: Terms) -> list[tuple[Role, str]]:
    return [(Role(party["role"]), party["name"]) for party in said["parties"]]
