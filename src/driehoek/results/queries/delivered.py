"""What was promised beside what came of it: deliverables with the criteria by which they are judged."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.access import Permission
from driehoek.agreements.models import Deliverable
from driehoek.agreements.queries import (
    agreed_criteria,
    dropped_lines,
    later_words,
    promises,
    terms,
    version_in_force,
)
from driehoek.agreements.wording import DELIVERABLE_WORDS, due_words
from driehoek.engagements.models import Engagement
from driehoek.kit.templatetags.look import day
from driehoek.measures.queries import CriterionState, verdicts
from driehoek.measures.wording import Answer, agreed, beside_verdict
from driehoek.people.models import Person
from driehoek.plans.models import DeliveryStep
from driehoek.plans.queries import Delivery, State, deliveries
from driehoek.plans.wording import days_over
from driehoek.results.queries.conclusion import begun, criteria_lines, sure_lines
from driehoek.results.queries.unknown import DECIDED
from driehoek.results.wording import DELIVERY_KINDS, DELIVERY_WORDS, STEP_WORDS, in_words


@dataclass(frozen=True, slots=True)
class Tied:
    """A criterion by which something is judged; how it stands only for who may read the measurements."""

    measure: str
    agreed: str
    answer: Answer | None
    later: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One step in the words of a reader: what, by whom, when, and what was written with it."""

    step: DeliveryStep
    words: str
    again: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """One thing that was promised, as a page shows it."""

    delivery: Delivery
    sort: str
    due: str
    kind: str
    words: str
    criteria: list[Tied]
    history: list[Happened]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Where everything that was promised stands, in sentences that leave nothing out; and what was agreed for
    when it is rejected for good.
    """

    deliverables: list[Delivered]
    summary: str
    afterwards: str = ""


def acceptance(engagement: Engagement, person: Person) -> Acceptance:
    """Everything that was promised and how it stands, for this reader: 3 queries."""
    version = version_in_force(engagement)
    found = deliveries(engagement, version) if version else []
    may_measure = engagement.lets(person, Permission.READ_MEASUREMENTS)
    states = verdicts(engagement, version) if version and may_measure else []
    tied = {one.criterion.criterion_id: _tied(one) for one in states} or {
        one.criterion_id: Tied(one.measure, agreed(one), None, later_words(one))
        for one in (agreed_criteria(engagement, version) if version else [])
    }
    dropped = len(dropped_lines(version)) if version and may_measure else 0
    agreed_then = terms(version)["clauses"] if version else {}
    afterwards = "\n\n".join(filter(None, (agreed_then.get("rework"), agreed_then.get("penalty"))))
    return Acceptance([_delivered(one, tied) for one in found], _summary(found, states, dropped), afterwards)


def delivered_so_far(engagement: Engagement, person: Person) -> str:
    """The same in sentences, for a page about something else; empty for who may not read it: 3 queries."""
    if not promises(engagement.shape_) or not engagement.lets(person, Permission.READ_DELIVERABLES):
        return ""
    return acceptance(engagement, person).summary


def delivered(engagement: Engagement, person: Person, deliverable_id: UUID) -> Delivered | None:
    """One of them; None when the agreement in force does not promise it: 3 queries."""
    found = acceptance(engagement, person).deliverables
    return next((one for one in found if one.delivery.agreed.deliverable_id == deliverable_id), None)


def _tied(state: CriterionState) -> Tied:
    words = Answer(state.criterion, state.verdict, state.observations)
    return Tied(state.criterion.measure, words.agreed, words, beside_verdict(state))


def _delivered(one: Delivery, tied: dict[UUID, Tied]) -> Delivered:
    over = one.days_over()
    return Delivered(
        delivery=one,
        sort=str(DELIVERABLE_WORDS[Deliverable.Sort(one.agreed.sort)]),
        due=due_words(one.agreed.week, one.agreed.due_on),
        kind="warn" if over else DELIVERY_KINDS[one.state],
        words=days_over(over) if over else str(DELIVERY_WORDS[one.state]),
        criteria=[tied[criterion] for criterion in one.agreed.judged_by if criterion in tied],
        history=[_happened(step) for step in one.steps],
    )


def _happened(step: DeliveryStep) -> Happened:
    facts = {"name": step.by, "day": day(step.at)}
    again = _("Done again by %(day)s.") % {"day": day(step.again_by)} if step.again_by else ""
    if step.what == DeliveryStep.What.REJECTED and not again:
        again = _("No agreed round is left. The agreement says what happens now.")
    return Happened(step, str(STEP_WORDS[DeliveryStep.What(step.what)]) % facts, again)


def _summary(found: Collection[Delivery], states: Collection[CriterionState], dropped: int) -> str:
    if not found:
        return ""
    counts = Counter(one.state for one in found)
    lines = [_accepted(counts[State.ACCEPTED], len(found))]
    lines += [_counted(state, counts[state]) for state in _OPEN if counts[state]]
    judged = any(state.verdict.status in DECIDED for state in states)
    sure = sure_lines(states) if judged else []
    return " ".join([*lines, *criteria_lines(states, dropped=dropped), *sure])


_OPEN = (State.HANDED_OVER, State.AGAIN, State.REJECTED, State.PROMISED)


def _accepted(accepted: int, promised: int) -> str:
    if accepted == promised:
        return _("Everything that was promised has been accepted.")
    if not accepted:
        return _("Nothing has been accepted yet.")
    words = ngettext(
        "Of %(all)s deliverables %(count)s has been accepted.",
        "Of %(all)s deliverables %(count)s have been accepted.",
        accepted,
    )
    return begun(words % {"all": in_words(promised), "count": in_words(accepted)})


def _counted(state: State, count: int) -> str:
    words = {
        State.PROMISED: lambda: ngettext(
            "%(count)s is still to be handed over.", "%(count)s are still to be handed over.", count
        ),
        State.HANDED_OVER: lambda: ngettext(
            "%(count)s lies with the sponsor.", "%(count)s lie with the sponsor.", count
        ),
        State.AGAIN: lambda: ngettext(
            "%(count)s was rejected and is done again.", "%(count)s were rejected and are done again.", count
        ),
        State.REJECTED: lambda: ngettext(
            "%(count)s was rejected, and no agreed round is left.",
            "%(count)s were rejected, and no agreed round is left.",
            count,
        ),
    }
    return begun(words[state]() % {"count": in_words(count)})
