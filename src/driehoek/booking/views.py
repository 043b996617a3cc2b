"""The page of one's own hours; and for an engagement the moments, one to confirm, and the own clock."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Role
from driehoek.booking import actions
from driehoek.booking.forms import ClockForm, HoursForm, OtherDaysForm
from driehoek.booking.models import Bookable
from driehoek.booking.queries import (
    SLUG,
    Booking,
    as_availability,
    bookable_of,
    booking_of,
    drawn_week,
    free_for,
    shown,
    too_late_to_move,
    week_of,
    week_with,
)
from driehoek.booking.queries import other_days as days_among
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.kit.zones import city
from driehoek.people.actions import choose_clock
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.sessions.queries import Cancelling, rhythm, tally_of


@form_page
def hours(request: HttpRequest) -> HttpResponse:
    row = bookable_of(request.user) or Bookable()
    form = HoursForm(request.POST or None, row=row, week=_week(row))
    if form.is_valid():
        actions.keep_hours(request.user, **form.said())
        messages.success(request, _("Kept. From now on you can be booked like this."))
        return redirect("booking:hours")
    return _hours(request, row, form, OtherDaysForm())


@require_POST
def other_days(request: HttpRequest) -> HttpResponse:
    row = bookable_of(request.user) or Bookable()
    form = OtherDaysForm(request.POST)
    if form.is_valid():
        try:
            actions.add_other_days(request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("booking:hours")
    return _hours(request, row, HoursForm(row=row, week=_week(row)), form)


@require_POST
def remove_other_days(request: HttpRequest, part_id: UUID) -> HttpResponse:
    actions.remove_other_days(request.user, part_id)
    return redirect("booking:hours")


def _week(row: Bookable) -> dict[int, Any]:
    availability = None if row._state.adding else as_availability(row, list(row.parts.all()))
    return dict(availability.week) if availability else {}


def _hours(request: HttpRequest, row: Bookable, form: HoursForm, other: OtherDaysForm) -> HttpResponse:
    parts = [] if row._state.adding else list(row.parts.all())
    context = {"form": form, "other": other, "different": days_among(parts), "drawn": drawn_week(_week(row))}
    return render(request, "booking/hours.html", context)


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
    form = ClockForm(request.POST or None, initial={"time_zone": booking.own_zone.key})
    if form.is_valid():
        choose_clock(request.user, **form.cleaned_data)
        return redirect("book:choose", engagement.pk)
    return render(request, "booking/clock.html", {"engagement": engagement, "form": form})


def _planned(engagement: Engagement, number: int) -> Session:
    return get_object_or_404(engagement.sessions, number=number, held_at=None, cancelled_at=None)


def _choose(request: HttpRequest, engagement: Engagement, session: Session | None) -> HttpResponse:
    booking, agreed = booking_of(engagement, request.user), rhythm(engagement)
    tally = tally_of(agreed.count, list(engagement.sessions.all()))
    context = _words(request, engagement, booking, session) | {"tally": tally}
    context["late"] = late = bool(session and context["coachee"] and too_late_to_move(session, agreed.cancel))
    if booking.availability and (session or tally.left != 0) and not late:
        minutes = session.minutes if session else agreed.minutes
        free = free_for(engagement, booking.availability, minutes=minutes, but=session)
        context["week"] = week_of(free, booking, _week_asked(request) or week_with(session, booking))
    return render(request, "booking/choose.html", context)


def _confirm(request: HttpRequest, engagement: Engagement, at: str, session: Session | None) -> HttpResponse:
    starts_at, refused = _moment(at), None
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
    return _words(request, engagement, booking, session) | {
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


def _words(
    request: HttpRequest, engagement: Engagement, booking: Booking, session: Session | None
) -> dict[str, Any]:
    """What both pages say of people and clocks."""
    differs = booking.own_zone.key != booking.zone.key
    return {
        "engagement": engagement,
        "booking": booking,
        "coachee": Role.COACHEE in engagement.roles_of(request.user),
        "here": city(booking.own_zone) if differs else "",
        "there": city(booking.zone),
        "session": session,
        "now": shown(session.starts_at, booking) if session else None,
    }


def _moment(at: str) -> datetime:
    try:
        return datetime.strptime(at, SLUG).replace(tzinfo=UTC)
    except ValueError as nothing:
        raise Http404 from nothing


def _week_asked(request: HttpRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return None
