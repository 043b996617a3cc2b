"""The page on which somebody manages the own feed, and the feed itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.calendars.actions import renew_feed, since_when, switch_off_feed
from driehoek.calendars.queries import calendar_for, feed_of, link_of, mark_of


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return render(request, "calendars/show.html", {"link": link_of(request.user)})


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    renew_feed(request.user)
    messages.success(request, _("This is your link. A link from before no longer works."))
    return redirect("calendars:show")


@require_POST
def switch_off(request: HttpRequest) -> HttpResponse:
    switch_off_feed(request.user)
    messages.success(
        request, _("The link no longer works. Your calendar may show old days until it looks again.")
    )
    return redirect("calendars:show")


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """For programs: whoever holds the link is not asked who they are."""
    found = feed_of(secret)
    if found is None:
        return HttpResponseNotFound(_("There is no calendar here."), content_type="text/plain; charset=utf-8")
    text = calendar_for(found)
    etag, since = f'"{mark_of(text)}"', int(since_when(found, mark_of(text)).timestamp())
    said = {"ETag": etag, "Last-Modified": http_date(since), "Cache-Control": "private, no-cache"}
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=said)
    answer["Content-Language"] = found.person.language
    return get_conditional_response(request, etag, since, answer) or answer
