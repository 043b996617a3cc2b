"""The measurements, and the page on which one value is entered."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission
from driehoek.agreements.queries import dropped_lines, version_in_force
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.charts import draw
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.kit.templatetags.look import day
from driehoek.measures import actions, queries
from driehoek.measures.forms import StrikeForm, ValueForm
from driehoek.measures.views.criterion import found
from driehoek.measures.wording import Answer, came, entered, series_facts
from driehoek.measures.wording.charts import levels_chart
from driehoek.measures.wording.shown import shown

SHOWN = 40  # values beside the form; the page of the measurements has them all


@enters(Permission.READ_MEASUREMENTS)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    version = version_in_force(engagement)
    states = queries.verdicts(engagement, version, reader=request.user, with_names=True)  # type: ignore[arg-type]
    context = {"engagement": engagement, "rows": [shown(engagement, state) for state in states]}
    if engagement.lets(request.user, Permission.READ_ATTAINMENT):
        goals = queries.attainment(engagement, request.user, version)
        context["goals"] = [row for row in goals if row.scores or row.waits]
        if any(row.scores for row in goals):
            context["levels"] = draw(levels_chart((row.goal, row.scores) for row in goals))
    context["dropped"] = dropped_lines(version) if version else []
    context["until"] = queries.read_until(engagement, version, request.user) if version else None
    context["begun"] = context["until"] != date.min
    return render(request, "measures/index.html", context)


@enters(Permission.ENTER_MEASUREMENTS)
@form_page
def enter(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    state = found(engagement, criterion_id)
    form = ValueForm(request.POST or None, criterion=state.criterion)
    if form.is_valid():
        try:
            row = actions.record_value(engagement, criterion_id, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("The value of %(day)s has been entered.") % {"day": day(row.on)})
            return redirect("measures:enter", engagement.pk, criterion_id)
    return render(request, "measures/enter.html", _about(engagement, state, form))


@enters(Permission.ENTER_MEASUREMENTS)
@require_POST
def strike(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    state, form = found(engagement, criterion_id), StrikeForm(request.POST)
    refusal = None
    if form.is_valid():
        try:
            actions.strike_value(engagement, criterion_id, by=request.user, **form.cleaned_data)
        except Refused as refused:
            refusal = refused
    elif errors := form.errors.get("reason"):
        refusal = Refused("reason", errors[0])
    if refusal is None:
        return _struck(request, engagement, criterion_id, form.cleaned_data.get("on"))
    context = _about(engagement, state, ValueForm(criterion=state.criterion))
    return render(request, "measures/enter.html", context | {"refusal": refusal, "strike": form})


def _struck(
    request: HttpRequest, engagement: Engagement, criterion_id: UUID, on: date | None
) -> HttpResponse:
    if on:  # without a day nothing was struck out
        messages.success(request, _("The value of %(day)s no longer counts.") % {"day": day(on)})
    return redirect("measures:enter", engagement.pk, criterion_id)


def _about(engagement: Engagement, state: queries.CriterionState, form: Any) -> dict[str, Any]:
    late = set(state.entered_late)
    rows = sorted((*state.observations, *state.struck), key=lambda row: row.on, reverse=True)
    return {
        "engagement": engagement,
        "state": state,
        "form": form,
        "answer": Answer(state.criterion, state.verdict, state.observations),
        "standing": [(row, entered(row, state.criterion), came(row), row in late) for row in rows[:SHOWN]],
        "more": len(rows) - SHOWN,
        "is_over": queries.is_over(state.criterion),
        "facts": series_facts(state.criterion),
        "ticked_off": queries.can_be_ticked_off(state.criterion),
    }
