"""The pages of scale and map, for coachee and coach."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Role
from driehoek.aids.actions import put_on_map, put_on_scale, take_off_map, take_off_scale
from driehoek.aids.forms import ScaleForm, StakeholderForm
from driehoek.aids.queries import (
    draw_map,
    scale_with,
    scales_of,
    stakeholder_with,
    stakeholders_of,
)
from driehoek.aids.wording import words_for
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page


@enters(Permission.READ_SESSION)
@require_safe
def scales(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    context = {"engagement": engagement, "scales": scales_of(engagement)}
    return render(request, "aids/scales.html", context | _way_back(request))


@enters(Permission.WRITE_SESSION_NOTES)
@form_page
def scale(request: HttpRequest, engagement: Engagement, scale_id: UUID | None = None) -> HttpResponse:
    found = get_object_or_404(engagement.scales, pk=scale_id) if scale_id else None
    form = ScaleForm(request.POST or None, scale=found)
    if form.is_valid() and _done(form, lambda: put_on_scale(engagement, by=request.user, **form.deed())):
        return redirect(reverse("aids:scales", args=[engagement.pk]) + _way_back(request)["onward"])
    context = {"engagement": engagement, "form": form, "scale": found} | _way_back(request)
    return render(request, "aids/scale.html", context)


@enters(Permission.WRITE_SESSION_NOTES)
@require_POST
def remove_scale(request: HttpRequest, engagement: Engagement, scale_id: UUID) -> HttpResponse:
    if found := scale_with(engagement, scale_id):
        take_off_scale(found, by=request.user)
    return redirect("aids:scales", engagement.pk)


@enters(Permission.READ_SESSION)
@require_safe
def people_map(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    people = stakeholders_of(engagement)
    context = {
        "engagement": engagement,
        "map": draw_map([one.facts for one in people]),
        "coachee": next(p.first_name for p in engagement.parties_in_order if p.role == Role.COACHEE),
        "people": [(one, *words_for(one.facts)) for one in people],
    }
    return render(request, "aids/map.html", context | _way_back(request))


@enters(Permission.WRITE_SESSION_NOTES)
@form_page
def stakeholder(
    request: HttpRequest, engagement: Engagement, stakeholder_id: UUID | None = None
) -> HttpResponse:
    found = get_object_or_404(engagement.stakeholders, pk=stakeholder_id) if stakeholder_id else None
    form = StakeholderForm(request.POST or None, stakeholder=found)
    if form.is_valid() and _done(form, lambda: put_on_map(engagement, by=request.user, **form.deed())):
        return redirect(reverse("aids:map", args=[engagement.pk]) + _way_back(request)["onward"])
    context = {"engagement": engagement, "form": form, "stakeholder": found} | _way_back(request)
    return render(request, "aids/stakeholder.html", context)


@enters(Permission.WRITE_SESSION_NOTES)
@require_POST
def remove_stakeholder(request: HttpRequest, engagement: Engagement, stakeholder_id: UUID) -> HttpResponse:
    if found := stakeholder_with(engagement, stakeholder_id):
        take_off_map(found, by=request.user)
    return redirect("aids:map", engagement.pk)


def _way_back(request: HttpRequest) -> dict[str, Any]:
    """The number of the session somebody came from, and how the next address names it; or nothing."""
    said = request.GET.get("from", "")
    talk = int(said) if said.isdecimal() and len(said) < 4 else None
    return {"talk": talk, "onward": f"?from={talk}" if talk else ""}


def _done(form: Any, deed: Any) -> bool:
    try:
        deed()
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    return not form.errors
