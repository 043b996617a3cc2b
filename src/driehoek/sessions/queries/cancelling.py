"""What the agreement says about cancelling a session."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from driehoek.agreements.queries import CancelRule
from driehoek.kit import clock
from driehoek.sessions.models import Session
from driehoek.sessions.queries.series import rhythm


@dataclass(frozen=True, slots=True)
class Cancelling:
    """What cancelling a session would mean now; `rule` is None where the agreement names none."""

    rule: CancelRule | None
    starts_at: datetime

    @property
    def free_until(self) -> datetime | None:
        return self.starts_at - timedelta(hours=self.rule.hours) if self.rule else None

    @property
    def is_late(self) -> bool:
        return self.rule is not None and self.rule.is_late(self.starts_at, clock.now())

    @property
    def counts(self) -> bool:
        """Whether it would count as used, when the coachee cancels it."""
        return self.is_late and self.rule is not None and self.rule.late_counts


def cancelling(session: Session) -> Cancelling:
    """What cancelling it would mean now: 1 query."""
    return Cancelling(rhythm(session.engagement).cancel, session.starts_at)


def counts_when_cancelled(session: Session) -> bool:
    """Whether it counts as used when its coachee cancels it now: 1 query."""
    return cancelling(session).counts
