"""What was measured in time and entered after the deadline, in words and without a reproach."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.kit.templatetags.look import day
from driehoek.measures.models import Observation
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording.series import came
from driehoek.measures.wording.verdicts import several


def late_words(state: CriterionState) -> str:
    """That what the verdict rests on was entered after the deadline, and when; "" when it was not."""
    rows = [row for row in state.entered_late if _counts(row, state)]
    if not rows:
        return ""
    last = {"count": len(rows), "day": day(max(row.entered_at for row in rows))}
    if not state.verdict.pooled:
        return _("This value was entered after the deadline, on %(day)s.") % last
    return (
        ngettext(
            "%(count)s value was entered after the deadline, on %(day)s.",
            "%(count)s values were entered after the deadline, the last on %(day)s.",
            len(rows),
        )
        % last
    )


def late_lines(state: CriterionState) -> list[str]:
    """One line for each time that something was entered after the deadline: what, who, when and why."""
    deeds: dict[str, list[Observation]] = {}
    for row in sorted(state.entered_late, key=lambda one: one.entered_at):
        deeds.setdefault(f"{came(row)}. {row.takeover.reason if row.takeover else ''}".strip(), []).append(
            row
        )
    return [f"{several(rows, state.criterion)}: {how}" for how, rows in deeds.items()]


def _counts(row: Observation, state: CriterionState) -> bool:
    """Whether the verdict rests on it: on the last value of the period, or on all of them."""
    return bool(state.verdict.pooled) or row.on == state.verdict.measured_on
