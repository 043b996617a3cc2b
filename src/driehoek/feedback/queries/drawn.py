"""The drawings of a report for paper: the rows of those on its page, with how many stand behind each."""

from dataclasses import replace
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from driehoek.feedback.queries.change import Moved
from driehoek.feedback.queries.report import Part, Report
from driehoek.kit.charts import Shifts, Views, as_block
from driehoek.kit.dots import Row
from driehoek.kit.templatetags.look import decimal
from driehoek.method.questionnaires import Scale

Block = dict[str, Any]


def profile_of(part: Part, told: Report) -> Block:
    """The drawing of one kind of behaviour; shapes tell its rows apart without colour."""
    counts = counts_of(part, told)
    rows = tuple(replace(row, words=_with_n(row, counts.get(row.label))) for row in part.rows)
    return as_block(Views(rows, *_scale(told.asked.scale), part.finding), get_language() or "nl")


def change_of(one: Moved, scale: Scale) -> Block:
    """The drawing of how one kind of behaviour moved: the others first, with how many they were."""
    rows = one.rows
    if rows and one.change.before is not None:
        words = f"{rows[0].words}; {people(one.change.n_before, one.change.n_after)}"
        rows = [replace(rows[0], words=words), *rows[1:]]
    return as_block(Shifts(tuple(rows), *_scale(scale), one.finding), get_language() or "nl")


def counts_of(part: Part, told: Report) -> dict[str, int]:
    """How many stand behind each row but the person's own: only of groups of which the number is told.

    A line manager is one; the others together are everybody in the rows below them.
    """
    counts = dict(told.groups)
    found = {
        row.label: 1 if row.mark == "square" else counts[row.label] for row in part.rows if _is_group(row)
    }
    return {row.label: sum(found.values()) for row in part.rows if row.mark == "dot"} | found


def _scale(scale: Scale) -> tuple[tuple[int, int], tuple[str, str]]:
    return (scale.lowest, scale.highest), (scale.labels[0], scale.labels[-1])


def ends_of(scale: Scale) -> str:
    """What the ends of the scale say, in a sentence."""
    ends = {"low": scale.labels[0], "high": scale.labels[-1]}
    return _("%(lowest)s = %(low)s, %(highest)s = %(high)s") % (
        ends | {"lowest": scale.lowest, "highest": scale.highest}
    )


def people(before: int, after: int | None = None) -> str:
    """How many; of two rounds both numbers where they are not the same."""
    if after is None or after == before:
        return ngettext("%(n)d person", "%(n)d people", before) % {"n": before}
    return _("%(before)d → %(after)d people") % {"before": before, "after": after}


def _is_group(row: Row) -> bool:
    return row.mark not in ("ring", "dot")


def _with_n(row: Row, count: int | None) -> str:
    written = decimal(row.value, 1)
    return written if count is None else f"{written}; {people(count)}"
