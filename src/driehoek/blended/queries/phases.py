"""Which phases there are, when each of them is, and which of them still has to begin."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from driehoek.access import Permission, Shape
from driehoek.blended.models import Blend, Phase
from driehoek.engagements.models import HERE, Engagement
from driehoek.evidence.deadlines import deadline
from driehoek.kit.prepared import Prepared
from driehoek.people.models import Person
from driehoek.people.queries import hosts_at

Kind = Phase.Kind
USUAL_MONTHS: Final[dict[str, int]] = {Kind.CONSULTING: 3, Kind.TRANSITION: 1, Kind.COACHING: 8}
"""Months 0 to 3, 3 to 4 and 4 to 12: where a plan begins until somebody changes it."""


@dataclass(frozen=True, slots=True)
class Period:
    """When a phase is meant to be; the last day counts."""

    kind: Kind
    starts_on: date
    ends_on: date


_BLEND: Final = Prepared(lambda: Blend.objects.filter(phases__engagement=HERE))


def blend_of(engagement: Engagement) -> Blend | None:
    """The blended trajectory in which this engagement is a phase: 1 query."""
    return next(iter(_BLEND.ask(engagement=engagement)), None)


def plans_here(engagement: Engagement, person: Person) -> bool:
    """Whether `person` plans the phases around this engagement: by its rules, and as a host there. 1 query.

    A guest who works in one phase neither moves the others nor begins them.
    """
    return engagement.lets(person, Permission.PLAN_PHASES) and hosts_at(person, engagement.organisation)


def phase_in(blend: Blend, kind: Kind) -> Phase | None:
    """The phase of this kind, once it has begun: 1 query."""
    return blend.phases.select_related("engagement").filter(kind=kind).first()


def own_kind(engagement: Engagement) -> Kind:
    """Which phase an engagement becomes when phases are planned around it."""
    return Kind.CONSULTING if engagement.shape_ is Shape.CONSULTANCY else Kind.COACHING


def periods(blend: Blend) -> list[Period]:
    """The three phases one after another, by whole months from the first day: no queries."""
    found, months = list[Period](), 0
    for kind in Kind:
        first = deadline(blend.starts_on, months=months)
        months += getattr(blend, f"{kind}_months")
        found.append(Period(kind, first, deadline(blend.starts_on, months=months) - timedelta(days=1)))
    return found
