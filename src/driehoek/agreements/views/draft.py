"""The pages on which an agreement is written."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from driehoek.access import Permission, Role, Shape, Stage
from driehoek.agreements.actions import (
    answer_candour,
    choose_disclosure,
    record_three_way_meeting,
    save_draft,
    save_stumbling_blocks,
)
from driehoek.agreements.forms import CandourForm, DisclosureForm, DraftForm, MeetingForm, StumblingForm
from driehoek.agreements.queries import (
    draft_as_it_stands,
    goals_of,
    missing,
    promises,
    standing,
    version_offered,
)
from driehoek.agreements.queries.clauses import group
from driehoek.agreements.queries.deliverables import deliverable_cards
from driehoek.agreements.queries.draft import (
    receivers_of,
    table_as_it_stands,
    taking_part,
    talk_alone,
)
from driehoek.agreements.queries.programme_lead import lead_on_draft
from driehoek.agreements.queries.sight import rows
from driehoek.agreements.queries.standing import Standing, met_as_planned
from driehoek.agreements.queries.starting import point_of
from driehoek.agreements.views.opened import while_open
from driehoek.agreements.views.tabs import tabs
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import planned_for, with_standing
from driehoek.kit.pages import form_page

_NEXT = {
    "agreements:draft": "agreements:deliverables",
    "agreements:deliverables": "agreements:practical",
    "agreements:practical": "agreements:otherwise",
    "agreements:otherwise": "agreements:disclosure",
}
_GROUPS = {
    "agreements:draft": ("first", "asked"),
    "agreements:deliverables": ("delivered",),
    "agreements:practical": ("practical",),
    "agreements:otherwise": ("otherwise",),
}


@enters(Permission.DRAFT_AGREEMENT)
@form_page
@while_open
def asked(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _part(request, engagement, "agreements:draft")


@enters(Permission.DRAFT_AGREEMENT)
@form_page
@while_open
def deliverables(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    if engagement.shape_ is Shape.COACHING:  # nothing is delivered: what this page leads to comes next
        return redirect("agreements:practical", engagement.pk)
    return _part(request, engagement, "agreements:deliverables")


@enters(Permission.DRAFT_AGREEMENT)
@form_page
@while_open
def practical(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _part(request, engagement, "agreements:practical")


@enters(Permission.DRAFT_AGREEMENT)
@form_page
@while_open
def otherwise(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    return _part(request, engagement, "agreements:otherwise")


def _part(request: HttpRequest, engagement: Engagement, page: str) -> HttpResponse:
    now = standing(engagement)
    form = DraftForm(request.POST or None, engagement=engagement, draft=now.draft, page=page)
    if form.carries_out(save_draft, engagement, by=request.user, part=page):
        return _on_from(request, engagement, page)
    groups = [(group(name), form.fields_of(name)) for name in _GROUPS[page] if form.fields_of(name)]
    prefetch_related_objects([engagement], "deliverables")
    context = _around(request, engagement, now, page)
    context |= {"form": form, "groups": groups, "promises": promises(engagement.shape_)}
    if page == "agreements:deliverables":
        context["cards"] = deliverable_cards(engagement, now.draft, context["goals"])
    return render(request, "agreements/draft.html", context)


def _on_from(request: HttpRequest, engagement: Engagement, page: str) -> HttpResponse:
    """To the page after this one, or to the deliverable whose button was pressed."""
    pressed = request.POST.get("then", "")
    if pressed == "new":
        return redirect("agreements:deliverable", engagement.pk)
    for deliverable in engagement.deliverables.all():
        if pressed == str(deliverable.pk):
            return redirect("agreements:deliverable", engagement.pk, deliverable.pk)
    return redirect(_NEXT[page], engagement.pk)


@enters(Permission.DRAFT_AGREEMENT)
@form_page
@while_open
def disclosure(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    now = standing(engagement)
    form = DisclosureForm(request.POST or None, engagement=engagement, draft=now.draft)
    if form.carries_out(choose_disclosure, engagement, by=request.user):
        return redirect("agreements:disclosure", engagement.pk)
    named = [(party.role_, party.name) for party in taking_part(engagement)]
    table = rows(engagement.shape_, table_as_it_stands(engagement, now.draft), named)
    context = _around(request, engagement, now, "agreements:disclosure") | {
        "form": form,
        "named": named,
        "rows": [(row, form.fields_of(row.kind)) for row in table],
        "receivers": receivers_of(engagement),
    }
    context["lead"] = lead_on_draft(context["offered"])
    return render(request, "agreements/disclosure.html", context)


@enters(Permission.WRITE_STUMBLING_BLOCKS)
@form_page
@while_open
def stumbling_blocks(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    draft = draft_as_it_stands(engagement)
    form = StumblingForm(request.POST or None, engagement=engagement, draft=draft)
    if form.carries_out(save_stumbling_blocks, engagement, by=request.user):
        return redirect("agreements:draft", engagement.pk)
    context = {"engagement": engagement, "form": form, "offered": version_offered(engagement)}
    return render(request, "agreements/stumbling_blocks.html", context)


@enters(Permission.DRAFT_AGREEMENT, having=with_standing)
@form_page
@while_open
def meeting(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    now = standing(engagement)
    planned = planned_for(engagement, request.user, "three_way")
    form = MeetingForm(request.POST or None, met_on=now.met_on or met_as_planned(now, planned))
    if form.carries_out(record_three_way_meeting, engagement, by=request.user):
        return redirect("agreements:sign" if now.is_offered else "agreements:index", engagement.pk)
    names = [party.name for party in taking_part(engagement)]
    context = {"engagement": engagement, "form": form, "people": names, "alone": talk_alone(engagement)}
    context |= {"planned": planned, "met_on": now.met_on}
    return render(request, "agreements/meeting.html", context)


@enters(Permission.ANSWER_CANDOUR)
@form_page
def candour(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    said = draft_as_it_stands(engagement).candour.get(str(request.user.pk))
    form = CandourForm(request.POST or None, said=said)
    if form.carries_out(answer_candour, engagement, by=request.user):
        return redirect("engagement", engagement.pk)
    coachee = engagement.party(Role.COACHEE)
    context = {"engagement": engagement, "form": form, "coachee": coachee}
    return render(request, "agreements/candour.html", context | {"offered": version_offered(engagement)})


def _around(request: HttpRequest, engagement: Engagement, now: Standing, page: str) -> dict[str, Any]:
    """What every page of the draft shows around its form."""
    goals = goals_of(engagement)
    return {
        "engagement": engagement,
        "goals": goals,
        "tabs": tabs(engagement, request.user, page),
        "missing": missing(engagement, now.draft, goals, parted=now.parted, comments=now.open_comments),
        "offered": version_offered(engagement) if now.is_offered else None,
        "has_stumbling_blocks": bool(now.draft.stumbling_blocks),
        "coachee": engagement.party(Role.COACHEE),
        "preparing": engagement.stage_ is Stage.PREPARING,
        "begins": point_of(engagement),
    }
