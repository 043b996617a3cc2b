"""The drawings of a report for paper: the rows of those on its page, with how many stand behind each."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from driehoek.feedback.queries.change import Moved
from driehoek.feedback.queries.report import Part
from driehoek.kit.charts import Shifts, Views, as_block
from driehoek.method.questionnaires import Scale

Block = dict[str, Any]


def profile_of(part: Part, scale: Scale) -> Block:
    """The drawing of one kind of behaviour; shapes tell its rows apart without colour."""
    return as_block(Views(tuple(part.rows), *_scale(scale), part.finding), get_language() or "nl")


def change_of(one: Moved, scale: Scale) -> Block:
    """The drawing of how one kind of behaviour moved: the others first."""
    return as_block(Shifts(tuple(one.rows), *_scale(scale), one.finding), get_language() or "nl")


def ends_of(scale: Scale) -> str:
    """What the ends of the scale say, in a sentence."""
    (lowest, highest), (low, high) = _scale(scale)
    ends = {"lowest": lowest, "highest": highest, "low": low, "high": high}
    return _("%(lowest)s = %(low)s, %(highest)s = %(high)s") % ends


def _scale(scale: Scale) -> tuple[tuple[int, int], tuple[str, str]]:
    return (scale.lowest, scale.highest), (scale.labels[0], scale.labels[-1])
