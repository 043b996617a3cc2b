"""What is agreed about days and numbers: moving, cancelling, ending, and what cannot all be true."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from driehoek.agreements.models import Draft
from driehoek.agreements.queries.draft import logistics_of
from driehoek.agreements.queries.frozen import Terms, terms, version_in_force
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.templatetags.look import day

DAYS = ("first_session_on", "starts_on", "ends_on")


def notice_days(agreed: Terms) -> int:
    """How many days of notice were agreed; none when the agreement says nothing about it: no queries."""
    return int(agreed["logistics"].get("notice_days") or 0)


def clashes(said: Mapping[str, Any]) -> dict[str, str]:
    """Days and numbers that cannot all be true: which one is to change, and why. No queries."""
    count, after = said.get("session_count"), said.get("review_after_session")
    first, ends, weeks = said.get("first_session_on"), said.get("ends_on"), said.get("every_weeks") or 1
    found = {}
    if count and first and ends:
        last = min(first.toordinal() + 7 * weeks * (count - 1), date.max.toordinal())
        if last > ends.toordinal():
            words = _("In this rhythm the last of the sessions is on %(day)s, after this day.")
            found["ends_on"] = words % {"day": day(date.fromordinal(last))}
    if count and after and after > count:
        words = _("There are %(count)d sessions. Choose one of those.")
        found["review_after_session"] = words % {"count": count}
    return found


def passed(engagement: Engagement, draft: Draft, said: Mapping[str, Any]) -> dict[str, date]:
    """Days that are over and that nobody has agreed to yet, by name: at most 1 query, in an amendment."""
    today = clock.today(engagement.time_zone)
    asked = [name for name in DAYS if name in logistics_of(engagement.shape_)]
    over = {name: on for name in asked if (on := said.get(name)) and on < today}
    version = version_in_force(engagement) if over and draft.amending_since else None
    agreed = terms(version)["logistics"] if version else {}
    return {name: on for name, on in over.items() if on.isoformat() != agreed.get(name)}


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
