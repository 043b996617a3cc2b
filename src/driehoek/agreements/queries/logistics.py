"""What was agreed about moving, cancelling and ending."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from driehoek.agreements.queries.frozen import Terms


def notice_days(agreed: Terms) -> int:
    """How many days of notice were agreed; none when the agreement says nothing about it: no queries."""
    return int(agreed["logistics"].get("notice_days") or 0)


@dataclass(frozen=True, slots=True)
class CancelRule:
    """Until how many hours before a session it is cancelled freely, and what happens after that."""

    hours: int
    late_counts: bool

    def is_late(self, starts_at: datetime, at: datetime) -> bool:
        """Whether cancelling at this moment is later than agreed."""
        return at > starts_at - timedelta(hours=self.hours)


def cancel_rule(agreed: Terms) -> CancelRule | None:
    """What was agreed about cancelling a session; None for versions without such a rule: no queries."""
    said = agreed.get("logistics") or {}
    if said.get("cancel_hours") is None:
        return None
    return CancelRule(said["cancel_hours"], bool(said.get("late_cancel_counts")))
