"""The result ledger."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import RECEIVERS, Kind, Permission, Role
from driehoek.agreements.queries import agreed_goals
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement, Party
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.people.models import Person
from driehoek.results import actions, queries
from driehoek.results.forms import MarkForm, ResultForm
from driehoek.results.models import Mark
from driehoek.results.wording import VIEW_KINDS, VIEW_WORDS, tags_of


@enters(Permission.READ_RESULTS)
@require_safe
def ledger(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    rows = [_shown(row, request.user) for row in queries.ledger(engagement)]
    silent = _silent(engagement, rows)
    context = {"engagement": engagement, "rows": rows, "silent": silent}
    return render(request, "results/ledger.html", context)


@enters(Permission.ADD_RESULTS)
@form_page
def add(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    coached = engagement.party(Role.COACHEE) is not None
    form = ResultForm(request.POST or None, goals=agreed_goals(engagement), coached=coached)
    if form.is_valid():
        try:
            actions.add_result(engagement, role=_writer(request, engagement), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("results:ledger", engagement.pk)
    return render(request, "results/add.html", {"engagement": engagement, "form": form})


@enters(Permission.ADD_RESULTS)
@form_page
def remove(request: HttpRequest, engagement: Engagement, result_id: UUID) -> HttpResponse:
    result = get_object_or_404(engagement.results, pk=result_id)
    context: dict[str, Any] = {"engagement": engagement, "result": result}
    if request.method == "POST":
        try:
            actions.remove_result(result, role=_writer(request, engagement))
        except Refused as refusal:
            context["refusal"] = refusal
        else:
            return redirect("results:ledger", engagement.pk)
    return render(request, "results/remove.html", context)


@enters(Permission.MARK_RESULTS)
@form_page
def mark(request: HttpRequest, engagement: Engagement, result_id: UUID) -> HttpResponse:
    row = _markable(request, engagement, result_id)
    mine = [(party, mark) for party, mark in row.marks if party.person_id == request.user.pk]
    own = next((mark for _party, mark in mine if mark), None)
    form = MarkForm(request.POST or None, initial={"view": own.view, "remark": own.remark} if own else None)
    if form.is_valid() and _marked(form, row, [party for party, _mark in mine], by=request.user):
        sees = engagement.lets(request.user, Permission.READ_RESULTS)
        return redirect("results:ledger" if sees else "results:received", engagement.pk)
    actions.note_reading(engagement, by=request.user, kinds=[Kind.RESULTS])
    return render(request, "results/mark.html", {"engagement": engagement, "row": row, "form": form})


def _marked(form: MarkForm, row: queries.LedgerRow, parties: list[Party], *, by: Person) -> bool:
    try:
        for party in parties:
            actions.mark_result(row.result, by=by, role=party.role_, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    return not form.errors


def _markable(request: HttpRequest, engagement: Engagement, result_id: UUID) -> queries.LedgerRow:
    rows = queries.markable(engagement, request.user)
    found = next((row for row in rows if row.result.pk == result_id), None)
    if found is None:
        raise Http404
    return found


def _writer(request: HttpRequest, engagement: Engagement) -> Role:
    roles = engagement.roles_of(request.user)
    return next(role for role in (Role.COACHEE, Role.COACH, Role.CONSULTANT) if role in roles)


def _silent(engagement: Engagement, rows: list[dict[str, Any]]) -> list[str]:
    """Who of the organisation gave no view on anything."""
    judged = {view["role"] for row in rows for view in row["views"] if view["marked"]}
    present = [
        party for party in engagement.parties_in_order if party.role in RECEIVERS and party.accepted_at
    ]
    return [str(party.person) for party in present if party.role not in judged]


def _shown(row: queries.LedgerRow, person: Person) -> dict[str, Any]:
    mine = [mark for party, mark in row.marks if party.person_id == person.pk]
    others = [mark for party, mark in row.marks if mark and party.person_id != person.pk]
    return {
        "result": row.result,
        "tags": tags_of(row.result),
        "views": [_view(party, mark) for party, mark in row.marks],
        "is_marked": any(mine),
        "can_go": not others,
    }


def _view(party: Party, mark: Mark | None) -> dict[str, Any]:
    view = mark.view if mark else ""
    return {
        "name": party.person,
        "role": party.role,
        "kind": VIEW_KINDS[view],
        "words": VIEW_WORDS[view],
        "says": mark.remark if mark else "",
        "marked": mark is not None,
    }
