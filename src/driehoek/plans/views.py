"""The pages of the change plan."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.pages import form_page, in_language
from driehoek.people.adapter import may_report
from driehoek.people.models import OneTimeLink
from driehoek.people.queries import link_of
from driehoek.plans.actions import add_action, change_action, report_progress
from driehoek.plans.forms import ActionForm, NewActionForm
from driehoek.plans.models import Action
from driehoek.plans.queries import asked_by_link, courses, done_actions, lines, open_actions, says_how
from driehoek.plans.wording import REPORTED

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


@enters(Permission.READ_PLAN)
@require_safe
def history(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    done = list(done_actions(engagement)[:DONE_ON_A_PAGE])
    shown = courses(engagement, [*open_actions(engagement), *done])
    return render(request, "plans/history.html", {"engagement": engagement, "courses": shown})


@login_not_required
@never_cache
@form_page
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing and shows no word of the plan; one press says how it goes."""
    link = link_of(token, purpose="progress")
    if link is None or (asked := asked_by_link(link)) is None:
        return render(request, "plans/report_closed.html", status=410)
    how, facts = request.POST.get("how", ""), {"asked": asked, "answers": REPORTED.items()}
    with override(asked.person.language):
        if request.method == "POST" and may_report(request, token) and _reported(link, how):
            return in_language(render(request, "plans/reported.html", facts), asked.person.language)
        return in_language(render(request, "plans/report.html", facts), asked.person.language)


def _reported(link: OneTimeLink, how: str) -> bool:
    try:
        report_progress(link, how=how)
    except Refused:
        return False
    return True


@enters(Permission.CHANGE_PLAN)
@form_page
def add(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = NewActionForm(request.POST or None, engagement=engagement)
    if form.is_valid() and _added(form, engagement, request.user):
        return redirect("plans:index", engagement.pk)
    return render(request, "plans/line.html", {"engagement": engagement, "form": form})


@enters(Permission.CHANGE_PLAN)
@form_page
def change(request: HttpRequest, engagement: Engagement, action_id: UUID) -> HttpResponse:
    action = get_object_or_404(engagement.actions, pk=action_id)
    says = says_how(engagement, action.owner, request.user)
    form = ActionForm(request.POST or None, engagement=engagement, action=action, says=says)
    if form.is_valid() and _changed(form, action, request.user):
        return redirect("plans:index", engagement.pk)
    context = {"engagement": engagement, "form": form, "action": action}
    if not says:
        context["line"] = lines(engagement, [action])[0]
    return render(request, "plans/line.html", context)


def _added(form: NewActionForm, engagement: Engagement, by: Any) -> bool:
    try:
        add_action(engagement, by=by, **form.cleaned_data)
    except Refused as refusal:
        _say(form, refusal)
    return not form.errors


def _changed(form: ActionForm, action: Action, by: Any) -> bool:
    stands = {"colour": action.colour, "learnt": action.learnt, "done": action.is_done}
    kept: dict[str, Any] = {"due_on": action.due_on, "week": action.week} | stands | form.cleaned_data
    try:
        change_action(action, by=by, **kept)
    except Conflict as conflict:
        form.add_error("text", conflict.message)
        form.show_theirs(conflict.theirs, conflict.revision)
    except Refused as refusal:
        _say(form, refusal)
    return not form.errors


def _say(form: NewActionForm | ActionForm, refusal: Refused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
