"""What came of a closed round, on the page and on paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from driehoek.access import Permission, Role
from driehoek.documents.pdf import render as print_pdf
from driehoek.documents.responses import pdf_response
from driehoek.documents.seal import seal_here
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.feedback import actions
from driehoek.feedback.models import Round
from driehoek.feedback.queries import report_of, sinces_of
from driehoek.feedback.queries.paper import paper_of
from driehoek.feedback.queries.verifying import mark_of
from driehoek.feedback.views.rounds import found_round
from driehoek.feedback.wording import moment_words
from driehoek.kit import clock
from driehoek.kit.errors import Refused


@enters(Permission.READ_FEEDBACK)
@require_safe
def report(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    one = found_round(engagement, round_id)
    if one.state != Round.State.CLOSED:
        return redirect("feedback:index", engagement.pk)
    if request.method == "GET":
        actions.have_read(one, by=request.user)
    return render(request, "feedback/report.html", _told(request, one) | {"moment": moment_words(one)})


@enters(Permission.READ_FEEDBACK)
@require_safe
def report_pdf(request: HttpRequest, engagement: Engagement, round_id: UUID) -> HttpResponse:
    one = found_round(engagement, round_id)
    if one.state != Round.State.CLOSED:
        return redirect("feedback:index", engagement.pk)
    found = _told(request, one)
    try:
        return _on_paper(one, paper_of(one, found["told"], found["sinces"]))
    except Refused as refusal:
        messages.warning(request, refusal.message)
    return redirect("feedback:report", engagement.pk, one.pk)


def _on_paper(one: Round, paper: dict[str, Any]) -> HttpResponse:
    language, title = (get_language() or "nl")[:2], paper["title"]
    made = print_pdf("report", paper, language=language, title=title, now=clock.now())
    return pdf_response(seal_here(made, reason=mark_of(one)), f"{title.replace(':', '')}.pdf")


def _told(request: HttpRequest, one: Round) -> dict[str, Any]:
    coachee = one.engagement.party(Role.COACHEE)
    name, is_mine = coachee.first_name, coachee.person_id == request.user.pk
    told, sinces = report_of(one, name, is_own=is_mine), sinces_of(one, name, is_own=is_mine)
    return {"engagement": one.engagement, "round": one, "told": told, "sinces": sinces}
