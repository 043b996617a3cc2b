"""The finding in a few sentences, put together from facts. Never a number that flatters."""

from collections import Counter
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.evidence.attainment import summarise
from driehoek.measures.models import AttainmentScore
from driehoek.measures.queries import CriterionState, is_over
from driehoek.measures.wording import late_words
from driehoek.results.queries.material import Material
from driehoek.results.wording import SURE_WORDS, in_words

Moment = AttainmentScore.Moment


def conclusion(found: Material, items: Collection[str]) -> str:
    """What this document says, in the order: goals, criteria, how sure, because of what, judged by whom."""
    known = [*_goals(found, items), *_criteria(found, items)]
    sentences = known or [_("This document holds words, no figures.")]
    if known:
        sentences += [*_how_sure(found, items), _cause(found)]
    if "results" in items and found.receivers and not _judged(found):
        sentences.append(_("When this was released, the organisation had not judged the results."))
    return " ".join(sentences)


def _goals(found: Material, items: Collection[str]) -> list[str]:
    if "attainment" not in items:
        return []
    moment = Moment.END if any(score.moment == Moment.END for score in found.scores) else Moment.INTERIM
    summary = summarise(found.levels(moment))
    if not summary.rated:
        return [_("None of the goals has been scored.")]
    names = {"name": found.coachee, "reached": in_words(summary.reached), "all": in_words(summary.goals)}
    sentences = [_goal_line(summary.reached, summary.goals) % names]
    if open_goals := summary.goals - summary.rated:
        sentences.append(
            _sentence(
                ngettext("%(count)s goal was not scored.", "%(count)s goals were not scored.", open_goals),
                open_goals,
            )
        )
    if moment == Moment.INTERIM:
        sentences.append(_("That was the interim score."))
    return sentences


def _goal_line(reached: int, goals: int) -> str:
    if goals == 1:
        return (
            _("By %(name)s's own score the goal stands at the agreed level or better.")
            if reached
            else _("By %(name)s's own score the goal stands below the agreed level.")
        )
    if not reached:
        return _("By %(name)s's own score none of the %(all)s goals stands at the agreed level.")
    if reached == goals == 2:
        return _("By %(name)s's own score both goals stand at the agreed level or better.")
    if reached == goals:
        return _("By %(name)s's own score all %(all)s goals stand at the agreed level or better.")
    return ngettext(
        "By %(name)s's own score %(reached)s of the %(all)s goals stands at the agreed level or better.",
        "By %(name)s's own score %(reached)s of the %(all)s goals stand at the agreed level or better.",
        reached,
    )


def _criteria(found: Material, items: Collection[str]) -> list[str]:
    if "measurements" not in items:
        return []
    return criteria_lines(found.states, dropped=len(found.dropped))


def criteria_lines(states: Collection[CriterionState], *, dropped: int = 0) -> list[str]:
    """How many criteria were reached, are not due yet, and cannot be judged, of what was fixed before."""
    fixed = [state for state in states if not state.criterion.later]
    counts = Counter(state.verdict.status for state in fixed)
    reached, decided = counts["reached"], counts["reached"] + counts["not_reached"]
    sentences = [_criterion_line(reached, len(fixed)), *_came_late(fixed)] if decided else []
    if open_ones := counts["not_due"]:
        words = ngettext(
            "%(count)s criterion is not due yet.", "%(count)s criteria are not due yet.", open_ones
        )
        sentences.append(_sentence(words, open_ones))
    if early := counts["stopped_early"]:
        words = ngettext(
            "%(count)s criterion was stopped early: its period had not ended.",
            "%(count)s criteria were stopped early: their period had not ended.",
            early,
        )
        sentences.append(_sentence(words, early))
    if unknown := counts["no_data"] + counts["not_assessable"]:
        words = ngettext(
            "%(count)s criterion cannot be judged.", "%(count)s criteria cannot be judged.", unknown
        )
        sentences.append(_sentence(words, unknown))
    return sentences + _not_beforehand(len(states) - len(fixed), dropped)


def _came_late(states: Collection[CriterionState]) -> list[str]:
    """How many of them rest on what came or went when it was known what that would decide."""
    late = sum(bool(late_words(state)) for state in states)
    words = ngettext(
        "For %(count)s criterion a value was still entered or struck out after the deadline.",
        "For %(count)s criteria a value was still entered or struck out after the deadline.",
        late,
    )
    return [_sentence(words, late)] if late else []


def _not_beforehand(later: int, dropped: int) -> list[str]:
    """What was not fixed before the start does not count among what was reached."""
    sentences = []
    if later:
        words = ngettext(
            "%(count)s criterion was added or changed after the start and is not counted here.",
            "%(count)s criteria were added or changed after the start and are not counted here.",
            later,
        )
        sentences.append(_sentence(words, later))
    if dropped:
        words = ngettext("%(count)s criterion was dropped.", "%(count)s criteria were dropped.", dropped)
        sentences.append(_sentence(words, dropped))
    return sentences


def _criterion_line(reached: int, criteria: int) -> str:
    words = {"reached": in_words(reached), "all": in_words(criteria)}
    if criteria == 1:
        line = _("The criterion was reached.") if reached else _("The criterion was not reached.")
    elif criteria == 2 and reached in (0, 2):
        line = _("Both criteria were reached.") if reached else _("Neither criterion was reached.")
    elif not reached:
        line = _("None of the %(all)s criteria was reached.")
    elif reached == criteria:
        line = _("All %(all)s criteria were reached.")
    else:
        line = ngettext(
            "%(reached)s of the %(all)s criteria was reached.",
            "%(reached)s of the %(all)s criteria were reached.",
            reached,
        )
    return begun(line % words)


def _how_sure(found: Material, items: Collection[str]) -> list[str]:
    if "measurements" not in items:
        return [_("How sure that is has not been worked out: a score is an opinion.")]
    return sure_lines(found.states)


def sure_lines(states: Collection[CriterionState]) -> list[str]:
    """How sure that is: of every criterion that was fixed before, counted by its answer."""
    fixed = [state for state in states if not state.criterion.later]
    if not fixed:
        return []
    answers = Counter(state_sure(state) for state in fixed)
    if len(answers) == 1:
        return [_("How sure that is: %(answer)s.") % {"answer": SURE_WORDS[next(iter(answers))]}]
    told = [
        _("%(answer)s for %(count)s") % {"answer": SURE_WORDS[one], "count": in_words(answers[one])}
        for one in SURE_WORDS
        if answers[one]
    ]
    return [_("How sure that is, per criterion: %(answers)s.") % {"answers": ", ".join(told)}]


def state_sure(state: CriterionState) -> str:
    """How sure a criterion is, in one word; a word of its own as long as its period runs."""
    if state.certainty is None:
        return "not_assessable" if is_over(state.criterion) else "later"
    return state.certainty.status


def _cause(found: Material) -> str:
    if found.is_coached:
        return _("Whether it is because of the coaching cannot be said.")
    return _("Whether it is because of the advice cannot be said.")


def _judged(found: Material) -> bool:
    roles = {party.role for party in found.receivers}
    return any(mark and party.role in roles for row in found.rows for party, mark in row.marks)


def _sentence(words: str, count: int) -> str:
    return begun(words % {"count": in_words(count)})


def begun(sentence: str) -> str:
    """With a capital. Dutch writes Eén, with one accent, at the beginning of a sentence."""
    return f"Eén{sentence[3:]}" if sentence.startswith("één") else sentence[:1].upper() + sentence[1:]
