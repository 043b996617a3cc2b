"""Keeping what is written while it is written: asked by a script, answered with how each text stands now."""

from collections.abc import Callable, Iterable, Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.templatetags.look import clock_time
from driehoek.people.models import Person
from driehoek.sessions.actions import write_notes, write_private_note, write_reflection
from driehoek.sessions.forms import KeepForm
from driehoek.sessions.models import Session, mark_of
from driehoek.sessions.queries import notes_of, private_note, reflection_on, written_in
from driehoek.sessions.wording import CLOSING, PHASES, PREPARATION

TOGETHER = (*(part for parts in PHASES.values() for part in parts), *CLOSING)
Keeping = Callable[[Session, KeepForm, Person], tuple[list[Conflict], Mapping[str, str]]]


@enters(Permission.WRITE_SESSION_NOTES)
@require_POST
def keep(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    """What is written together, and on the same page the own notes of the coach."""
    own = ["private"] if engagement.lets(request.user, Permission.WRITE_PRIVATE_NOTES) else []
    return _answer(request, engagement, number, [*TOGETHER, *own], _together)


@enters(Permission.PREPARE_SESSION)
@require_POST
def keep_question(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    return _answer(request, engagement, number, PREPARATION, _together)


@enters(Permission.WRITE_PRIVATE_NOTES)
@require_POST
def keep_own(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    return _answer(request, engagement, number, ["private"], _together)


@enters(Permission.WRITE_REFLECTION)
@require_POST
def keep_reflection(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    return _answer(request, engagement, number, ["reflection"], _looking_back)


def _answer(
    request: HttpRequest, engagement: Engagement, number: int, parts: Iterable[str], keeping: Keeping
) -> HttpResponse:
    session = get_object_or_404(engagement.sessions, number=number)
    form = KeepForm(request.POST, parts=parts)
    if not form.is_valid():
        says = {part: " ".join(errors) for part, errors in form.errors.items()}
        return JsonResponse({"errors": says}, status=422)
    try:
        conflicts, stands = keeping(session, form, request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        return JsonResponse({"says": refusal.message}, status=409)
    return JsonResponse(
        {
            "at": clock_time(clock.now()),
            "parts": {part: {"text": text, "mark": mark_of(text)} for part, text in stands.items()},
            "conflicts": {str(one.field): {"says": one.message, "theirs": one.theirs} for one in conflicts},
        }
    )


def _together(session: Session, form: KeepForm, by: Person) -> tuple[list[Conflict], Mapping[str, str]]:
    texts, bases, sent, conflicts = form.texts(), form.bases(), form.sent(), list[Conflict]()
    own, stands = texts.pop("private", None), dict[str, str]()
    if texts:
        conflicts += write_notes(session, texts=texts, bases=bases, sent=sent, by=by)
        stands |= written_in(notes_of(session), texts)
    if own is not None:
        try:
            write_private_note(session, text=own, base=bases["private"], sent=sent["private"], by=by)
        except Conflict as conflict:
            conflicts.append(conflict)
        found = private_note(session, by)
        stands["private"] = found.text if found else ""
    return conflicts, stands


def _looking_back(session: Session, form: KeepForm, by: Person) -> tuple[list[Conflict], Mapping[str, str]]:
    conflicts = []
    try:
        for part, text in form.texts().items():
            write_reflection(session, text=text, base=form.bases()[part], sent=form.sent()[part])
    except Conflict as conflict:
        conflicts.append(conflict)
    found = reflection_on(session)
    return conflicts, {"reflection": found.text if found else ""}
