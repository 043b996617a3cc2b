"""Before and after a conversation: preparing, rounding off, looking back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.pages import form_page
from driehoek.people.models import Person
from driehoek.plans.queries import open_actions
from driehoek.sessions.actions import round_off, write_notes, write_reflection
from driehoek.sessions.forms import ClosingForm, FilledForm, ReflectionForm, WritingForm
from driehoek.sessions.models import Session
from driehoek.sessions.queries import notes_of, reflection_on, written_in
from driehoek.sessions.views.arriving import remember_arrived, remember_filled_in
from driehoek.sessions.wording import CLOSING, PREPARATION, asks, reflection_cycle


@enters(Permission.PREPARE_SESSION)
@form_page
def prepare(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    session = get_object_or_404(engagement.sessions, number=number)
    if request.method != "POST" and (session.is_cancelled or session.is_held):
        return _over(request, session)
    written = written_in(notes_of(session), PREPARATION)
    form = FilledForm(request.POST or None, written=written, labels=asks(first=session.is_first))
    if form.is_valid() and _prepared(form, session, by=request.user):
        remember_arrived(request, form)
        return redirect("sessions:index", engagement.pk)
    return _page(request, "sessions/prepare.html", session, form)


@enters(Permission.WRITE_SESSION_NOTES)
@form_page
def close(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    session = get_object_or_404(engagement.sessions, number=number)
    if request.method != "POST" and session.is_cancelled:
        return _over(request, session)
    form = _closing_form(request, session)
    if form.is_valid() and _rounded_off(request, form, session):
        remember_arrived(request, form)
        return redirect(
            "sessions:close" if "stay" in request.POST else "sessions:show", engagement.pk, number
        )
    return render(
        request, "sessions/close.html", {"engagement": engagement, "session": session, "form": form}
    )


@enters(Permission.WRITE_REFLECTION)
@form_page
def reflect(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    session = get_object_or_404(engagement.sessions, number=number)
    found = reflection_on(session)
    form = ReflectionForm(request.POST or None, written={"reflection": found.text if found else ""})
    if form.is_valid() and _looked_back(form, session):
        remember_arrived(request, form)
        return redirect("sessions:reflection", engagement.pk, number)
    return _page(request, "sessions/reflect.html", session, form, cycle=reflection_cycle())


@enters(Permission.READ_REFLECTIONS)
@require_safe
def reflection(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    session = get_object_or_404(engagement.sessions, number=number)
    context = {"engagement": engagement, "session": session, "reflection": reflection_on(session)}
    return render(request, "sessions/reflection.html", context)


def _over(request: HttpRequest, session: Session) -> HttpResponse:
    """Said before anything is typed; what was typed meanwhile comes back with the refusal."""
    context = {"engagement": session.engagement, "session": session}
    return render(request, "sessions/over.html", context)


def _page(
    request: HttpRequest, template: str, session: Session, form: WritingForm, **more: Any
) -> HttpResponse:
    context = {"engagement": session.engagement, "session": session, "form": form, **more}
    return render(request, template, context)


def _closing_form(request: HttpRequest, session: Session) -> ClosingForm:
    return ClosingForm(
        request.POST or None,
        session=session,
        written=written_in(notes_of(session), CLOSING),
        actions=open_actions(session.engagement),
        person=request.user,
    )


def _prepared(form: WritingForm, session: Session, *, by: Person) -> bool:
    try:
        form.show(write_notes(session, texts=form.texts(), opened=form.opened(), by=by))
    except Refused as refusal:
        form.add_error(None, refusal.message)
    return not form.errors


def _rounded_off(request: HttpRequest, form: ClosingForm, session: Session) -> bool:
    try:
        conflicts = round_off(session, by=request.user, **form.deed())  # type: ignore[arg-type]
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    else:
        remember_filled_in(request, form)
        form.show(conflicts)
        form.forget_new()
    return not form.errors


def _looked_back(form: ReflectionForm, session: Session) -> bool:
    try:
        write_reflection(session, text=form.texts()["reflection"], opened=form.opened()["reflection"])
    except Conflict as conflict:
        form.show([conflict])
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    return not form.errors
