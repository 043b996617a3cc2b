"""The six questions: each alone first, then side by side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.intake.actions import hand_in, keep_answers, reopen
from driehoek.intake.forms import ScreenForm
from driehoek.intake.queries import Voice, all_handed_in, compared, screens_for, voice_of, voices
from driehoek.intake.queries.questions import Screen
from driehoek.intake.wording import reading_language
from driehoek.kit.errors import Conflict, Refused


@enters(Permission.ANSWER_INTAKE)
@require_http_methods(["GET", "POST"])
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
@require_http_methods(["GET", "POST"])
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


@enters(Permission.COMPARE_INTAKE)
@require_http_methods(["GET"])
def compare(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = voices(engagement)
    if not all_handed_in(found):
        return redirect("intake:waiting", engagement.pk)
    rows = compared(found, reading_language())
    return render(
        request, "intake/compare.html", {"engagement": engagement, "voices": found, "compared": rows}
    )


@enters(Permission.SEE_ENGAGEMENT)
@require_http_methods(["GET"])
def waiting(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = voices(engagement)
    if all_handed_in(found) and engagement.lets(request.user, Permission.COMPARE_INTAKE):
        return redirect("intake:compare", engagement.pk)
    mine = voice_of(found, request.user)
    answers = mine and engagement.lets(request.user, Permission.ANSWER_INTAKE)
    context = {"engagement": engagement, "voices": found, "answers": answers}
    return render(request, "intake/waiting.html", context)


def _overview(request: HttpRequest, engagement: Engagement) -> dict[str, Any]:
    found = voices(engagement)
    mine = _mine(request, found)
    screens = screens_for(mine, reading_language())
    return {
        "engagement": engagement,
        "voices": found,
        "mine": mine,
        "screens": screens,
        "answered": sum(screen.is_answered for screen in screens),
        "following": next((screen for screen in screens if not screen.is_answered), None),
        "ready": all_handed_in(found),
    }


def _mine(request: HttpRequest, found: list[Voice]) -> Voice:
    mine = voice_of(found, request.user)  # type: ignore[arg-type]
    if mine is None:
        raise Http404
    return mine


def _screen(request: HttpRequest, engagement: Engagement, number: int) -> Screen:
    screens = screens_for(_mine(request, voices(engagement)), reading_language())
    if not 1 <= number <= len(screens):
        raise Http404
    return screens[number - 1]


def _onwards(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    if number == 6 or "stop" in request.POST:
        messages.success(request, _("Kept. Only you can read it until everyone has handed in."))
        return redirect("intake:questions", engagement.pk)
    return redirect("intake:question", engagement.pk, number + 1)
