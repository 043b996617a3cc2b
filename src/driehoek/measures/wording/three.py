"""The three answers about a criterion, which are never mixed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from driehoek.access import Shape
from driehoek.evidence.certainty import Certainty
from driehoek.evidence.criteria import Verdict
from driehoek.kit import clock
from driehoek.kit.templatetags.look import day
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording.late import late_words
from driehoek.measures.wording.one import One
from driehoek.measures.wording.sure import sure
from driehoek.measures.wording.verdicts import ON_TARGET, Answer

NOT_COMPARED = gettext_lazy("Nothing was compared, so nobody knows whether that is why.")


def three_answers(state: CriterionState, shape: Shape, found: Certainty | None) -> tuple[One, One, One]:
    """Reached, how sure, because of the help: always three, never one. `found` is its certainty."""
    words = Answer(state.criterion, state.verdict, state.observations)
    agreed_facts = _("Agreed: %(agreed)s") % {"agreed": words.agreed}
    compared = _("Series without a comparison")
    return (
        One(words.mark, words.status, reached(state), agreed_facts),
        sure(
            state.criterion,
            found,
            is_over=state.criterion.terms.is_over(clock.today()),
            rows=state.observations,
        ),
        One("unknown", _("Cannot be said"), str(NOT_COMPARED), compared, ask_cause(shape)),
    )


def ask_cause(shape: Shape) -> str:
    """The third question; in consultancy nobody is coached."""
    return _("Because of the advice?") if shape is Shape.CONSULTANCY else _("Because of the coaching?")


def reached(state: CriterionState) -> str:
    """What the first answer says, and that it came late where it did."""
    said = says(Answer(state.criterion, state.verdict, state.observations), state.verdict)
    return " ".join(filter(None, (said, late_words(state))))


def says(words: Answer, verdict: Verdict) -> str:
    """The reason, the value that counts and the change, in running sentences."""
    facts = {"value": words.value, "day": day(verdict.measured_on), "change": words.change}
    facts |= {"count": str(verdict.pooled)}
    sentences = [words.reason]
    if words.value and verdict.pooled:
        sentences.append(_pooled(words, verdict) % facts)
    elif words.value and verdict.in_window:
        sentences.append(
            _("The value that counts is %(value)s, measured on %(day)s: a change of %(change)s.") % facts
            if words.change
            else _("The value that counts is %(value)s, measured on %(day)s.") % facts
        )
    elif words.value:
        sentences.append(_("The latest value is %(value)s, measured on %(day)s.") % facts)
    if now := ON_TARGET.get((verdict.status, verdict.on_target)):
        sentences.append(str(now))
    return " ".join(sentences)


def _pooled(words: Answer, verdict: Verdict) -> str:
    if words.change:
        return ngettext(
            "One value weighed by its volume gives %(value)s: a change of %(change)s.",
            "%(count)s values, each weighed by its volume, give %(value)s: a change of %(change)s.",
            verdict.pooled,
        )
    return ngettext(
        "One value weighed by its volume gives %(value)s.",
        "%(count)s values, each weighed by its volume, give %(value)s.",
        verdict.pooled,
    )
