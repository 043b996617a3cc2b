"""Goals and criteria: at most three, each with a way to check it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Role, Shape, Stage
from driehoek.agreements.actions import (
    look_ahead,
    remove_criterion,
    remove_goal,
    save_criterion,
    save_goal,
    too_many_criteria,
    too_many_goals,
)
from driehoek.agreements.forms import CriterionForm, ForesightForm, GoalForm
from driehoek.agreements.models import Criterion, Goal
from driehoek.agreements.queries import goal_cards, goal_with, sentence, version_offered
from driehoek.agreements.queries.deliverables import milestone_names, promises
from driehoek.agreements.queries.draft import draft_as_it_stands, is_open
from driehoek.agreements.queries.foresight import answers_needed, looks_further, warnings_of
from driehoek.agreements.queries.goals import (
    MOST_CRITERIA,
    MOST_GOALS,
    asks_who_brought,
    criterion_card,
    needs_levels,
)
from driehoek.agreements.queries.language import language_of
from driehoek.agreements.queries.starting import (
    first_criterion,
    first_goal,
    measures_of,
    point_of,
    prepared_sentence,
)
from driehoek.agreements.views.opened import while_open
from driehoek.agreements.views.tabs import tabs
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.method.smart import speaker_of
from driehoek.method.texts import Language


@enters(Permission.READ_GOALS)
@require_safe
def goals(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    writes, cards = is_open(engagement), goal_cards(engagement)
    context = {
        "engagement": engagement,
        "cards": cards,
        "full": too_many_goals() if len(cards) >= MOST_GOALS else "",
        "offered": version_offered(engagement),
        "may_write": writes and engagement.lets(request.user, Permission.WRITE_GOALS),
        "amending": writes and engagement.stage_ is Stage.ACTIVE,
        "begins": point_of(engagement),
        "ready": prepared_sentence(engagement, _language(engagement)) if not cards else "",
        "turn": Role.CONSULTANT if engagement.shape_ is Shape.CONSULTANCY else Role.COACHEE,
        "tabs": tabs(engagement, request.user, "agreements:goals"),
    }
    return render(request, "agreements/goals.html", context)


@enters(Permission.WRITE_GOALS)
@form_page
@while_open
def goal(request: HttpRequest, engagement: Engagement, goal_id: UUID | None = None) -> HttpResponse:
    found = goal_with(engagement, goal_id)
    if goal_id and not found and request.method == "GET":
        raise Http404
    there = engagement.goals.filter(dropped_at=None).count()
    language = _language(engagement)
    begun = first_goal(engagement, language) if not there else {}
    form = _goal_form(request, begun, goal=found, language=language, **_asked_of_a_goal(engagement))
    if form.carries_out(save_goal, engagement, by=request.user, goal_id=goal_id):
        return redirect("agreements:goals", engagement.pk)
    context = {"engagement": engagement, "form": form, "goal": found, "sentence": form.sentence()}
    context |= {"number": found.position if found else there + 1, "offered": version_offered(engagement)}
    if not found and there >= MOST_GOALS:
        context["refusal"] = too_many_goals()
    return render(request, "agreements/goal.html", context)


@enters(Permission.WRITE_GOALS)
@require_POST
def as_sentence(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """A goal as it reads with what was typed so far: asked by a script, which writes nothing."""
    form = GoalForm(initial=request.POST.dict(), **_asked_of_a_goal(engagement))
    return JsonResponse({"sentence": form.sentence(), "language": form.written_in()})


@enters(Permission.WRITE_GOALS)
@form_page
@while_open
def remove(request: HttpRequest, engagement: Engagement, goal_id: UUID) -> HttpResponse:
    found, refusal = goal_with(engagement, goal_id), ""
    if request.method == "POST" or not found:
        try:
            if found:
                remove_goal(found, by=request.user)
            return redirect("agreements:goals", engagement.pk)
        except Refused as no:
            refusal = no.message
    context = {"engagement": engagement, "goal": found, "sentence": sentence(found), "refusal": refusal}
    return render(request, "agreements/remove_goal.html", context | {"offered": version_offered(engagement)})


@enters(Permission.WRITE_GOALS)
@form_page
@while_open
def criterion(
    request: HttpRequest, engagement: Engagement, goal_id: UUID, criterion_id: UUID | None = None
) -> HttpResponse:
    of = goal_with(engagement, goal_id)
    if of is None:
        return _goal_gone(request, engagement)
    found = _criteria_of(of).filter(pk=criterion_id).first() if criterion_id else None
    if criterion_id and not found and request.method == "GET":
        raise Http404
    form = _criterion_form(request, of, found)
    if form.carries_out(save_criterion, of, by=request.user, criterion_id=criterion_id):
        return _on_from(form.kept)
    context = {"engagement": engagement, "goal": of, "sentence": sentence(of), "form": form}
    return render(request, "agreements/criterion.html", context | _beside(of, found))


@enters(Permission.WRITE_GOALS)
@form_page
@while_open
def ahead(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    """What was typed may give a new warning: then the page comes back with it."""
    found = get_object_or_404(engagement.criteria.select_related("goal"), pk=criterion_id, dropped_at=None)
    form = ForesightForm(request.POST or None, criterion=found)
    if form.carries_out(look_ahead, found, by=request.user):
        found.refresh_from_db()
        if {one.id for one in warnings_of(found)} <= {one.id for one in form.warnings}:
            return redirect("agreements:goals", engagement.pk)
        return redirect("agreements:ahead", engagement.pk, found.pk)
    context = {"engagement": engagement, "form": form}
    context["card"] = criterion_card(found, milestone_names(engagement) if found.milestone else None)
    context |= {"needed": answers_needed(found), "offered": version_offered(engagement)}
    return render(request, "agreements/ahead.html", context)


@enters(Permission.WRITE_GOALS)
@require_POST
def remove_one(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    if found := engagement.criteria.filter(pk=criterion_id).first():
        try:
            remove_criterion(found, by=request.user)
        except Refused as refusal:
            messages.warning(request, refusal.message)
    return redirect("agreements:goals", engagement.pk)


def _on_from(criterion: Criterion) -> HttpResponse:
    """To the page that looks ahead, where it has something to ask or to say; else back to the goals."""
    if looks_further(criterion):
        return redirect("agreements:ahead", criterion.engagement_id, criterion.pk)
    return redirect("agreements:goals", criterion.engagement_id)


def _asked_of_a_goal(engagement: Engagement) -> dict[str, Any]:
    asked = {"with_levels": needs_levels(engagement), "of_three": asks_who_brought(engagement)}
    return asked | {"speaker": speaker_of(engagement.shape)}


def _beside(goal: Goal, found: Criterion | None) -> dict[str, Any]:
    """What stands beside the form of a criterion: why there is no room, what is offered, known measures."""
    full = not found and _criteria_of(goal).count() >= MOST_CRITERIA
    shown: dict[str, Any] = {"criterion": found, "refusal": too_many_criteria() if full else ""}
    shown["promises"] = promises(goal.engagement.shape_)
    return shown | {
        "offered": version_offered(goal.engagement),
        "measures": measures_of(goal.engagement, _language(goal.engagement)),
    }


def _goal_gone(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """Somebody removed the goal while its criterion was being written."""
    if request.method == "GET":
        raise Http404
    messages.warning(request, _("This goal has been removed meanwhile, so its criterion was not kept."))
    return redirect("agreements:goals", engagement.pk)


def _goal_form(request: HttpRequest, begun: dict[str, Any], **given: Any) -> GoalForm:
    if "show" in request.POST:  # only the sentence is asked for: nothing is judged yet
        return GoalForm(initial=request.POST.dict(), **given)
    return GoalForm(request.POST or None, initial=begun, **given)


def _criterion_form(request: HttpRequest, of: Goal, found: Criterion | None) -> CriterionForm:
    begun, milestones = _begun(of, request.GET), milestone_names(of.engagement)
    return CriterionForm(request.POST or None, criterion=found, milestones=milestones, initial=begun)


def _criteria_of(goal: Goal) -> QuerySet[Criterion]:
    return goal.criteria.filter(dropped_at=None)


def _begun(goal: Goal, asked: Mapping[str, str]) -> dict[str, object]:
    """What a new criterion begins with: the days of its goal, or a known measure."""
    days: dict[str, object] = {"window_starts": clock.today(), "deadline": goal.by_when}
    name = asked.get("from", "")
    if not name:
        return days
    return days | first_criterion(goal.engagement, _language(goal.engagement), name, goal.by_when)


def _language(engagement: Engagement) -> Language:
    """The language of the agreement: 1 query."""
    return language_of(engagement, draft_as_it_stands(engagement))
