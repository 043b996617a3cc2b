"""What was entered or struck out after the deadline, in words and without a reproach."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.agreements.queries import later_words
from driehoek.kit.templatetags.look import day
from driehoek.measures.models import Observation
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording.counts import inside
from driehoek.measures.wording.series import came
from driehoek.measures.wording.verdicts import several


def late_words(state: CriterionState) -> str:
    """That what the verdict rests on came or went after the deadline, and when; "" when it did not."""
    return " ".join(filter(None, (_came_late(state), _went_late(state))))


def beside_verdict(state: CriterionState) -> str:
    """What is said with a verdict: what an amendment did to the criterion, and what came or went late."""
    return " ".join(filter(None, (later_words(state.criterion), late_words(state))))


def _came_late(state: CriterionState) -> str:
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


def _went_late(state: CriterionState) -> str:
    """That values the verdict rested on at the deadline were struck out after it."""
    struck = [row.struck for row in state.struck_late if row.struck and _counted(row, state)]
    if not struck:
        return ""
    words = ngettext(
        "%(count)s value was struck out after the deadline, on %(day)s.",
        "%(count)s values were struck out after the deadline, the last on %(day)s.",
        len(struck),
    )
    return words % {"count": len(struck), "day": day(max(deed.at for deed in struck))}


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


def _counted(row: Observation, state: CriterionState) -> bool:
    """Whether the verdict of the deadline rested on it; not where another value stands on its day now."""
    verdict, terms = state.verdict, state.criterion.terms
    if terms.is_over(localdate(row.entered_at)) or any(one.on == row.on for one in state.observations):
        return False
    is_later = not verdict.in_window or verdict.measured_on is None or row.on > verdict.measured_on
    return bool(inside(terms, [row])) and (bool(verdict.pooled) or is_later)
