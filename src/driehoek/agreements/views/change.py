"""Changing an agreement that is in force."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Stage
from driehoek.agreements import actions
from driehoek.agreements.queries import in_force_among, standing, versions
from driehoek.agreements.queries.draft import is_amending, talk_alone
from driehoek.agreements.queries.reading import reading_of_draft
from driehoek.agreements.views.tabs import tabs
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused


@enters(Permission.READ_AGREEMENT)
@require_safe
def change(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """What a change is, and while one is being written what differs: for every party the same."""
    found = versions(engagement)
    if engagement.stage_ is not Stage.ACTIVE:
        return redirect("agreements:index", engagement.pk)
    if found[0].state == "offered":
        return redirect("agreements:sign", engagement.pk)
    context = {"engagement": engagement, "last": found[0], "amending": is_amending(engagement)}
    context |= {"holds": in_force_among(found), "alone": talk_alone(engagement)}
    if context["amending"]:
        context |= reading_of_draft(engagement, request.user, last=found[0])
        context["tabs"] = tabs(engagement, request.user, "agreements:change")
        now = standing(engagement)
        context |= {"met_on": now.met_on, "open_comments": now.open_comments}
    return render(request, "agreements/change.html", context)


@enters(Permission.DRAFT_AGREEMENT)
@require_POST
def begin(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    try:
        actions.begin_amendment(engagement)
    except Refused as no:
        messages.warning(request, no.message)
    return redirect("agreements:change", engagement.pk)


@enters(Permission.DRAFT_AGREEMENT)
@require_POST
def drop(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    try:
        actions.drop_amendment(engagement, by=request.user)
    except Refused as no:
        messages.warning(request, no.message)
    return redirect("agreements:change", engagement.pk)
