"""The pages of the change plan."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.pages import form_page
from driehoek.plans.actions import add_action, change_action
from driehoek.plans.forms import ActionForm, NewActionForm
from driehoek.plans.models import Action
from driehoek.plans.queries import done_actions, lines, open_actions

DONE_ON_A_PAGE = 50


@enters(Permission.READ_PLAN)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    done = Paginator(done_actions(engagement), DONE_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "engagement": engagement,
        "to_do": lines(engagement, open_actions(engagement)),
        "done": lines(engagement, list(done)),
        "page_obj": done,
    }
    return render(request, "plans/index.html", context)


@enters(Permission.CHANGE_PLAN)
@form_page
def add(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = NewActionForm(request.POST or None, engagement=engagement)
    if form.is_valid() and _added(form, engagement):
        return redirect("plans:index", engagement.pk)
    return render(request, "plans/line.html", {"engagement": engagement, "form": form})


@enters(Permission.CHANGE_PLAN)
@form_page
def change(request: HttpRequest, engagement: Engagement, action_id: UUID) -> HttpResponse:
    action = get_object_or_404(engagement.actions, pk=action_id)
    form = ActionForm(request.POST or None, engagement=engagement, action=action)
    if form.is_valid() and _changed(form, action):
        return redirect("plans:index", engagement.pk)
    return render(request, "plans/line.html", {"engagement": engagement, "form": form, "action": action})


def _added(form: NewActionForm, engagement: Engagement) -> bool:
    try:
        add_action(engagement, **form.cleaned_data)
    except Refused as refusal:
        _say(form, refusal)
    return not form.errors


def _changed(form: ActionForm, action: Action) -> bool:
    kept: dict[str, Any] = {"due_on": action.due_on, "week": action.week} | form.cleaned_data
    try:
        change_action(action, **kept)
    except Conflict as conflict:
        form.add_error("text", conflict.message)
        form.show_theirs(conflict.theirs, conflict.revision)
    except Refused as refusal:
        _say(form, refusal)
    return not form.errors


def _say(form: NewActionForm | ActionForm, refusal: Refused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
