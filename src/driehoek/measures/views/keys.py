"""Keys for programs, and the door at which programs hand in a series."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.measures import actions, queries
from driehoek.measures.forms import KeyForm
from driehoek.measures.forms.sent import Sent, Unreadable, read_sent
from driehoek.measures.models import SeriesKey
from driehoek.measures.views.criterion import found
from driehoek.measures.wording import bare, series_facts
from driehoek.people.adapter import may_send


@enters(Permission.ENTER_MEASUREMENTS)
@form_page
def keys(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    state = found(engagement, criterion_id)
    form = KeyForm(request.POST or None)
    context = {"engagement": engagement, "state": state, "facts": series_facts(state.criterion)}
    context["address"] = f"{settings.BASE_URL}{reverse('series:receive')}"
    if form.is_valid():
        try:
            name = form.cleaned_data["name"]
            context["secret"] = actions.make_key(engagement, criterion_id, by=request.user, name=name)
            form = KeyForm()
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
    context |= {"form": form, "keys": queries.keys_of(engagement, criterion_id)}
    return render(request, "measures/keys.html", context)


@enters(Permission.ENTER_MEASUREMENTS)
@require_POST
def withdraw_key(
    request: HttpRequest, engagement: Engagement, criterion_id: UUID, key_id: UUID
) -> HttpResponse:
    found(engagement, criterion_id)
    actions.withdraw_key(engagement, key_id, by=request.user)
    return redirect("measures:keys", engagement.pk, criterion_id)


@csrf_exempt
@login_not_required
@never_cache
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """Without an account and without a cookie: who sends the key may hand in values of its series."""
    secret = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not may_send(request, secret):
        return _no(429, _("Too many requests. Wait a minute."))
    key = queries.key_of(secret)
    if key is None:
        return _no(401, _("There is no such key, or it was withdrawn."))
    try:
        return _received(request, key)
    except Unreadable as unreadable:
        return _no(unreadable.status, unreadable.message)


def _received(request: HttpRequest, key: SeriesKey) -> HttpResponse:
    engagement = queries.opened_by(key)
    state = engagement and queries.verdict_on(engagement, key.criterion_id)
    if engagement is None or state is None:
        return _no(403, _("Whoever made this key may not enter values here, or not now."))
    sent = read_sent(_body(request), state)
    if sent.problems:
        return _named(sent)
    try:
        taken = actions.receive_series(engagement, key, values=sent.values, **sent.said)
    except Refused as refusal:
        return _no(422, refusal.message)
    return JsonResponse({"taken_over": taken, "already_there": len(sent.values) - taken})


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        raise Unreadable(413, _("At most one megabyte fits in one request.")) from None


def _named(sent: Sent) -> HttpResponse:
    named: list[dict[str, Any]] = [
        {"index": one.line, "id": one.id, "problem": bare(one.id)} for one in sent.problems
    ]
    return JsonResponse({"taken_over": 0, "problems": named}, status=422)


def _no(status: int, sentence: str) -> HttpResponse:
    problem = {"index": None, "id": None, "problem": sentence}
    answer = JsonResponse({"taken_over": 0, "problems": [problem]}, status=status)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    if status == 429:
        answer["Retry-After"] = "60"
    return answer
