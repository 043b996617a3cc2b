"""Coaches who can be booked, and the engagements in which they are."""

from datetime import UTC, datetime, time
from typing import Any

from django.urls import reverse

from driehoek.access import Role
from driehoek.booking import actions
from driehoek.booking.queries import SLUG
from driehoek.engagements.models import Engagement
from driehoek.method.availability import Hours
from driehoek.people.models import Person
from tests.makers import person_of
from tests.sessions.makers import make_coaching

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)  # a Saturday
MONDAY = datetime(2026, 11, 30, 9, tzinfo=UTC)  # ten o'clock in Amsterdam
WEEK = {day: (Hours(time(9), time(12)), Hours(time(13), time(17))) for day in range(5)}
SAID = {
    "time_zone": "Europe/Amsterdam",
    "notice_hours": 24,
    "buffer_minutes": 0,
    "days_ahead": 60,
    "step_minutes": 60,
    "holidays_off": True,
}
RULE = {"cancel_hours": 24, "late_cancel_counts": True}
EN = {"accept-language": "en"}


def bookable(coach: Person, **said: Any) -> Person:
    """Somebody who can be booked on weekdays from nine to twelve and from one to five."""
    actions.keep_hours(coach, **({"week": WEEK} | SAID | said))
    return coach


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
