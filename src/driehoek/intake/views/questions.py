"""The six questions: each alone first, then side by side."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.intake.actions import hand_in, keep_answers, reopen, show_now
from driehoek.intake.forms import ScreenForm
from driehoek.intake.queries import Voice, all_handed_in, compared, open_to, screens_for, voice_of, voices
from driehoek.intake.queries.questions import Screen
from driehoek.intake.wording import reading_language
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.pages import form_page


@enters(Permission.ANSWER_INTAKE)
@form_page
def questions(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    refused = ""
    if request.method == "POST":
        deed = reopen if "take_back" in request.POST else hand_in
        try:
            deed(engagement, by=request.user)  # type: ignore[arg-type]
            return redirect("intake:questions", engagement.pk)
        except Refused as refusal:
            refused = refusal.message
    return render(request, "intake/questions.html", _overview(request, engagement) | {"refused": refused})


@enters(Permission.ANSWER_INTAKE)
@form_page
def question(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    screen = _screen(request, engagement, number)
    form = ScreenForm(request.POST if request.method == "POST" else None, screen=screen)
    if form.is_valid():
        try:
            keep_answers(engagement, by=request.user, texts=form.texts, opened=form.cleaned_data["opened"])
            return _onwards(request, engagement, number)
        except Conflict as conflict:
            form = form.with_theirs(_screen(request, engagement, number))
            form.add_error(conflict.field, conflict.message)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
    bars = ["on"] * (number - 1) + ["here"] + [""] * (6 - number)
    context = {"engagement": engagement, "screen": screen, "form": form, "bars": bars, "back": number - 1}
    return render(request, "intake/question.html", context)


@enters(Permission.SHOW_INTAKE)
@require_POST
def show(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """The coachee does not wait for the others any longer."""
    try:
        show_now(engagement, by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        return render(
            request, "intake/questions.html", _overview(request, engagement) | {"refused": refusal.message}
        )
    return redirect("intake:compare", engagement.pk)


@enters(Permission.COMPARE_INTAKE)
@require_safe
def compare(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    everyone = voices(engagement)
    found = open_to(everyone, engagement, request.user)  # type: ignore[arg-type]
    if not found:
        return redirect("intake:waiting", engagement.pk)
    context = {"engagement": engagement, "voices": found, "compared": compared(found, reading_language())}
    context["missing"] = _names(voice for voice in everyone if voice not in found)
    return render(request, "intake/compare.html", context)


@enters(Permission.SEE_ENGAGEMENT)
@require_safe
def waiting(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = voices(engagement)
    if open_to(found, engagement, request.user) and engagement.lets(request.user, Permission.COMPARE_INTAKE):
        return redirect("intake:compare", engagement.pk)
    mine = voice_of(found, request.user)  # type: ignore[arg-type]
    answers = mine and engagement.lets(request.user, Permission.ANSWER_INTAKE)
    context = {"engagement": engagement, "voices": found, "answers": answers}
    return render(request, "intake/waiting.html", context)


def _overview(request: HttpRequest, engagement: Engagement) -> dict[str, Any]:
    found = voices(engagement)
    mine = _mine(request, found)
    is_open = bool(open_to(found, engagement, request.user))  # type: ignore[arg-type]
    screens = screens_for(mine, reading_language(), engagement.shape_)
    return {
        "engagement": engagement,
        "voices": found,
        "mine": mine,
        "screens": screens,
        "answered": sum(screen.is_answered for screen in screens),
        "following": next((screen for screen in screens if not screen.is_answered), None),
        "ready": all_handed_in(found),
        "is_open": is_open,
        "missing": _names(voice for voice in found if not voice.handed_in),
    }


def _names(found: Iterable[Voice]) -> str:
    return ", ".join(voice.name for voice in found)


def _mine(request: HttpRequest, found: list[Voice]) -> Voice:
    mine = voice_of(found, request.user)  # type: ignore[arg-type]
    if mine is None:
        raise Http404
    return mine


def _screen(request: HttpRequest, engagement: Engagement, number: int) -> Screen:
    mine = _mine(request, voices(engagement))
    screens = screens_for(mine, reading_language(), engagement.shape_)
    if not 1 <= number <= len(screens):
        raise Http404
    return screens[number - 1]


def _onwards(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    if number == 6 or "stop" in request.POST:
        messages.success(request, _("Kept. Only you can read it before you hand in."))
        return redirect("intake:questions", engagement.pk)
    return redirect("intake:question", engagement.pk, number + 1)
