"""Who belongs to an organisation: for its administrators, who read no content by it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.outbox.queries import given_up
from driehoek.people import actions
from driehoek.people.forms import MemberForm
from driehoek.people.guards import administers
from driehoek.people.models import Organisation
from driehoek.people.queries import administered, members_of, operates

ON_A_PAGE = 50


@require_safe
def organisation(request: HttpRequest) -> HttpResponse:
    """To the one that is administered; the page itself leads to others."""
    first = administered(request.user).first()
    if first is None:
        raise Http404
    return redirect("people:members", first.pk)


@administers
@form_page
def members(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    begun = {"right": "coach", "language": request.user.language}
    form = MemberForm(request.POST or None, initial=begun)
    if form.is_valid():
        try:
            place = actions.add_member(organisation, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("%(name)s belongs to it now.") % {"name": place.person})
            return redirect("people:members", organisation.pk)
    found = Paginator(members_of(organisation), ON_A_PAGE).get_page(request.GET.get("page"))
    facts = {"organisation": organisation, "form": form, "page_obj": found} | _besides(request, organisation)
    return render(request, "people/members.html", facts)


def _besides(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What else this reader administers, and what only whoever looks after the installation sees."""
    others = administered(request.user).exclude(pk=organisation.pk)
    lost = given_up().count() if operates(request.user) else None
    return {"others": others, "lost": lost}


@administers
@require_POST
def take_administration(request: HttpRequest, organisation: Organisation, member_id: UUID) -> HttpResponse:
    place = get_object_or_404(members_of(organisation), pk=member_id)
    try:
        actions.take_administration(place)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("%(name)s no longer administers it.") % {"name": place.person})
        if place.person_id == request.user.pk:
            return redirect("today")
    return redirect("people:members", organisation.pk)
