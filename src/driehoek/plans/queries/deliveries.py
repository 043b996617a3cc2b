"""What became of everything that was promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from driehoek.agreements.models import Version
from driehoek.agreements.queries import (
    AgreedDeliverable,
    deliverables_in,
    rework_in,
    terms,
    version_in_force,
)
from driehoek.engagements.models import HERE, Engagement
from driehoek.kit import clock
from driehoek.kit.prepared import Prepared
from driehoek.plans.models import DeliveryStep

What = DeliveryStep.What


class State(StrEnum):
    """How something that was promised stands."""

    PROMISED = "promised"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    AGAIN = "again"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something promised, everything that happened to it, and how often it may still be done again."""

    agreed: AgreedDeliverable
    steps: tuple[DeliveryStep, ...]
    rounds_left: int

    @property
    def last(self) -> DeliveryStep | None:
        return self.steps[-1] if self.steps else None

    @property
    def state(self) -> State:
        """Rejected for good once there is no agreed round left."""
        if self.last is None:
            return State.PROMISED
        if self.last.what == What.REJECTED:
            return State.AGAIN if self.last.again_by else State.REJECTED
        return State(self.last.what)

    @property
    def is_to_be_handed_over(self) -> bool:
        return self.state in (State.PROMISED, State.AGAIN)

    @property
    def due_on(self) -> date | None:
        """The agreed day, or the one by which it is done again."""
        return self.last.again_by if self.last and self.state is State.AGAIN else self.agreed.due_on

    def days_over(self) -> int:
        """How many days ago it should have been handed over; zero once it was."""
        if not self.is_to_be_handed_over or self.due_on is None:
            return 0
        return max(0, (clock.today() - self.due_on).days)


_STEPS: Final = Prepared(
    lambda: DeliveryStep.objects.filter(engagement=HERE).select_related("by").order_by("number")
)


def deliveries(engagement: Engagement, version: Version | None = None) -> list[Delivery]:
    """Everything the agreement in force promises, by week: 2 queries, 1 with the `version` in force."""
    held = version or version_in_force(engagement)
    promised = deliverables_in(terms(held)) if held else []
    if held is None or not promised:
        return []
    steps: dict[UUID, list[DeliveryStep]] = {}
    for step in _STEPS.ask(engagement=engagement):
        steps.setdefault(step.deliverable, []).append(step)
    return [_delivery(one, steps.get(one.deliverable_id, []), held) for one in promised]


def delivery_of(engagement: Engagement, deliverable_id: UUID) -> Delivery | None:
    """One of them; None when the agreement in force does not promise it: 2 queries."""
    found = (one for one in deliveries(engagement) if one.agreed.deliverable_id == deliverable_id)
    return next(found, None)


def accepted_on(engagement: Engagement) -> dict[UUID, date]:
    """The day on which each thing was accepted, as far as it was, on the clock of the engagement: 1 query."""
    zone = ZoneInfo(engagement.time_zone)
    steps = _STEPS.ask(engagement=engagement)
    return {step.deliverable: localdate(step.at, zone) for step in steps if step.what == What.ACCEPTED}


def _delivery(agreed: AgreedDeliverable, steps: Sequence[DeliveryStep], version: Version) -> Delivery:
    rejected = sum(step.what == What.REJECTED for step in steps)
    rounds = rework_in(terms(version)).rounds
    return Delivery(agreed, tuple(steps), rounds_left=max(0, rounds - rejected))
