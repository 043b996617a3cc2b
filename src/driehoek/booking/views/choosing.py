"""For sessions the moments, one to confirm, and the own clock."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.booking import actions
from driehoek.booking.forms import ClockForm
from driehoek.booking.queries import (
    Booking,
    booking_of,
    free_for,
    shown,
    too_late_to_move,
    week_of,
    week_with,
)
from driehoek.booking.views.moments import Aim, around, moment_in, week_asked
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.kit.zones import zone_name
from driehoek.people.actions import choose_clock
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.sessions.queries import Cancelling, rhythm, tally_of


@enters(Permission.BOOK_SESSION)
@require_safe
def choose(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _choose(request, engagement, None)


@enters(Permission.BOOK_SESSION)
@require_safe
def choose_other(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    """Another moment for a session that is planned."""
    return _choose(request, engagement, _planned(engagement, number))


@enters(Permission.BOOK_SESSION)
@form_page
def confirm(request: HttpRequest, engagement: Engagement, at: str) -> HttpResponse:
    return _confirm(request, engagement, at, None)


@enters(Permission.BOOK_SESSION)
@form_page
def confirm_move(request: HttpRequest, engagement: Engagement, number: int, at: str) -> HttpResponse:
    return _confirm(request, engagement, at, _planned(engagement, number))


@enters(Permission.BOOK_SESSION)
@form_page
def own_clock(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    booking = booking_of(engagement, request.user)
    form = ClockForm(request.POST or None, initial={"time_zone": zone_name(booking.own_zone.key)})
    if form.is_valid():
        choose_clock(request.user, **form.cleaned_data)
        return redirect("book:choose", engagement.pk)
    return render(request, "booking/clock.html", {"engagement": engagement, "form": form})


def _planned(engagement: Engagement, number: int) -> Session:
    return get_object_or_404(engagement.sessions, number=number, held_at=None, cancelled_at=None)


def _choose(request: HttpRequest, engagement: Engagement, session: Session | None) -> HttpResponse:
    booking, agreed = booking_of(engagement, request.user), rhythm(engagement)
    tally = tally_of(agreed.count, list(engagement.sessions.all()))
    context = _around(request, engagement, booking, session) | {"tally": tally}
    context["late"] = late = bool(session and context["coachee"] and too_late_to_move(session, agreed.cancel))
    if booking.availability and (session or tally.left != 0) and not late:
        minutes = session.minutes if session else agreed.minutes
        free = free_for(engagement, booking.availability, minutes=minutes, but=session)
        context["week"] = week_of(free, booking, week_asked(request) or week_with(session, booking))
    return render(request, "booking/choose.html", context)


def _confirm(request: HttpRequest, engagement: Engagement, at: str, session: Session | None) -> HttpResponse:
    starts_at, refused = moment_in(at), None
    if request.method == "POST":
        try:
            _book(engagement, starts_at, session, by=request.user)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("It stands. You both get a letter with an invitation."))
            return redirect("sessions:index", engagement.pk)
    return render(
        request, "booking/confirm.html", _proposed(request, engagement, starts_at, session, refused)
    )


def _proposed(
    request: HttpRequest,
    engagement: Engagement,
    starts_at: datetime,
    session: Session | None,
    refused: Refused | None,
) -> dict[str, Any]:
    """One moment and what confirming it means; or why it is not possible, and what is near it."""
    booking, agreed = booking_of(engagement, request.user), rhythm(engagement)
    means = Cancelling(agreed.cancel, starts_at)
    return _around(request, engagement, booking, session) | {
        "moment": shown(starts_at, booking),
        "minutes": session.minutes if session else agreed.minutes,
        "means": means,
        "free_until": shown(means.free_until, booking) if means.free_until else None,
        "refusal": refused,
        "others": [shown(one, booking) for one in getattr(refused, "others", ())],
    }


def _book(engagement: Engagement, starts_at: datetime, session: Session | None, *, by: Person) -> None:
    if session is None:
        actions.book(engagement, starts_at=starts_at, by=by)
    else:
        session.engagement = engagement
        actions.book_elsewhere(session, starts_at=starts_at, by=by)


def _around(
    request: HttpRequest, engagement: Engagement, booking: Booking, session: Session | None
) -> dict[str, Any]:
    aim = Aim("book:choose", "book:confirm")
    if session:
        aim = Aim("book:choose_other", "book:confirm_move", session.number)
    return around(request, engagement, booking, session, aim) | {"session": session}
