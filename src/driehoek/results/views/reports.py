"""Writing and reading the closing reports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import Permission, Role
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.pages import form_page
from driehoek.results import actions, queries
from driehoek.results.forms import ReportForm
from driehoek.results.models import Report
from driehoek.results.wording import REPORT_SECTIONS, REPORT_TITLES


@enters(Permission.WRITE_COACHEE_REPORT)
@form_page
def coachee_report(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _write(request, engagement, Role.COACHEE)


@enters(Permission.WRITE_COACH_REPORT)
@form_page
def coach_report(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    role = Role.COACH if Role.COACH in engagement.roles_of(request.user) else Role.CONSULTANT
    return _write(request, engagement, role)


@enters(Permission.READ_REPORTS)
@require_safe
def reports(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    written = [
        (REPORT_TITLES[Role(report.role)], report, _answers(report))
        for report in queries.readable_reports(engagement, request.user)
    ]
    return render(request, "results/reports.html", {"engagement": engagement, "written": written})


def _write(request: HttpRequest, engagement: Engagement, role: Role) -> HttpResponse:
    report = queries.reports(engagement).get(role)
    form = ReportForm(request.POST or None, role=role, report=report)
    context = {"engagement": engagement, "form": form, "report": report, "title": REPORT_TITLES[role]}
    context["draft_chip"] = queries.who_sees_draft(role)
    if form.is_valid():
        try:
            _keep(request, engagement, role, form)
        except Conflict as conflict:
            form.opened_at(conflict.revision)
            context["conflict"] = conflict
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("results:reports", engagement.pk)
    return render(request, "results/write_report.html", context)


def _keep(request: HttpRequest, engagement: Engagement, role: Role, form: ReportForm) -> None:
    revision = form.cleaned_data["revision"]
    kept = actions.save_report(engagement, role=role, texts=form.texts, revision=revision)
    form.opened_at(kept.revision)  # when it is not handed in after all, the next press counts from here
    if "hand_in" in request.POST:
        actions.hand_in_report(engagement, role=role)


def _answers(report: Report) -> list[tuple[str, str]]:
    texts = queries.sections(report)
    questions = REPORT_SECTIONS[Role(report.role)]
    return [(str(question), texts[key]) for key, (question, _hint) in questions.items() if texts.get(key)]
