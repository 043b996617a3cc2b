"""Stopping under the agreement, taking that back, and the end after it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Kind, Permission, Role
from driehoek.audit.actions import note_looks
from driehoek.engagements import actions as engagements
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import interruption, others_reading
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.results import actions
from driehoek.results.forms import PauseForm, StopForm
from driehoek.results.queries import still_possible, who_learns


@enters(Permission.STOP)
@require_safe
def stop_or_pause(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """Everybody reads whether it rests or ends; who and why only those who work in it, noted as a look."""
    found = interruption(engagement, request.user)
    readers = engagement.roles_of(request.user) - {Role.COACHEE, Role.ORG_ADMIN}
    if found.reason and readers and request.method == "GET":
        note_looks(engagement.pk, person=request.user, roles=readers, kinds=[Kind.INTERRUPTIONS])
    context = {
        "engagement": engagement,
        "found": found,
        "is_past": engagement.stops_on and clock.today(engagement.time_zone) > engagement.stops_on,
        "offers": still_possible(engagement, request.user) if engagement.stops_on else [],
    }
    return render(request, "results/stop_or_pause.html", context)


@enters(Permission.PAUSE)
@form_page
def pause(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """While it is paused, whoever paused it finds the own words here and may change them."""
    form = _pause_form(request, engagement)
    if form.is_valid():
        try:
            engagements.pause(engagement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("engagement", engagement.pk)
    context = {"engagement": engagement, "form": form, "learning": who_learns(engagement, request.user)}
    return render(request, "results/pause.html", context)


def _pause_form(request: HttpRequest, engagement: Engagement) -> PauseForm:
    found, readers = interruption(engagement, request.user), others_reading(engagement, request.user)
    kept = {"expected_on": found.expected_on, "reason": found.reason} if found.is_mine else {}
    return PauseForm(request.POST if request.method == "POST" else None, initial=kept, readers=readers)


@enters(Permission.RESUME)
@require_POST
def resume(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    try:
        engagements.resume(engagement, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("engagement", engagement.pk)


@enters(Permission.STOP)
@form_page
def stop(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    learning, readers = who_learns(engagement, request.user), others_reading(engagement, request.user)
    form = StopForm(request.POST or None, ends_on=learning.ends_on, readers=readers)
    if form.is_valid():
        try:
            actions.stop(engagement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            form.shown_again(learning.ends_on)
        else:
            return redirect("results:stop_or_pause", engagement.pk)
    context = {"engagement": engagement, "form": form, "learning": learning}
    return render(request, "results/stop.html", context)


@enters(Permission.TAKE_BACK_STOP)
@require_POST
def take_back(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    try:
        engagements.take_back_notice(engagement, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("results:stop_or_pause", engagement.pk)
    messages.success(request, _("It goes on as before. The others have been told."))
    return redirect("engagement", engagement.pk)


@enters(Permission.END_AFTER_NOTICE)
@form_page
def end(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            actions.end_after_notice(engagement)
            return redirect("engagement", engagement.pk)
        except Refused as refused:
            refusal = refused.message
    return render(request, "results/end.html", {"engagement": engagement, "refusal": refusal})
