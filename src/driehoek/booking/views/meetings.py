"""The pages of a meeting about an agreement: when it is, its moments, one to confirm, cancelling."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from driehoek.access import Permission, Role
from driehoek.booking import actions
from driehoek.booking.forms import NamedMomentForm
from driehoek.booking.queries import SLUG, booking_of, free_for, shown, week_of, week_with, why_not_now
from driehoek.booking.views.moments import Aim, around, moment_in, week_asked
from driehoek.engagements.actions import cancel_meeting
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement, Meeting
from driehoek.engagements.queries import LASTS, WHO_MEETS, may_plan, may_see, meeting_of, taking_part_in
from driehoek.engagements.wording import meeting_name
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.kit.templatetags.look import listed

Kind = Meeting.Kind
AIMS: Final[Mapping[str, Aim]] = {
    Kind.ACQUAINTANCE: Aim("book:choose_acquaintance", "book:confirm_acquaintance", seen="acquaintance"),
    Kind.THREE_WAY: Aim("book:choose_three_way", "book:confirm_three_way", seen="agreement"),
}


@enters(Permission.SEE_MEETING)
@require_safe
def meeting(request: HttpRequest, engagement: Engagement, meeting_id: UUID) -> HttpResponse:
    """One meeting, as a letter or a calendar names it: also a cancelled one."""
    found = get_object_or_404(engagement.meetings, pk=meeting_id)
    if not may_see(engagement, request.user, found.kind):
        raise Http404
    return _meeting(request, engagement, found.kind, found)


@enters(Permission.SEE_MEETING)
@require_safe
def three_way(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _meeting(request, engagement, Kind.THREE_WAY, meeting_of(engagement, Kind.THREE_WAY))


@enters(Permission.WRITE_ACQUAINTANCE)
@form_page
def choose_acquaintance(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _choose(request, engagement, Kind.ACQUAINTANCE)


@enters(Permission.PLAN_MEETING)
@form_page
def choose_three_way(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _choose(request, engagement, Kind.THREE_WAY)


@enters(Permission.WRITE_ACQUAINTANCE)
@form_page
def confirm_acquaintance(request: HttpRequest, engagement: Engagement, at: str) -> HttpResponse:
    return _confirm(request, engagement, Kind.ACQUAINTANCE, moment_in(at))


@enters(Permission.PLAN_MEETING)
@form_page
def confirm_three_way(request: HttpRequest, engagement: Engagement, at: str) -> HttpResponse:
    return _confirm(request, engagement, Kind.THREE_WAY, moment_in(at))


@enters(Permission.WRITE_ACQUAINTANCE)
@form_page
def cancel_acquaintance(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _cancel(request, engagement, Kind.ACQUAINTANCE)


@enters(Permission.PLAN_MEETING)
@form_page
def cancel_three_way(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _cancel(request, engagement, Kind.THREE_WAY)


def _meeting(request: HttpRequest, engagement: Engagement, kind: str, found: Meeting | None) -> HttpResponse:
    context = _around(request, engagement, kind, found)
    return render(request, "booking/meeting.html", context)


def _choose(request: HttpRequest, engagement: Engagement, kind: str) -> HttpResponse:
    planned = _planned(request, engagement, kind)
    names = bool(engagement.roles_of(request.user) & {Role.COACH, Role.CONSULTANT})
    form = NamedMomentForm(request.POST or None) if names else None
    if form and form.is_valid() and _named(request, engagement, kind, form):
        return _stands(request, engagement, kind)
    context = _around(request, engagement, kind, planned) | {"form": form}
    booking = context["booking"]
    if booking.availability and not context["why_not"]:
        free = free_for(
            engagement, booking.availability, minutes=LASTS[kind], but=planned, roles=WHO_MEETS[kind]
        )
        context["week"] = week_of(free, booking, week_asked(request) or week_with(planned, booking))
    return render(request, "booking/choose_meeting.html", context)


def _named(request: HttpRequest, engagement: Engagement, kind: str, form: NamedMomentForm) -> bool:
    try:
        stood = _stood(request)
        actions.name_moment(engagement, kind, **form.cleaned_data, by=request.user, instead_of=stood)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    return form.is_valid()


def _confirm(request: HttpRequest, engagement: Engagement, kind: str, starts_at: datetime) -> HttpResponse:
    planned, refused = _planned(request, engagement, kind), None
    if request.method == "POST":
        try:
            stood = _stood(request)
            actions.plan_meeting(engagement, kind, starts_at=starts_at, by=request.user, instead_of=stood)
        except Refused as refusal:
            refused = refusal
        else:
            return _stands(request, engagement, kind)
    context = _around(request, engagement, kind, planned)
    others = [shown(one, context["booking"]) for one in getattr(refused, "others", ())]
    context |= {"moment": shown(starts_at, context["booking"]), "refusal": refused, "others": others}
    return render(request, "booking/confirm_meeting.html", context)


def _cancel(request: HttpRequest, engagement: Engagement, kind: str) -> HttpResponse:
    planned, refused = _planned(request, engagement, kind), None
    if request.method == "POST":
        try:
            cancel_meeting(engagement, kind, by=request.user)
        except Refused as refusal:
            refused = refusal
        else:
            messages.success(request, _("The meeting is cancelled. Everybody who was invited gets a letter."))
            return redirect(AIMS[kind].all_view, engagement.pk)
    context = _around(request, engagement, kind, planned) | {"refusal": refused}
    return render(request, "booking/cancel_meeting.html", context)


def _planned(request: HttpRequest, engagement: Engagement, kind: str) -> Meeting | None:
    """What is still to come of this kind; nothing of it is for a sponsor where somebody is coached."""
    if not may_plan(engagement, request.user, kind):
        raise Http404
    found = meeting_of(engagement, kind)
    return found if found and not found.has_begun else None


def _stands(request: HttpRequest, engagement: Engagement, kind: str) -> HttpResponse:
    messages.success(request, _("It stands. Everybody who takes part gets a letter with an invitation."))
    found = get_object_or_404(engagement.meetings, kind=kind, cancelled_at=None, followed_at=None)
    return redirect("book:meeting", engagement.pk, found.pk)


def _stood(request: HttpRequest) -> datetime | None:
    """The moment at which it stood when the page was opened, that nobody moves what another just planned."""
    stood = request.POST.get("stood", "")
    return moment_in(stood) if stood else None


def _around(
    request: HttpRequest, engagement: Engagement, kind: str, planned: Meeting | None
) -> dict[str, Any]:
    booking = booking_of(engagement, request.user)
    return around(request, engagement, booking, planned, AIMS[kind]) | {
        "kind": kind,
        "cancel_url": reverse(f"book:cancel_{kind}", args=[engagement.pk]),
        "stood": planned.starts_at.strftime(SLUG) if planned else "",
        "name": meeting_name(engagement, kind),
        "meeting": planned,
        "minutes": planned.minutes if planned else LASTS[kind],
        "people": listed([party.name for party in taking_part_in(engagement, kind)]),
        "may_plan": may_plan(engagement, request.user, kind),
        "why_not": why_not_now(engagement, kind),
        "says_who": _("Whoever plans it chooses a moment, and you get a letter."),
    }
