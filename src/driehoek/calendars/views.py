"""The page of one's own calendar: the feed that programs read, and the calendar that is connected."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from driehoek.calendars import actions
from driehoek.calendars.actions import renew_feed, since_when, switch_off_feed
from driehoek.calendars.forms import ChooseForm, ConnectForm, PasswordForm
from driehoek.calendars.queries import calendar_for, connected, feed_of, link_of, mark_of
from driehoek.calendars.wording import ADDRESSES
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    context = {"link": link_of(request.user), "own": connected(request.user)}
    return render(request, "calendars/show.html", context)


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


@form_page
def connect(request: HttpRequest) -> HttpResponse:
    form = ConnectForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: actions.connect(request.user, **form.cleaned_data)):
        return redirect("calendars:choose")
    return render(request, "calendars/connect.html", {"form": form, "addresses": ADDRESSES})


@form_page
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    if form.is_valid() and _done(form, lambda: actions.renew_password(request.user, **form.cleaned_data)):
        messages.success(request, _("Kept. Your calendar is looked at again within a minute."))
        return redirect("calendars:show")
    return render(request, "calendars/password.html", {"form": form})


@form_page
def choose(request: HttpRequest) -> HttpResponse:
    now = connected(request.user)
    if now is None:
        return redirect("calendars:connect")
    form = ChooseForm(request.POST or None, now=now)
    if form.is_valid():
        actions.choose_calendars(request.user, **form.chosen())
        messages.success(request, _("Kept. Your calendar is looked at within a minute."))
        return redirect("calendars:show")
    return render(request, "calendars/choose.html", {"form": form})


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    actions.look_now(request.user)
    messages.success(request, _("Your calendar is looked at within a minute."))
    return redirect("calendars:show")


@require_POST
def disconnect(request: HttpRequest) -> HttpResponse:
    if left := actions.disconnect(request.user):
        words = ngettext(
            "Disconnected and forgotten. %(count)d session could not be taken out of your calendar: "
            "remove it there yourself.",
            "Disconnected and forgotten. %(count)d sessions could not be taken out of your calendar: "
            "remove them there yourself.",
            left,
        )
        messages.warning(request, words % {"count": left})
    else:
        messages.success(request, _("Disconnected. The password and the times you were taken are forgotten."))
    return redirect("calendars:show")


def _done(form: PasswordForm, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(field, refusal.message)
    return not form.errors


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
