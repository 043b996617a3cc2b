"""The conversation itself, and reading it back."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.pages import form_page
from driehoek.people.models import Person
from driehoek.sessions.actions import write_notes, write_private_note
from driehoek.sessions.forms import DeskForm, with_question
from driehoek.sessions.models import Session
from driehoek.sessions.queries import Desk, desk_of, notes_of, private_note, record_of, sessions_of, way_of
from driehoek.sessions.views.arriving import remember_arrived

VIEWS = ("together", "mine", "questions")


@enters(Permission.READ_SESSION)
@require_safe
def talk(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    session = get_object_or_404(engagement.sessions, number=number)
    if session.is_cancelled or not engagement.lets(request.user, Permission.WRITE_SESSION_NOTES):
        return redirect("sessions:show", engagement.pk, number)
    desk = desk_of(session, request.user, phase=request.GET.get("phase", ""))
    return _desk(
        request,
        desk,
        DeskForm(written=desk.written, first=session.is_first),
        view=request.GET.get("view", ""),
    )


@enters(Permission.WRITE_SESSION_NOTES)
@form_page
def note(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    if request.method == "GET":
        return redirect("sessions:talk", engagement.pk, number)
    session = get_object_or_404(engagement.sessions, number=number)
    desk = desk_of(session, request.user, phase=request.POST.get("phase", ""))
    typed = with_question(request.POST, desk.parts[-1])
    form = DeskForm(typed, written=desk.written, first=session.is_first)
    if form.is_valid() and _kept(form, desk, by=request.user):
        remember_arrived(request, form)
        return redirect(_next(request, desk))
    return _desk(request, desk, form, view=request.POST.get("view", ""))


@enters(Permission.READ_SESSION)
@require_safe
def show(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    session = get_object_or_404(sessions_of(engagement), number=number)
    context = {
        "engagement": engagement,
        "session": session,
        "record": record_of(notes_of(session), first=session.is_first),
        "has_reflection": session.has_reflection,
        "way": way_of(session) if session.is_held else None,
    }
    if engagement.lets(request.user, Permission.READ_PRIVATE_NOTES):
        context["private"] = private_note(session, request.user)
    return render(request, "sessions/show.html", context)


@enters(Permission.WRITE_PRIVATE_NOTES)
@form_page
def own_notes(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    """Away from the conversation, and so also while it is paused: this asks nothing of anybody."""
    session = get_object_or_404(engagement.sessions, number=number)
    found = private_note(session, request.user)
    form = DeskForm(request.POST or None, written={"private": found.text if found else ""})
    if form.is_valid() and _own_kept(form, session, by=request.user):
        remember_arrived(request, form)
        return redirect("sessions:show", engagement.pk, number)
    context = {"engagement": engagement, "session": session, "form": form, "row": form.private_row()}
    return render(request, "sessions/own_notes.html", context)


def _own_kept(form: DeskForm, session: Session, *, by: Person) -> bool:
    try:
        write_private_note(session, text=form.texts()["private"], opened=form.opened()["private"], by=by)
    except Conflict as conflict:
        form.show([conflict])
    except Refused as refusal:
        form.add_error(None, refusal.message)
    return not form.errors


def _kept(form: DeskForm, desk: Desk, *, by: Person) -> bool:
    texts, opened = form.texts(), form.opened()
    own, own_mark = texts.pop("private", None), opened.pop("private", None)
    conflicts = []
    try:
        conflicts += write_notes(desk.session, texts=texts, opened=opened, by=by)
        if own is not None:
            write_private_note(desk.session, text=own, opened=own_mark, by=by)
    except Conflict as conflict:
        conflicts.append(conflict)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return False
    form.show(conflicts)
    return not conflicts


def _next(request: HttpRequest, desk: Desk) -> str:
    """Where the pressed button leads: another phase, the closing, the plan, or this phase again."""
    session, go = desk.session, request.POST.get("go", "")
    place = [session.engagement_id, session.number]
    if go == "close":
        return reverse("sessions:close", args=place)
    if go == "plan":
        return reverse("plans:add", args=place[:1])
    view = "together" if "ask" in request.POST else request.POST.get("view", "")
    seen = {"phase": go or desk.phase} | ({"view": view} if view in VIEWS[1:] else {})
    return f"{reverse('sessions:talk', args=place)}?{urlencode(seen)}"


def _desk(request: HttpRequest, desk: Desk, form: DeskForm, *, view: str) -> HttpResponse:
    session: Session = desk.session
    if list(form.errors) == ["private"]:  # on a phone its pane would be out of sight
        view = "mine"
    context = {
        "engagement": session.engagement,
        "session": session,
        "desk": desk,
        "form": form,
        "view": view if view in VIEWS else "together",
        "saved_at": None if form.errors else desk.saved_at,
    }
    return render(request, "sessions/talk.html", context)
