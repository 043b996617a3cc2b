"""The two circles of one engagement: each has a door of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Circle, Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.messages.actions import have_read, write_message
from driehoek.messages.forms import MessageForm
from driehoek.messages.queries import messages_in, threads_of


@enters(Permission.READ_MESSAGES)
@require_safe
def pair(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _page(request, engagement, Circle.PAIR, MessageForm())


@enters(Permission.READ_OPEN_MESSAGES)
@require_safe
def everyone(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _page(request, engagement, Circle.EVERYONE, MessageForm())


@enters(Permission.WRITE_MESSAGES)
@form_page
def write_pair(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _write(request, engagement, Circle.PAIR)


@enters(Permission.WRITE_OPEN_MESSAGES)
@form_page
def write_everyone(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _write(request, engagement, Circle.EVERYONE)


def _write(request: HttpRequest, engagement: Engagement, circle: Circle) -> HttpResponse:
    form = MessageForm(request.POST or None)
    if request.method == "GET" or (form.is_valid() and _written(form, engagement, circle, by=request.user)):
        return redirect(f"messages:{circle.value}", engagement.pk)
    return _page(request, engagement, circle, form)


def _written(form: MessageForm, engagement: Engagement, circle: Circle, *, by: Any) -> bool:
    try:
        write_message(engagement, circle, by=by, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    return not form.errors


def _page(request: HttpRequest, engagement: Engagement, circle: Circle, form: MessageForm) -> HttpResponse:
    found = threads_of(engagement, request.user, shown=circle)
    if not (here := next((one for one in found if one.current), None)):
        return render(request, "messages/nobody.html", {"engagement": engagement})
    before = request.GET.get("before", "")
    written = messages_in(engagement, circle, before=int(before[:9]) if before.isdecimal() else None)
    if written and not before and request.method == "GET":
        have_read(engagement, circle, by=request.user, number=written[-1].number)
    context = {"engagement": engagement, "threads": found, "thread": here, "form": form}
    return render(request, "messages/thread.html", context | {"written": written})
