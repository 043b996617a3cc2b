"""What was promised: how it stands, handing it over, and accepting or rejecting it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.agreements.queries import promises
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.plans import actions
from driehoek.plans.queries import State
from driehoek.results import queries
from driehoek.results.forms import HandOverForm, JudgeForm


@enters(Permission.READ_DELIVERABLES)
@require_safe
def deliverables(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    if not promises(engagement.shape_):
        raise Http404
    context = {"engagement": engagement, "found": queries.acceptance(engagement, request.user)}
    return render(request, "results/deliverables.html", context)


@enters(Permission.HAND_OVER)
@form_page
def hand_over(request: HttpRequest, engagement: Engagement, deliverable_id: UUID) -> HttpResponse:
    found = _promised(request, engagement, deliverable_id)
    form = HandOverForm(request.POST or None)
    if form.is_valid() and _done(form, actions.hand_over, engagement, deliverable_id, by=request.user):
        return redirect("results:deliverables", engagement.pk)
    if request.method == "GET" and not found.delivery.is_to_be_handed_over:
        return redirect("results:deliverables", engagement.pk)
    context = {"engagement": engagement, "one": found, "form": form}
    return render(request, "results/hand_over.html", context)


@enters(Permission.JUDGE_DELIVERABLES)
@form_page
def judge(request: HttpRequest, engagement: Engagement, deliverable_id: UUID) -> HttpResponse:
    found = _promised(request, engagement, deliverable_id)
    state = found.delivery.state
    form = JudgeForm(request.POST or None, delivery=found.delivery)
    if form.is_valid() and _done(form, _judged, engagement, deliverable_id, by=request.user):
        return redirect("results:deliverables", engagement.pk)
    if request.method == "GET" and state not in (State.HANDED_OVER, State.REJECTED):
        return redirect("results:deliverables", engagement.pk)
    context = {"engagement": engagement, "one": found, "form": form}
    return render(request, "results/judge.html", context)


def _promised(request: HttpRequest, engagement: Engagement, deliverable_id: UUID) -> queries.Delivered:
    found = queries.delivered(engagement, request.user, deliverable_id)
    if found is None:
        raise Http404
    return found


def _judged(engagement: Engagement, deliverable_id: UUID, *, accepts: bool, **said: Any) -> None:
    deed = actions.accept if accepts else actions.reject
    deed(engagement, deliverable_id, **said)


def _done(form: forms.Form, deed: Any, *subject: Any, **more: Any) -> bool:
    """Do it with what was typed; why that was refused stands beside its field."""
    try:
        deed(*subject, **form.cleaned_data, **more)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return not form.errors
