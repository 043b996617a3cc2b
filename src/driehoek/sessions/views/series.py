"""The list of sessions: planning them, moving one, taking them along in a calendar."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Role
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.people.models import Person
from driehoek.sessions.actions import add_session, cancel_session, let_go, move_session, plan_series
from driehoek.sessions.forms import CancelForm, DaysOffForm, WhenForm
from driehoek.sessions.models import Session
from driehoek.sessions.queries import (
    Rhythm,
    agenda,
    calendar_of,
    cancelling,
    days_for,
    own_days,
    rhythm,
    tally_of,
)
from driehoek.sessions.queries.days import SeriesDays
from driehoek.sessions.queries.series import ALL_DAYS


@enters(Permission.SEE_SESSION_DATES)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _index(request, engagement, rhythm(engagement), None)


@enters(Permission.PLAN_SESSIONS)
@form_page
def plan(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    agreed = rhythm(engagement)
    typed = request.POST if request.method == "POST" else None
    form = DaysOffForm(typed, own=own_days(engagement, agreed))
    if not form.is_valid() or "show" in request.POST:
        return _index(request, engagement, agreed, form)
    try:
        plan_series(engagement, by=request.user, without=form.days_off())
    except Refused as refusal:
        return _index(request, engagement, agreed, form, refusal.message)
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
    if form.is_valid() and _cancelled(form, session, by=request.user):
        return redirect("sessions:index", engagement.pk)
    means = cancelling(session)
    coachee = Role.COACHEE in engagement.roles_of(request.user)
    form.say(counts=coachee and means.counts)
    context = {"engagement": engagement, "form": form, "session": session, "means": means, "coachee": coachee}
    return render(request, "sessions/cancel.html", context)


def _cancelled(form: CancelForm, session: Session, *, by: Person) -> bool:
    try:
        cancel_session(session, by=by, **form.deed())
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    return not form.errors


@enters(Permission.PLAN_SESSIONS)
@require_POST
def waive(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    """The coach lets a session go that was cancelled too late."""
    let_go(get_object_or_404(engagement.sessions, number=number), by=request.user)
    messages.success(request, _("It does not count as used any more."))
    return redirect("sessions:index", engagement.pk)


@enters(Permission.SEE_SESSION_DATES)
@require_safe
def calendar(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    answer = HttpResponse(calendar_of(engagement), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_("sessions")}.ics"'
    return answer


def _index(
    request: HttpRequest, engagement: Engagement, agreed: Rhythm, form: DaysOffForm | None, refusal: str = ""
) -> HttpResponse:
    meetings = agenda(engagement, request.user)
    sessions = [one.session for one in meetings]
    if not meetings and form is None and engagement.lets(request.user, Permission.PLAN_SESSIONS):
        form = DaysOffForm(own=own_days(engagement, agreed))
    tally, coming = tally_of(agreed.count, sessions), (one for one in meetings if one.is_to_come)
    context = {
        "engagement": engagement,
        "meetings": meetings,
        "agreed": agreed,
        "tally": tally.words,
        "upcoming": min(coming, key=lambda one: one.session.starts_at, default=None),
        "days": _days(engagement, agreed, sessions, form),
        "form": form,
        "room_left": tally.left != 0,
        "refusal": refusal,
    }
    return render(request, "sessions/index.html", context)


def _days(
    engagement: Engagement, agreed: Rhythm, sessions: list[Session], form: DaysOffForm | None
) -> SeriesDays:
    without, own = (form.days_off(), form.own) if form else (ALL_DAYS, None)
    return days_for(engagement, agreed, sessions, without=without, own=own)
