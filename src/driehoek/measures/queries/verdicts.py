"""What has been measured, and what it says about what was agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Final
from uuid import UUID

from django.utils.timezone import localdate

from driehoek.access import POLICY, Permission, Shape, Stage
from driehoek.agreements.models import Version
from driehoek.agreements.queries import AgreedCriterion, agreed_criteria, looked_at_on, version_in_force
from driehoek.engagements.models import HERE, Engagement
from driehoek.evidence import criteria as evidence
from driehoek.evidence.certainty import Certainty
from driehoek.evidence.certainty_of_criterion import certainty_of
from driehoek.kit import clock
from driehoek.kit.prepared import Prepared
from driehoek.measures.models import Observation
from driehoek.people.models import Person
from driehoek.plans.queries import accepted_on


@dataclass(frozen=True)
class CriterionState:
    """A criterion as agreed, the values that count, the verdict of today, and what was struck out."""

    criterion: AgreedCriterion
    observations: tuple[Observation, ...]
    verdict: evidence.Verdict
    struck: tuple[Observation, ...] = ()

    @cached_property
    def certainty(self) -> Certainty | None:
        """How sure the answer is; None until it can be asked. Worked out once, when a page says it."""
        return certainty_of(self.criterion.terms, _as_evidence(self.observations), self.verdict)

    @property
    def struck_late(self) -> tuple[Observation, ...]:
        """What was struck out after the deadline, when the verdict was known."""
        is_over = self.criterion.terms.is_over
        return tuple(row for row in self.struck if row.struck and is_over(localdate(row.struck.at)))

    @property
    def entered_late(self) -> tuple[Observation, ...]:
        """What was measured in the agreed period and entered after it, as news to the verdict."""
        is_over, rows = self.criterion.terms.is_over, self.observations
        return tuple(
            row for row in rows if _in_time(self.criterion, row.on) and is_over(localdate(row.entered_at))
        )


_BESIDE: Final = ("struck", "takeover")
_NAMED: Final = (*_BESIDE, "entered_by", "struck__by")
_OF_ONE: Final = (*_NAMED, "takeover__key")
_VALUES: Final = Prepared(
    lambda: Observation.objects.filter(engagement=HERE).select_related(*_BESIDE).order_by("on")
)
_VALUES_NAMED: Final = Prepared(
    lambda: Observation.objects.filter(engagement=HERE).select_related(*_NAMED).order_by("on")
)


def verdicts(
    engagement: Engagement,
    version: Version | None = None,
    *,
    reader: Person | None = None,
    with_names: bool = False,
) -> list[CriterionState]:
    """Every agreed criterion with its values and its verdict: 2 queries, 1 with the `version` in force.

    One more where something is counted from a milestone. For a `reader` who has no live view, as it stood;
    `with_names` for a page that says who entered or struck out what.
    """
    held = version or version_in_force(engagement)
    until = read_until(engagement, held, reader) if held and reader else None
    values: dict[UUID, list[Observation]] = {}
    for row in (_VALUES_NAMED if with_names else _VALUES).ask(engagement=engagement):
        if until is None or row.on <= until:
            values.setdefault(row.criterion_id, []).append(row)
    then = until + timedelta(days=1) if until and until > date.min else None
    return [
        _state(criterion, values.get(criterion.criterion_id, []), engagement.stops_on, then)
        for criterion in (criteria_now(engagement, held) if held else [])
    ]


def read_until(engagement: Engagement, version: Version, reader: Person) -> date | None:
    """Up to which day somebody reads what was measured: no queries. None for who reads all of it.

    Manager and sponsor of a coachee read how it stood when the parties last looked; `date.min` before that.
    """
    live = POLICY[Permission.READ_MEASUREMENTS].roles & engagement.roles_of(reader)
    if live or engagement.shape_ is Shape.CONSULTANCY or engagement.stage_ is Stage.CLOSED:
        return None
    days = looked_at_on(version, agreed_criteria(engagement, version))
    return max((on for on in days if on < clock.today(engagement.time_zone)), default=date.min)


def verdict_on(engagement: Engagement, criterion_id: UUID) -> CriterionState | None:
    """One agreed criterion with its values and its verdict; None when it was not agreed: 3 queries."""
    criterion = agreed_criterion(engagement, criterion_id)
    if criterion is None:
        return None
    rows = engagement.observations.filter(criterion_id=criterion_id)
    found = list(rows.select_related(*_OF_ONE).order_by("on"))
    return _state(criterion, found, engagement.stops_on)


def agreed_criterion(engagement: Engagement, criterion_id: UUID) -> AgreedCriterion | None:
    """A criterion of the version in force; None when it was not agreed: 2 queries at most."""
    return next((one for one in criteria_now(engagement) if one.criterion_id == criterion_id), None)


def criteria_now(engagement: Engagement, version: Version | None = None) -> list[AgreedCriterion]:
    """What was agreed, with the days of each period that is counted from a milestone once it is accepted.

    2 queries at most, 1 less with the `version` in force.
    """
    found = agreed_criteria(engagement, version)
    waiting = any(one.terms.anchor and one.terms.anchor.milestone for one in found)
    accepted = accepted_on(engagement) if waiting else {}
    return [_begun(one, accepted) for one in found]


def _begun(criterion: AgreedCriterion, accepted: Mapping[UUID, date]) -> AgreedCriterion:
    anchor = criterion.terms.anchor
    on = accepted.get(UUID(anchor.milestone)) if anchor and anchor.milestone else None
    return replace(criterion, terms=criterion.terms.counted_from(on)) if on else criterion


def is_over(criterion: AgreedCriterion) -> bool:
    """Whether the deadline has passed, so that the verdict stands: no queries."""
    return criterion.terms.is_over(clock.today())


def comes_late(criterion: AgreedCriterion, on: date) -> bool:
    """Whether a value of this day that is entered now could change a verdict that stands: no queries."""
    return is_over(criterion) and _in_time(criterion, on)


def _in_time(criterion: AgreedCriterion, on: date) -> bool:
    terms = criterion.terms
    return bool(terms.window_starts and terms.window_starts <= on) and not terms.is_over(on)


def _state(
    criterion: AgreedCriterion, rows: list[Observation], stopped_on: date | None, then: date | None = None
) -> CriterionState:
    standing = tuple(row for row in rows if row.struck_id is None)
    verdict = evidence.judge(criterion.terms, _as_evidence(standing), then or clock.today(), stopped_on)
    return CriterionState(
        criterion, standing, verdict, tuple(row for row in rows if row.struck_id is not None)
    )


def _as_evidence(rows: Iterable[Observation]) -> list[evidence.Observation]:
    return [evidence.Observation(row.on, row.value, row.out_of, row.ticked) for row in rows]
