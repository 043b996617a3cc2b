"""The pages of a blended trajectory."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission
from driehoek.blended import actions, queries
from driehoek.blended.forms import AgentForm, BeginForm, PlanForm, about, planned
from driehoek.blended.models import ChangeAgent, Phase
from driehoek.blended.wording import PHASE_ABOUT, PHASE_WORDS
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page


@enters(Permission.SEE_PHASES)
@require_safe
def timeline(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = queries.timeline(engagement, request.user)
    plans = found.is_planner if found else queries.plans_here(engagement, request.user)
    context = {"engagement": engagement, "timeline": found, "plans": plans}
    return render(request, "blended/timeline.html", context)


@enters(Permission.PLAN_PHASES)
@form_page
def plan(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    _insist_on_a_host(request, engagement)
    blend = queries.blend_of(engagement)
    form = PlanForm(request.POST or None, initial=planned(blend, queries.USUAL_MONTHS))
    if form.is_valid() and _done(form, actions.plan_phases, engagement, by=request.user, **form.plan):
        return redirect("blended:timeline", engagement.pk)
    return render(request, "blended/plan.html", {"engagement": engagement, "form": form, "blend": blend})


@enters(Permission.PLAN_PHASES)
@form_page
def begin(request: HttpRequest, engagement: Engagement, phase: str) -> HttpResponse:
    _insist_on_a_host(request, engagement)
    if phase not in Phase.Kind:
        raise Http404
    form = BeginForm(request.POST or None, initial={"language": request.user.language})
    given = {"by": request.user, "kind": Phase.Kind(phase)}
    if form.is_valid() and _done(form, actions.begin_phase, engagement, **given, **form.cleaned_data):
        messages.success(request, _("The invitation is on its way to %(name)s.") % form.cleaned_data)
        return redirect("blended:timeline", engagement.pk)
    words = {"phase": PHASE_WORDS[Phase.Kind(phase)], "about_phase": PHASE_ABOUT[Phase.Kind(phase)]}
    return render(request, "blended/begin.html", {"engagement": engagement, "form": form, **words})


@enters(Permission.READ_CHANGE_AGENTS)
@require_safe
def agents(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = queries.agents_of(engagement)
    return render(request, "blended/agents.html", {"engagement": engagement, "agents": found})


@enters(Permission.NAME_CHANGE_AGENTS)
@form_page
def add_agent(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _agent(request, engagement, None)


@enters(Permission.NAME_CHANGE_AGENTS)
@form_page
def change_agent(request: HttpRequest, engagement: Engagement, agent_id: UUID) -> HttpResponse:
    return _agent(request, engagement, _named(engagement, agent_id))


@enters(Permission.NAME_CHANGE_AGENTS)
@require_POST
def take_off_agent(request: HttpRequest, engagement: Engagement, agent_id: UUID) -> HttpResponse:
    actions.take_off_change_agent(_named(engagement, agent_id))
    return redirect("blended:agents", engagement.pk)


def _insist_on_a_host(request: HttpRequest, engagement: Engagement) -> None:
    """The second half of the door: a guest who works in one phase leaves the others alone."""
    if not queries.plans_here(engagement, request.user):
        raise PermissionDenied(actions.only_hosts_plan())


def _agent(request: HttpRequest, engagement: Engagement, agent: ChangeAgent | None) -> HttpResponse:
    form = AgentForm(request.POST or None, initial=about(agent))
    given = {"agent": agent}
    if form.is_valid() and _done(form, actions.name_change_agent, engagement, **given, **form.cleaned_data):
        return redirect("blended:agents", engagement.pk)
    return render(request, "blended/agent.html", {"engagement": engagement, "form": form, "agent": agent})


def _named(engagement: Engagement, agent_id: UUID) -> ChangeAgent:
    if (agent := queries.agent_of(engagement, agent_id)) is None:
        raise Http404
    return agent


def _done(form, action, *given, **facts) -> bool:
    """Whether it was done; a refusal lands beside its field."""
    try:
        action(*given, **facts)
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return False
    return True
