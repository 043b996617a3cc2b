"""The goals and criteria of an agreement as they are read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from driehoek.agreements.models import Version
from driehoek.agreements.queries.foresight import warnings
from driehoek.agreements.queries.frozen import (
    AgreedCriterion,
    AgreedGoal,
    Terms,
    criteria_in,
    criteria_of,
    goals_in,
)
from driehoek.agreements.queries.later import dropped_lines, later_words
from driehoek.agreements.wording import (
    LEVEL_WORDS,
    before_words,
    brought_words,
    counted_words,
    level_sign,
    matters_words,
    starting_value,
    target_words,
)

Block = Mapping[str, Any]


def goals_on_paper(said: Terms, version: Version | None) -> list[Block]:
    """Each goal with its criteria, what was known beforehand, and what an amendment changed.

    No queries with the versions before it.
    """
    criteria = criteria_of(version) if version else criteria_in(said)
    blocks: list[Block] = []
    for goal in goals_in(said):
        blocks += [
            {"kind": "heading", "text": _("Goal %(number)d") % {"number": goal.number}},
            {"kind": "said", "text": goal.sentence, "language": goal.language, "big": True},
        ]
        if goal.learning_goals:
            lines: list[Any] = [{"text": line, "said": True} for line in goal.learning_goals]
            blocks += [{"kind": "text", "text": _("Learning goals")}, {"kind": "list", "items": lines}]
        own = [one for one in criteria if one.goal_id == goal.goal_id]
        blocks.append(
            table(
                [_("Criterion"), _("At the start"), _("Reached when"), _("Counted")],
                [
                    [
                        {"text": one.measure, "said": True},
                        starting_value(one.terms) or "–",
                        target_words(one.terms),
                        counted_words(one.terms),
                    ]
                    for one in own
                ],
                widths=[28, 22, 25, 25],
            )
        )
        blocks += measured_before(own)
        blocks += [{"kind": "note", "text": f"{one.measure}. {later_words(one)}"} for one in own if one.later]
        blocks += foreseen(own, offered=version is not None)
        if goal.levels:
            blocks.append(_levels(goal))
        words = _("Matters to: %(whom)s") % {"whom": matters_words(goal.matters_to)}
        blocks.append({"kind": "text", "text": f"{words}. {brought_words(goal.brought_by)}".strip()})
    if version and (gone := dropped_lines(version)):
        heading: Block = {"kind": "heading", "text": _("Agreed before, and dropped since")}
        blocks += [heading, {"kind": "list", "items": gone}]
    return blocks


def measured_before(criteria: Iterable[AgreedCriterion]) -> list[Block]:
    """The values of which a starting value is the mean: everybody signs these too: no queries."""
    words = _("%(measure)s, measured before the start. %(values)s.")
    return [
        {"kind": "note", "text": words % {"measure": one.measure, "values": before_words(one.terms)}}
        for one in criteria
        if one.terms.measured_before
    ]


def foreseen(criteria: Iterable[AgreedCriterion], *, offered: bool = True) -> list[Block]:
    """What was known beforehand to speak against these criteria, and why it was accepted: no queries."""
    nothing = _("Nobody wrote down why this is accepted.")
    if offered:
        nothing = _("Nobody wrote down why this is accepted: it was offered without a reason.")
    said: list[Block] = []
    for one in criteria:
        for warning in warnings(one.terms, one.foresight) if one.foresight else ():
            facts = {"measure": one.measure, "warning": warning.words}
            words, reason = _("%(measure)s. %(warning)s") % facts, warning.reason or ""
            if not reason:
                words = " ".join((words, nothing))
            label = _("Accepted all the same, because")
            said.append({"kind": "note", "text": words, "label": label, "reason": reason})
    heading: Block = {"kind": "heading", "text": _("Known beforehand")}
    return [heading, *said] if said else []


def _levels(goal: AgreedGoal) -> Block:
    rows = [
        [
            {"text": f"{level_sign(level)} {LEVEL_WORDS[level]}", "strong": level == 0},
            {"text": goal.levels[level], "said": True},
        ]
        for level in sorted(goal.levels, reverse=True)
    ]
    return table([_("Level"), _("What others see then")], rows, widths=[34, 66])


def table(head: list[str], rows: list[list[Any]], widths: list[int] | None = None) -> Block:
    """A table of which every cell knows its heading, for when it is stacked on a phone."""
    labelled = [
        [
            (cell if isinstance(cell, dict) else {"text": cell}) | {"label": name}
            for name, cell in zip(head, row, strict=True)
        ]
        for row in rows
    ]
    return {"kind": "table", "head": head, "rows": labelled} | ({"widths": widths} if widths else {})
