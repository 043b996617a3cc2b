"""Who takes part, who is still invited, and who looked when."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission
from driehoek.audit.queries import looks_at
from driehoek.engagements import actions
from driehoek.engagements.forms import InviteForm, NameForm
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import days_of_looks, mark_came_back, place_of, places
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page

LOOKS_ON_A_PAGE = 60


@enters(Permission.SEE_ENGAGEMENT)
@form_page
def parties(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """Everybody reads who takes part; whoever may invite finds a form in every empty place."""
    if request.method == "POST":
        return _invite(request, engagement_id=engagement.pk)
    return _page(request, engagement)


@enters(Permission.INVITE_PARTIES)
def _invite(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    place = place_of(engagement, request.POST.get("role", ""))
    if place is None:
        raise Http404
    form = InviteForm(request.POST, role=place.role, language=request.user.language)
    if form.is_valid():
        try:
            party = actions.invite(engagement, by=request.user, role=place.role, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, _("The invitation is on its way to %(name)s.") % {"name": party.name})
            return redirect("engagements:parties", engagement.pk)
    return _page(request, engagement, typed=form)


@enters(Permission.INVITE_PARTIES)
@require_POST
def send_invitation_again(request: HttpRequest, engagement: Engagement, party_id: UUID) -> HttpResponse:
    party = get_object_or_404(engagement.parties, pk=party_id)
    try:
        actions.send_again(party, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("A new invitation is on its way. The earlier link no longer works."))
    return redirect("engagements:parties", engagement.pk)


@enters(Permission.INVITE_PARTIES)
@require_POST
def withdraw(request: HttpRequest, engagement: Engagement, party_id: UUID) -> HttpResponse:
    party = engagement.parties.filter(pk=party_id).first()
    try:
        if party is not None:
            actions.withdraw_invitation(party, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("engagements:parties", engagement.pk)


@enters(Permission.INVITE_PARTIES)
@form_page
def name(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """Whoever began it calls it otherwise while it is prepared."""
    shown = {"title": engagement.title, "occasion": engagement.occasion}
    form = NameForm(request.POST if request.method == "POST" else None, initial=shown)
    if form.is_valid():
        try:
            actions.rename(engagement, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("engagement", engagement.pk)
    return render(request, "engagements/name.html", {"engagement": engagement, "form": form})


@enters(Permission.SEE_WHO_LOOKED)
@require_safe
def looks(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = Paginator(looks_at(engagement.pk), LOOKS_ON_A_PAGE).get_page(request.GET.get("page"))
    facts = {"engagement": engagement, "days": days_of_looks(found), "page_obj": found}
    return render(request, "engagements/looks.html", facts)


def _page(request: HttpRequest, engagement: Engagement, typed: InviteForm | None = None) -> HttpResponse:
    may_invite = engagement.lets(request.user, Permission.INVITE_PARTIES)
    found = places(engagement)
    if may_invite:
        mark_came_back(found)
    for place in found:
        if may_invite and place.is_empty:
            is_typed = typed is not None and typed.role is place.role
            place.form = typed if is_typed else InviteForm(role=place.role, language=request.user.language)
    facts = {"engagement": engagement, "places": found, "may_invite": may_invite}
    facts["is_asking"] = may_invite and any(place.is_empty for place in found)
    facts["may_rename"] = may_invite and engagement.made_by_id == request.user.pk
    return render(request, "engagements/parties.html", facts)
