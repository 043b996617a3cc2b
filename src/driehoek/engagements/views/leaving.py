"""Not going on with what is being prepared: stepping out of it, and ending it for everybody."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from driehoek.access import Permission, Stage
from driehoek.engagements import actions
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import answerable, needs
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page


@form_page
def step_out(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """One's own place: whoever has left it once finds no door of the engagement to come back through."""
    party = answerable(request.user, party_id)
    if party is None:
        raise Http404
    facts = {"party": party, "engagement": party.engagement, "ends": needs(party.engagement, request.user)}
    if request.method == "POST":
        try:
            actions.step_out(party, by=request.user)
            messages.success(request, _("You have stepped out. The others have been told."))
            return redirect("today")
        except Refused as refused:
            facts["refusal"] = refused.message
    facts["is_open"] = party.accepted_at and party.engagement.stage_ is Stage.PREPARING
    return render(request, "engagements/step_out.html", facts)


@enters(Permission.DROP_PREPARATION)
@form_page
def drop(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            actions.drop_preparation(engagement, by=request.user)
            return redirect("engagement", engagement.pk)
        except Refused as refused:
            refusal = refused.message
    return render(request, "engagements/drop.html", {"engagement": engagement, "refusal": refusal})
