"""The plans for everybody, and one's own experiments."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from driehoek.documents.calendar import Day, calendar_text
from driehoek.experiments import actions, queries
from driehoek.experiments.forms import EvaluateForm, FigureForm, GoOnForm, StartForm, StopForm
from driehoek.experiments.models import Experiment
from driehoek.experiments.wording import DECISIONS, outcomes
from driehoek.intake.queries import host_places, visit_in
from driehoek.intake.wording import reading_language
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.method.experiment_plans import KINDS, Plan, plan


@login_not_required
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    mine = queries.experiments_of(request.user) if request.user.is_authenticated else []
    found = [plan(kind, reading_language()) for kind in KINDS]
    named = [(one, _plan(one.kind).text.title) for one in mine]
    return render(
        request, "experiments/plans.html", {"plans": found, "mine": named, "chip": queries.only_you()}
    )


@login_not_required
@never_cache
@form_page
def begin(request: HttpRequest, kind: str) -> HttpResponse:
    ready = _plan(kind)
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    visit = visit_in(request.session)
    form = StartForm(request.POST or None, plan=ready, problem=visit.problem if visit else "")
    figures = _figure_forms(request, ready)
    valid = [one.is_valid() for one in (form, *figures)] if request.method == "POST" else [False]
    if all(valid) and (made := _begun(request, kind, form, figures)):
        return redirect("experiments:show", made.pk)
    return render(request, "experiments/plan.html", _plan_page(ready, form, figures))


@login_not_required
@require_safe
def calendar(request: HttpRequest, kind: str) -> HttpResponse:
    """The days of the plan from today, for whoever has no account: nothing is kept of it."""
    today, ready = clock.today(), _plan(kind)
    title = _("Small experiment, day %(day)s")
    days = [
        Day(f"{uuid4()}@driehoek", ready.on(today, step.day), title % {"day": step.day})
        for step in ready.steps
    ]
    answer = HttpResponse(calendar_text(days, written_at=clock.now()), content_type="text/calendar")
    answer["Content-Disposition"] = f'attachment; filename="experiment-{kind}.ics"'
    return answer


@form_page
def show(request: HttpRequest, experiment_id: UUID) -> HttpResponse:
    found = _own(request, experiment_id)
    form = _evaluating(found, request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("measured_on", "learned", "decision")}
        try:
            actions.evaluate(found, after=form.after, **given)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("experiments:show", found.pk)
    return render(request, "experiments/experiment.html", _own_page(request, found, form))


@require_POST
def go_on(request: HttpRequest, experiment_id: UUID) -> HttpResponse:
    found = _own(request, experiment_id)
    places = host_places(request.user)
    place = GoOnForm(request.POST, places=places).chosen
    refused = _("Choose the organisation in which the engagement starts.")
    if place is not None:
        try:
            return redirect("engagement", actions.go_on(found, by=request.user, place=place).pk)
        except Refused as refusal:
            refused = refusal.message
    page = _own_page(request, found, _evaluating(found)) | {"refused": refused}
    return render(request, "experiments/experiment.html", page)


@require_POST
def stop(request: HttpRequest, experiment_id: UUID) -> HttpResponse:
    found, form = _own(request, experiment_id), StopForm(request.POST)
    judging, refused = _evaluating(found), ""
    if form.is_valid():
        try:
            return redirect("experiments:show", actions.stop_early(found, **form.cleaned_data).pk)
        except Refused as refusal:
            refused, judging.initial["learned"] = refusal.message, form.cleaned_data["learned"]
    page = _own_page(request, found, judging) | {"stopping": form, "refused": refused}
    return render(request, "experiments/experiment.html", page)


@require_POST
def throw_away(request: HttpRequest, experiment_id: UUID) -> HttpResponse:
    actions.drop_experiment(_own(request, experiment_id))
    return redirect("experiments:plans")


def _plan(kind: str) -> Plan:
    if kind not in KINDS:
        raise Http404
    return plan(kind, reading_language())


def _own(request: HttpRequest, experiment_id: UUID) -> Experiment:
    found = queries.experiment_of(request.user, experiment_id)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


def _evaluating(found: Experiment, data: Any = None) -> EvaluateForm:
    same_people = _plan(found.kind).same_people
    return EvaluateForm(data, figures=queries.figures_of(found), same_people=same_people)


def _figure_forms(request: HttpRequest, ready: Plan) -> list[FigureForm]:
    return [
        FigureForm(request.POST or None, suggested=one, several=ready.several, prefix=f"figure{number}")
        for number, one in enumerate(ready.measured, start=1)
    ]


def _begun(request: HttpRequest, kind: Any, form: StartForm, figures: list[FigureForm]) -> Experiment | None:
    given = form.cleaned_data
    try:
        return actions.start_experiment(
            request.user,  # type: ignore[arg-type]
            kind=kind,
            figures=[one.figure for one in figures],
            problem=given["problem"],
            behaviours=given.get("behaviours", ""),
            once=given["once"],
        )
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
        return None


def _plan_page(ready: Plan, form: StartForm, figures: list[FigureForm]) -> dict[str, Any]:
    today = clock.today()
    steps = [(step, ready.on(today, step.day)) for step in ready.steps]
    return {"plan": ready, "steps": steps, "form": form, "figures": figures, "chip": queries.only_you()}


def _own_page(request: HttpRequest, found: Experiment, form: EvaluateForm) -> dict[str, Any]:
    ready, places = _plan(found.kind), []
    if found.decided_at and not found.engagement_id:
        places = host_places(request.user)  # type: ignore[arg-type]
    steps = _steps(found, ready)
    return {
        "experiment": found,
        "plan": ready,
        "steps": steps,
        "outcomes": outcomes(found, same_people=ready.same_people),
        "stopping": StopForm(),
        "is_due": queries.is_due(found),
        "form": form,
        "go_on": GoOnForm(places=places) if places else None,
        "chip": queries.only_you(),
        "next_day": _next_day(steps),
        "decided": DECISIONS[Experiment.Decision(found.decision)][0] if found.decision else "",
        "refused": " ".join(form.non_field_errors()) if found.decided_at or not queries.is_due(found) else "",
    }


def _steps(found: Experiment, ready: Plan) -> list[tuple[Any, date]]:
    """Each step with its day; the last one, and none after it, on the day that was set down at the start."""
    *before, last = ready.steps
    days = [(step, min(ready.on(found.started_on, step.day), found.ends_on)) for step in before]
    return [*days, (last, found.ends_on)]


def _next_day(steps: list[tuple[Any, date]]) -> date | None:
    return next((on for _step, on in steps if on > clock.today()), None)
