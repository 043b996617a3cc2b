"""What speaks against a criterion before it is agreed, and why people accept that."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final, cast
from uuid import UUID

from driehoek.agreements.models import Criterion, Goal
from driehoek.agreements.queries.before import before_in
from driehoek.agreements.wording import finding_words
from driehoek.agreements.wording.numbers import is_percent
from driehoek.evidence.criteria import Counted, CriterionTerms, Direction, Form
from driehoek.evidence.deadlines import Anchor, AnchorKind, Span
from driehoek.evidence.foresight import Circumstances, foresee, unknown
from driehoek.evidence.proportions import fewest_answers

UNREACHABLE = "beyond_scale"
"""What cannot be reached is not offered before somebody wrote down why it is agreed all the same."""
_WHOLE: Final = (Decimal(0), Decimal(100))
_AMOUNTS = ("lowest", "highest", "spread", "mean_of_all", "reliability")


@dataclass(frozen=True, slots=True)
class Warning:
    """One thing to know beforehand, in words, and why it was accepted; empty when nobody did."""

    id: str
    words: str
    reason: str = ""


def stored(known: Circumstances, accepted: Mapping[str, str]) -> str:
    """How both are kept, and frozen: exact decimals as text, what is unknown left out."""
    said = {field.name: getattr(known, field.name) for field in fields(known)}
    plain = {
        name: value.isoformat()
        if isinstance(value, date)
        else f"{value.normalize():f}"
        if isinstance(value, Decimal)
        else value
        for name, value in said.items()
        if value is not None and value is not False  # a scale may begin at 0
    }
    return json.dumps({"known": plain, "accepted": dict(accepted)}, ensure_ascii=False, sort_keys=True)


def as_stored(text: str) -> Mapping[str, Any]:
    """What `stored` made of it: no queries."""
    found: Mapping[str, Any] = json.loads(text) if text else {"known": {}, "accepted": {}}
    return found


def circumstances(said: Mapping[str, Any]) -> Circumstances:
    """How a criterion will be measured, from what was stored or frozen."""
    known: dict[str, Any] = {
        name: Decimal(value) if name in _AMOUNTS else value for name, value in said["known"].items()
    }
    if known.get("needed_by"):
        known["needed_by"] = date.fromisoformat(known["needed_by"])
    return Circumstances(**known)


def known_of(criterion: Criterion) -> Circumstances:
    """What was typed about measuring it, with the day of its goal: no queries beside its goal.

    Of a percentage the scale is known as well, unless another was typed or it starts outside that.
    """
    return in_its_place(criterion, circumstances(as_stored(criterion.foresight)))


def in_its_place(criterion: Criterion, typed: Circumstances) -> Circumstances:
    """The same circumstances with what follows from the criterion itself: no queries beside its goal."""
    known = replace(typed, needed_by=criterion.goal.by_when)
    terms = terms_of(criterion)
    if not is_percent(terms.unit) or terms.form in ("share_at_least", "count"):
        return known
    lowest, highest = _WHOLE
    if terms.baseline is not None and not lowest <= terms.baseline <= highest:
        return known
    ends = (
        lowest if known.lowest is None else known.lowest,
        highest if known.highest is None else known.highest,
    )
    return replace(known, lowest=ends[0], highest=ends[1]) if ends[0] < ends[1] else known


def warnings(terms: CriterionTerms, said: Mapping[str, Any]) -> list[Warning]:
    """Everything that speaks against this criterion, each with the reason it was accepted for: no queries."""
    return _warned(terms, circumstances(said), said["accepted"])


def _warned(terms: CriterionTerms, known: Circumstances, accepted: Mapping[str, str]) -> list[Warning]:
    return [
        Warning(one.id, finding_words(one, terms), accepted.get(one.id, "")) for one in foresee(terms, known)
    ]


def terms_of(criterion: Criterion, milestones: Mapping[UUID, str] | None = None) -> CriterionTerms:
    """A criterion as `evidence` judges it; `milestones` says what each is called: no queries."""
    before = before_in(criterion.measured_before)
    return CriterionTerms(
        form=cast(Form, criterion.form),
        direction=cast(Direction, criterion.direction),
        target=criterion.target,
        window_starts=criterion.window_starts,
        deadline=criterion.deadline,
        baseline=before.mean if before else criterion.baseline,
        unit=criterion.unit,
        counted=cast(Counted, criterion.counted),
        anchor=_anchor(criterion, milestones or {}),
        measured_before=before,
    )


def _anchor(criterion: Criterion, milestones: Mapping[UUID, str]) -> Anchor | None:
    if criterion.within is None:
        return None
    milestone = criterion.milestone
    return Anchor(
        kind=cast(AnchorKind, criterion.anchor),
        within=criterion.within,
        span=cast(Span, criterion.span),
        milestone=str(milestone) if milestone else "",
        name=milestones.get(milestone, "") if milestone else "",
    )


def warnings_of(criterion: Criterion) -> list[Warning]:
    """The same for a criterion that is being written: no queries."""
    said = as_stored(criterion.foresight)
    return _warned(terms_of(criterion), known_of(criterion), said["accepted"])


def looks_further(criterion: Criterion) -> bool:
    """Whether a warning stands that nobody answered, or a fact is missing that could give one: no queries."""
    return bool(unanswered_of(criterion) or unknown(terms_of(criterion), known_of(criterion)))


def unanswered_of(criterion: Criterion) -> list[Warning]:
    """The warnings for which nobody wrote down why they are accepted: no queries."""
    return [one for one in warnings_of(criterion) if not one.reason]


def unanswered(goals: Iterable[Goal]) -> list[tuple[Criterion, list[Warning]]]:
    """Each criterion with the warnings that nobody answered and that do not hold up the offer.

    No queries with prefetched criteria.
    """
    found = [
        (one, [left for left in unanswered_of(one) if left.id != UNREACHABLE])
        for goal in goals
        for one in goal.criteria.all()
    ]
    return [(criterion, there) for criterion, there in found if there]


def answers_missing(criterion: Criterion) -> int | None:
    """How many must answer to show this share, as long as nobody knows how many will: no queries."""
    known = circumstances(as_stored(criterion.foresight))
    return None if known.answers else answers_needed(criterion)


def foresight_to_freeze(criterion: Criterion) -> Mapping[str, Any] | None:
    """What a version keeps of it; None when there is nothing to know and nothing was said."""
    said, known = as_stored(criterion.foresight), known_of(criterion)
    found = {one.id for one in foresee(terms_of(criterion), known)}
    typed = circumstances(said)
    frozen = known if UNREACHABLE in found else typed
    frozen = replace(frozen, needed_by=known.needed_by if "after_goal" in found else None)
    kept = as_stored(stored(frozen, said["accepted"]))
    return kept if kept["known"] or kept["accepted"] or found else None


def answers_needed(criterion: Criterion) -> int | None:
    """How many people must answer before this share can be shown at all; None for everything else."""
    if criterion.form != Criterion.Form.SHARE_AT_LEAST or criterion.target == 1:
        return None
    return fewest_answers(float(criterion.target))
