"""Coaches who can be booked, and the engagements in which they are."""

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from driehoek.access import Role
from driehoek.booking.queries import SLUG
from driehoek.engagements.models import Engagement
from tests.availability.makers import bookable
from tests.makers import person_of
from tests.sessions.makers import make_coaching

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)  # a Saturday
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)  # ten o'clock in Amsterdam
RULE = {"cancel_hours": 24, "late_cancel_counts": True}
EN = {"accept-language": "en"}


def make_booked(
    *, logistics: dict[str, Any] | None = None, said: dict[str, Any] | None = None, **given: Any
) -> Engagement:
    engagement = make_coaching(logistics=RULE | (logistics or {}), **given)
    bookable(person_of(engagement, Role.COACH), **(said or {}))
    return engagement


def at(moment: datetime) -> str:
    return moment.strftime(SLUG)


def book_page(engagement: Engagement, name: str, *place: Any) -> str:
    return reverse(f"book:{name}", args=[engagement.pk, *place])
