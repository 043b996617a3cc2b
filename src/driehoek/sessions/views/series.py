"""The list of sessions: planning them, moving one, taking them along in a calendar."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.sessions.actions import add_session, cancel_session, move_session, plan_series
from driehoek.sessions.forms import CancelForm, DaysOffForm, WhenForm
from driehoek.sessions.queries import agenda, calendar_of, days_for, rhythm


@enters(Permission.SEE_SESSION_DATES)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _index(request, engagement)


@enters(Permission.PLAN_SESSIONS)
@form_page
def plan(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    if request.method != "POST":
        return redirect("sessions:index", engagement.pk)
    form = DaysOffForm(request.POST)
    if not form.is_valid() or "show" in request.POST:
        return _index(request, engagement, form=form)
    try:
        plan_series(engagement, by=request.user, without=form.days_off())
    except Refused as refusal:
        return _index(request, engagement, form=form, refusal=refusal.message)
    return redirect("sessions:index", engagement.pk)


@enters(Permission.PLAN_SESSIONS)
@form_page
def add(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = WhenForm(request.POST or None)
    if form.is_valid():
        try:
            add_session(engagement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("sessions:index", engagement.pk)
    return render(request, "sessions/when.html", {"engagement": engagement, "form": form})


@enters(Permission.PLAN_SESSIONS)
@form_page
def move(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    session = get_object_or_404(engagement.sessions, number=number)
    here = session.starts_at.astimezone(engagement.zone)
    form = WhenForm(request.POST or None, initial={"on": here.date(), "at": here.time()})
    if form.is_valid():
        try:
            move_session(session, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("sessions:index", engagement.pk)
    return render(request, "sessions/when.html", {"engagement": engagement, "form": form, "session": session})


@enters(Permission.CANCEL_SESSION)
@form_page
def cancel(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    session = get_object_or_404(engagement.sessions, number=number)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            cancel_session(session, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("sessions:index", engagement.pk)
    return render(
        request, "sessions/cancel.html", {"engagement": engagement, "form": form, "session": session}
    )


@enters(Permission.SEE_SESSION_DATES)
@require_safe
def calendar(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    answer = HttpResponse(calendar_of(engagement), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_("sessions")}.ics"'
    return answer


def _index(
    request: HttpRequest, engagement: Engagement, *, form: DaysOffForm | None = None, refusal: str = ""
) -> HttpResponse:
    meetings, form = agenda(engagement, request.user), form or DaysOffForm()
    agreed, standing = rhythm(engagement), [one for one in meetings if not one.session.is_cancelled]
    coming = (one for one in meetings if one.is_to_come)
    context = {
        "engagement": engagement,
        "meetings": meetings,
        "agreed": agreed,
        "standing": standing,
        "held": sum(one.session.is_held for one in meetings),
        "upcoming": min(coming, key=lambda one: one.session.starts_at, default=None),
        "days": [] if meetings else days_for(engagement, agreed, form.days_off()),
        "form": form,
        "room_left": agreed.count is None or len(standing) < agreed.count,
        "refusal": refusal,
    }
    return render(request, "sessions/index.html", context)
