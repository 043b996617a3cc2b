"""Pages about measuring."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Role
from driehoek.agreements.queries import dropped_lines, version_in_force
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.measures import actions, queries
from driehoek.measures.forms import LevelsForm, SeriesForm, StrikeForm, ValueForm
from driehoek.measures.models import AttainmentScore, Observation
from driehoek.measures.wording import MOMENT_SHUT, Answer, entered
from driehoek.measures.wording.shown import shown

SHOWN = 40  # values beside the form; the page of the measurements has them all


@enters(Permission.READ_MEASUREMENTS)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    version = version_in_force(engagement)
    states = queries.verdicts(engagement, version, reader=request.user)  # type: ignore[arg-type]
    context = {"engagement": engagement, "rows": [shown(engagement, state) for state in states]}
    if engagement.lets(request.user, Permission.READ_ATTAINMENT):
        goals = queries.attainment(engagement, request.user, version)
        context["goals"] = [row for row in goals if row.scores]
    context["dropped"] = dropped_lines(version) if version else []
    context["until"] = queries.read_until(engagement, version, request.user) if version else None
    context["begun"] = context["until"] != date.min
    return render(request, "measures/index.html", context)


@enters(Permission.ENTER_MEASUREMENTS)
@form_page
def enter(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    state = _state(engagement, criterion_id)
    form = ValueForm(request.POST or None, criterion=state.criterion)
    if form.is_valid():
        try:
            actions.record_value(engagement, criterion_id, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("measures:enter", engagement.pk, criterion_id)
    return render(request, "measures/enter.html", _about(engagement, state, form))


@enters(Permission.ENTER_MEASUREMENTS)
@form_page
def upload(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    state = _state(engagement, criterion_id)
    form = SeriesForm(request.POST or None, request.FILES or None, criterion=state.criterion)
    if form.is_valid():
        try:
            options = {name: form.cleaned_data[name] for name in ("replace", "reason") if name in form.fields}
            actions.record_series(engagement, criterion_id, by=request.user, values=form.values, **options)
        except Refused as refusal:
            beside = "file" if refusal.field and refusal.field not in form.fields else refusal.field
            form.add_error(beside, refusal.message)
        else:
            return redirect("measures:index", engagement.pk)
    return render(request, "measures/upload.html", _about(engagement, state, form))


@enters(Permission.ENTER_MEASUREMENTS)
@require_POST
def strike(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    state, form = _state(engagement, criterion_id), StrikeForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            actions.strike_value(engagement, criterion_id, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
    elif errors := form.errors.get("reason"):
        refusal = Refused("reason", errors[0])
    if refusal is None:
        return redirect("measures:enter", engagement.pk, criterion_id)
    context = _about(engagement, state, ValueForm(criterion=state.criterion))
    return render(request, "measures/enter.html", context | {"refusal": refusal, "strike": form})


@enters(Permission.SCORE_ATTAINMENT)
@form_page
def score(request: HttpRequest, engagement: Engagement, moment: str) -> HttpResponse:
    role = queries.scoring_role(engagement, request.user)
    if role is None or moment not in AttainmentScore.Moment.values:
        raise Http404
    goals = queries.attainment(engagement, request.user)
    form = LevelsForm(request.POST or None, goals=goals, role=role, moment=moment)
    if form.is_valid() and _scored(request, engagement, form, role=role, moment=moment):
        return redirect("engagement", engagement.pk)
    chip = queries.who_sees_own_score(engagement, request.user)
    context = {"engagement": engagement, "form": form, "moment": moment, "chip": chip}
    if not queries.can_be_scored(engagement, moment):
        context |= {"shut": MOMENT_SHUT[moment], "own": queries.own_scores(goals, role, moment)}
    return render(request, "measures/score.html", context)


def _scored(
    request: HttpRequest, engagement: Engagement, form: LevelsForm, *, role: Role, moment: str
) -> bool:
    try:
        actions.score_levels(engagement, by=request.user, role=role, moment=moment, levels=form.levels)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    return not form.errors


def _state(engagement: Engagement, criterion_id: UUID) -> queries.CriterionState:
    found = queries.verdict_on(engagement, criterion_id)
    if found is None:
        raise Http404
    return found


def _about(engagement: Engagement, state: queries.CriterionState, form: Any) -> dict[str, Any]:
    rows = sorted((*state.observations, *state.struck), key=lambda row: row.on, reverse=True)
    return {
        "engagement": engagement,
        "state": state,
        "form": form,
        "answer": Answer(state.criterion, state.verdict),
        "standing": [(row, entered(row, state.criterion)) for row in rows[:SHOWN]],
        "more": len(rows) - SHOWN,
        "is_over": queries.is_over(state.criterion),
        "from_file": Observation.Source.FILE,
    }
