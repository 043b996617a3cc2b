"""What the pages share on which a moment is chosen, whatever it is for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from driehoek.access import Role
from driehoek.booking.queries import SLUG, Booking, shown
from driehoek.engagements.models import Engagement, Meeting
from driehoek.kit.zones import city
from driehoek.sessions.models import Session

Planned = Session | Meeting | None


@dataclass(frozen=True, slots=True)
class Aim:
    """For what a moment is chosen: the pages with all moments and with one, and what kind of content."""

    all_view: str
    one_view: str
    number: int | None = None
    seen: str = "session_dates"

    def all_url(self, engagement: Engagement) -> str:
        place = [engagement.pk, self.number] if self.number else [engagement.pk]
        return reverse(self.all_view, args=place)


def around(
    request: HttpRequest, engagement: Engagement, booking: Booking, planned: Planned, aim: Aim
) -> dict[str, Any]:
    """What both pages say of people and clocks, and where they lead."""
    coachee = engagement.party(Role.COACHEE)
    return _clocks(booking, planned) | {
        "engagement": engagement,
        "booking": booking,
        "aim": aim,
        "all_url": aim.all_url(engagement),
        "ask_url": reverse("messages:pair" if coachee else "messages:everyone", args=[engagement.pk]),
        "coachee": Role.COACHEE in engagement.roles_of(request.user),
    }


def _clocks(booking: Booking, planned: Planned) -> dict[str, Any]:
    differs = booking.own_zone.key != booking.zone.key
    return {
        "here": city(booking.own_zone) if differs else "",
        "there": city(booking.zone),
        "now": shown(planned.starts_at, booking) if planned else None,
    }


def moment_in(at: str) -> datetime:
    """The moment in an address; what is none leads nowhere."""
    try:
        return datetime.strptime(at, SLUG).replace(tzinfo=UTC)
    except ValueError as nothing:
        raise Http404 from nothing


def week_asked(request: HttpRequest) -> date | None:
    """The week that is looked at, when the address names one."""
    try:
        return date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return None
