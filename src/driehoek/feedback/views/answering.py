"""The pages of somebody who is asked: without an account, one kind of behaviour at a time."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.feedback.actions import answer_yourself, hand_in, keep_draft
from driehoek.feedback.forms import ScoresForm, WordsForm
from driehoek.feedback.models import Rater
from driehoek.feedback.queries import (
    Draft,
    Invitation,
    draft_of,
    invitation_of,
    left_open,
    rater_by_link,
    round_in,
)
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page

HELD = "feedback link"
"""Where the sealed session keeps the link, so that no address holds it while somebody answers."""


@login_not_required
@never_cache
@form_page
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; one press begins."""
    if (rater := rater_by_link(token)) is None:
        return _closed(request)
    found, is_manager = invitation_of(rater), rater.group == Rater.Group.MANAGER
    knows = not is_manager or draft_of(rater, token).knows
    if request.method == "POST" and (knows or "knows" in request.POST):
        return _begun(request, token, is_manager=is_manager)
    context = {"found": found, "knows": knows, "began": bool(rater.draft)}
    context["untold"] = request.method == "POST"
    return render(request, "feedback/invitation.html", context)


@login_not_required
@never_cache
@form_page
def page(request: HttpRequest, number: int) -> HttpResponse:
    token = request.session.get(HELD, "")
    if (rater := rater_by_link(token)) is None:
        return _closed(request)
    found, draft = invitation_of(rater), draft_of(rater, token)
    form = _form(request.POST if request.method == "POST" else None, found, draft, number)
    if form.is_valid():
        try:
            return _onwards(request, token, number, form, last=len(found.asked.behaviours) + 1)
        except Refused as refusal:
            form.add_error(None, refusal.message)
            draft = draft_of(rater, token)
    return render(request, "feedback/page.html", _shown(found, draft, form, number))


@login_not_required
@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "feedback/thanks.html")


@enters(Permission.NAME_RATERS)
@require_POST
def answer_self(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    if (one := round_in(engagement, round_id)) is None:
        raise Http404
    try:
        request.session[HELD] = answer_yourself(one, holding=request.session.get(HELD, ""))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("feedback:index", engagement.pk)
    return redirect("rater:page", 1)


def _closed(request: HttpRequest) -> HttpResponse:
    return render(request, "feedback/link_closed.html", status=410)


def _begun(request: HttpRequest, token: str, *, is_manager: bool) -> HttpResponse:
    try:
        if is_manager:
            keep_draft(token, knows=True)
    except Refused:
        return _closed(request)
    request.session[HELD] = token
    return redirect("rater:page", 1)


def _form(data: Any, found: Invitation, draft: Draft, number: int) -> ScoresForm | WordsForm:
    behaviours = found.asked.behaviours
    if not 1 <= number <= len(behaviours) + 1:
        raise Http404
    if number > len(behaviours):
        return WordsForm(data, found=found, draft=draft)
    return ScoresForm(data, found=found, behaviour=behaviours[number - 1], draft=draft)


def _onwards(request: HttpRequest, token: str, number: int, form: Any, *, last: int) -> HttpResponse:
    keep_draft(token, **form.facts)
    if "back" in request.POST:
        return redirect("rater:page", max(number - 1, 1))
    if number < last:
        return redirect("rater:page", number + 1)
    return _handed_in(request, token)


def _handed_in(request: HttpRequest, token: str) -> HttpResponse:
    """Those who were asked read thanks; the coachee goes back to the round."""
    rater = rater_by_link(token)
    hand_in(token)
    del request.session[HELD]
    if rater is None or rater.group != Rater.Group.SELF:
        return redirect("rater:thanks")
    messages.success(request, _("Handed in. What you answered about yourself stands apart."))
    return redirect("feedback:index", rater.round.engagement_id)


def _shown(found: Invitation, draft: Draft, form: Any, number: int) -> dict[str, Any]:
    behaviours = found.asked.behaviours
    count = len(behaviours) + 1
    return {
        "found": found,
        "form": form,
        "number": number,
        "count": count,
        "is_last": number == count,
        "title": behaviours[number - 1].name if number < count else "",
        "bars": ["on"] * (number - 1) + ["here"] + [""] * (count - number),
        "left": left_open(found.asked, draft).items() if number == count else (),
    }
