"""Reading an agreement, on the page and on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import POLICY, Permission, Role, Stage
from driehoek.agreements.actions import printed
from driehoek.agreements.models import Version
from driehoek.agreements.queries import version_to_read, versions
from driehoek.agreements.queries.draft import (
    draft_as_it_stands,
    is_amending,
    receivers_of,
    table_as_it_stands,
    talk_alone,
)
from driehoek.agreements.queries.eyes import STAGES, through_eyes
from driehoek.agreements.queries.reading import reading, reading_of_draft
from driehoek.agreements.queries.sheet import sheet_of
from driehoek.agreements.views.tabs import tabs
from driehoek.documents.responses import pdf_response
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import STAGE_WORDS
from driehoek.kit.errors import Refused


@enters(Permission.READ_AGREEMENT)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = versions(engagement)
    if shown := version_to_read(found):
        context = reading(engagement, shown, request.user, among=found)
    else:
        context = reading_of_draft(engagement, request.user, last=found[0] if found else None)
    preparing = engagement.stage_ is Stage.PREPARING
    context["tabs"] = tabs(engagement, request.user, "agreements:index") if preparing else []
    context["alone"] = talk_alone(engagement)
    context["offered"] = _lies_open(engagement, found)
    context["amending"] = engagement.stage_ is Stage.ACTIVE and is_amending(engagement)
    return render(request, "agreements/index.html", context)


@enters(Permission.READ_AGREEMENT)
@require_safe
def version(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    found = versions(engagement)
    if not (shown := _numbered(found, number)):
        raise Http404
    context = reading(engagement, shown, request.user, among=found)
    return render(request, "agreements/index.html", context)


@enters(Permission.READ_AGREEMENT)
@require_safe
def eyes(request: HttpRequest, engagement: Engagement, receiver: str) -> HttpResponse:
    """Rules and no content: every party may know what the others see."""
    there = {one.role: one.first_name for one in receivers_of(engagement)}
    if receiver not in there:
        raise Http404
    context = {"name": there.pop(receiver), "others": there.items()}
    context |= _through_eyes(engagement, Role(receiver))
    return render(request, "agreements/eyes.html", context)


@enters(Permission.READ_AGREEMENT)
@require_safe
def pdf(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    if not (sheet := sheet_of(engagement, number, request.user)):  # type: ignore[arg-type]
        raise Http404
    try:
        return pdf_response(printed(sheet), f"{sheet.name}.pdf")
    except Refused as refusal:
        messages.warning(request, refusal.message)
    page = "agreements:version" if sheet.version else "agreements:index"
    return redirect(page, engagement.pk, *([number] if sheet.version else []))


def _through_eyes(engagement: Engagement, receiver: Role) -> dict[str, Any]:
    is_draft = engagement.stage_ in (Stage.PREPARING, Stage.DROPPED)
    table = table_as_it_stands(engagement, draft_as_it_stands(engagement)) if is_draft else engagement.table
    return {
        "engagement": engagement,
        "receiver": receiver,
        "is_draft": is_draft,
        "now": Stage.PREPARING if is_draft else engagement.stage_,
        "now_words": STAGE_WORDS[engagement.stage_],
        "stages": [(stage, STAGE_WORDS[stage], stage is engagement.stage_) for stage in STAGES],
        "rows": through_eyes(engagement.shape_, receiver, table),
    }


def _lies_open(engagement: Engagement, found: list[Version]) -> Version | None:
    """What can be signed now: in a pause and after a notice a change rests."""
    if engagement.stage_ not in POLICY[Permission.SIGN_AGREEMENT].stages:
        return None
    return next((one for one in found if one.state == "offered"), None)


def _numbered(found: list[Version], number: int) -> Version | None:
    return next((one for one in found if one.number == number), None)
