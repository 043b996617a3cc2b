"""Reading an agreement, on the page and on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from driehoek.access import Permission
from driehoek.agreements.queries import latest_version, version_to_read
from driehoek.agreements.queries.reading import reading, reading_of_draft
from driehoek.agreements.views.tabs import tabs
from driehoek.documents.pdf import render as print_pdf
from driehoek.documents.responses import pdf_response
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused


@enters(Permission.READ_AGREEMENT)
@require_GET
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found, last = version_to_read(engagement)
    if found:
        context = reading(engagement, found, request.user)
    else:
        context = reading_of_draft(engagement, request.user, last=last)
    context["tabs"] = tabs(engagement, request.user, "agreements:index")
    return render(request, "agreements/index.html", context)


@enters(Permission.READ_AGREEMENT)
@require_GET
def version(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    found = get_object_or_404(engagement.versions.select_related("offered_by"), number=number)
    return render(request, "agreements/index.html", reading(engagement, found, request.user))


@enters(Permission.READ_AGREEMENT)
@require_GET
def pdf(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    found = engagement.versions.filter(number=number).first()
    if found:
        context = reading(engagement, found, request.user)
    else:
        context = reading_of_draft(engagement, request.user, last=latest_version(engagement))
    if context["number"] != number:
        raise Http404
    try:
        return _on_paper(context["paper"], number)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    page = "agreements:version" if found else "agreements:index"
    return redirect(page, engagement.pk, *([number] if found else []))


def _on_paper(data: dict[str, Any], number: int) -> HttpResponse:
    language, title = (get_language() or "nl")[:2], data["title"]
    made = print_pdf("agreement", data, language=language, title=title, now=clock.now())
    name = _("%(title)s, version %(number)d") % {"title": title, "number": number}
    return pdf_response(made, f"{name}.pdf")
