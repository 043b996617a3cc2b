"""The page on which is ticked off which kinds of behaviour were seen."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.agreements.queries import AgreedCriterion
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.kit.templatetags.look import day
from driehoek.measures import actions, queries
from driehoek.measures.forms import ChecklistForm, TickForm
from driehoek.measures.models import Checklist


@enters(Permission.ENTER_MEASUREMENTS)
@form_page
def write_checklist(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    criterion, listed = _ticked(engagement, criterion_id)
    hints = queries.suggested(criterion)
    form = ChecklistForm(request.POST or None, checklist=listed, suggested=hints)
    if form.is_valid() and _done(form, lambda: _make(request, engagement, criterion_id, form)):
        return redirect("measures:checklist", engagement.pk, criterion_id)
    context = {"engagement": engagement, "criterion": criterion, "form": form}
    return render(request, "measures/write_checklist.html", context)


@enters(Permission.ENTER_MEASUREMENTS)
@form_page
def checklist(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    criterion, listed = _ticked(engagement, criterion_id)
    if listed is None:
        return redirect("measures:write_checklist", engagement.pk, criterion_id)
    form = TickForm(request.POST or None, checklist=listed, is_over=queries.is_over(criterion))
    if form.is_valid() and _done(form, lambda: _tick(request, engagement, listed, form)):
        return redirect("measures:checklist", engagement.pk, criterion_id)
    context = {"engagement": engagement, "criterion": criterion, "form": form}
    context["moments"], context["rows"] = queries.last_seen(listed)
    return render(request, "measures/checklist.html", context)


def _make(request: HttpRequest, engagement: Engagement, criterion_id: UUID, form: ChecklistForm) -> None:
    actions.make_checklist(engagement, criterion_id, by=request.user, items=form.lines)
    messages.success(request, _("The list stands. Tick off below what you saw, once you have looked."))


def _tick(request: HttpRequest, engagement: Engagement, listed: Checklist, form: TickForm) -> None:
    actions.tick_off(engagement, listed, by=request.user, **form.said)
    seen = form.said["seen"]
    facts = {"yes": sum(seen), "all": len(seen), "day": day(form.said["on"])}
    messages.success(request, _("Kept: on %(day)s %(yes)s of %(all)s were seen.") % facts)


def _done(form: forms.Form, deed: Callable[[], None]) -> bool:
    try:
        deed()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return not form.errors


def _ticked(engagement: Engagement, criterion_id: UUID) -> tuple[AgreedCriterion, Checklist | None]:
    """The criterion and its list, if there is one. It stays in sight when another form was agreed."""
    criterion = queries.agreed_criterion(engagement, criterion_id)
    listed = queries.checklist_of(engagement, criterion_id)
    if criterion is None or not (listed or queries.can_be_ticked_off(criterion)):
        raise Http404
    return criterion, listed
