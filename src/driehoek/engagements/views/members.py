"""Leaving an organisation. The page is that of `people`; whether somebody still takes part is known here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from driehoek.engagements import actions
from driehoek.kit.errors import Refused
from driehoek.people.guards import administers
from driehoek.people.models import Organisation
from driehoek.people.queries import members_of


@administers
@require_POST
def remove_member(request: HttpRequest, organisation: Organisation, member_id: UUID) -> HttpResponse:
    place = get_object_or_404(members_of(organisation), pk=member_id)
    is_self = place.person_id == request.user.pk
    try:
        actions.remove_member(place)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(name)s no longer belongs to it.") % {"name": place.person})
        if is_self:
            return redirect("today")
    return redirect("people:members", organisation.pk)
