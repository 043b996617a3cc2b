"""From the link in the mail to taking part."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from driehoek.engagements import actions
from driehoek.engagements.forms import AnswerForm
from driehoek.engagements.models import Party
from driehoek.engagements.queries import answerable, invited_by_link, outlook
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page, in_language
from driehoek.people.adapter import begin_signing_in
from driehoek.people.queries import link_of


@login_not_required
@never_cache
@form_page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link uses nothing up; the button mails a code to the invited address."""
    link = link_of(token, purpose="invitation")
    party = invited_by_link(link.about) if link and link.is_open else None
    if party is None:
        return _closed(request, link.about if link else None)
    to = reverse("engagements:answer_invitation", args=[party.pk])
    if request.user.is_authenticated and request.user.pk == party.person_id:
        return redirect(to)
    wants_code = request.method == "POST" and not request.user.is_authenticated
    if wants_code and begin_signing_in(request, email=party.person.email, person=party.person):
        return redirect(f"{reverse('account_confirm_login_code')}?next={to}")
    return _landing(request, party, too_often=wants_code)


def _closed(request: HttpRequest, about: UUID | None) -> HttpResponse:
    """Who answered by this link before is brought to that answer; everybody else reads that it is closed."""
    if about and request.user.is_authenticated and answerable(request.user, about):
        return redirect("engagements:answer_invitation", about)
    return render(request, "people/link_closed.html", status=410)


def _landing(request: HttpRequest, party: Party, *, too_often: bool) -> HttpResponse:
    """In the language of the invitation, unless the visitor chose one before."""
    facts = {"party": party, "too_often": too_often}
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
        return render(request, "engagements/invitation.html", facts)
    with override(party.person.language):
        return in_language(render(request, "engagements/invitation.html", facts), party.person.language)


@form_page
def answer(request: HttpRequest, party_id: UUID) -> HttpResponse:
    party = _own(request, party_id)
    form = AnswerForm(request.POST or None, initial={"name": request.user.name})
    if form.is_valid():
        try:
            actions.accept_invitation(party, by=request.user, name=form.cleaned_data["name"])
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            return redirect("engagement", party.engagement_id)
    facts = {"party": party, "engagement": party.engagement, "form": form}
    facts["outlook"] = outlook(party.engagement.shape_, party.role_)
    return render(request, "engagements/answer.html", facts)


@require_POST
def decline(request: HttpRequest, party_id: UUID) -> HttpResponse:
    try:
        actions.decline_invitation(_own(request, party_id), by=request.user)
    except Refused:
        return redirect("engagements:answer_invitation", party_id)
    return redirect("today")


def _own(request: HttpRequest, party_id: UUID) -> Party:
    party = answerable(request.user, party_id)
    if party is None:
        raise Http404
    return party
