"""Things that hold for every answer, and the keeping of words when a session ends under somebody's hands."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware, get_user
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode

from driehoek.people.actions import drop_kept, keep_form
from driehoek.people.models import KeptForm, Person
from driehoek.people.queries import kept_form, mark_of, typist

Next = Callable[[HttpRequest], HttpResponse]


def only_utf8(get_response: Next) -> Next:
    """A form in another alphabet than ours is no form of ours, and reading it could break."""

    def answer(request: HttpRequest) -> HttpResponse:
        params = request.content_params or {}
        if params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
            request.encoding = "utf-8"  # for the page that says so
            raise BadRequest("not in UTF-8")
        return get_response(request)

    return answer


class SignedIn(LoginRequiredMiddleware):
    """Django's own; and from here on `request.user` is the person, no longer a stand-in that looks it up.

    A page asks it some three hundred things, and the stand-in took a twentieth of the time to pass them on.
    """

    def process_view(self, request: HttpRequest, view_func: Any, *args: Any) -> HttpResponseBase | None:
        request.user = get_user(request)
        return super().process_view(request, view_func, *args)


def say_what_a_button_is(get_response: Next) -> Next:
    """Who reloads what was the answer to a button gets a page with a way on."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET":
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    return answer


def no_store(get_response: Next) -> Next:
    """Pages of a signed-in person stay out of every cache."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response

    return answer


def keep_typed_words(get_response: Next) -> Next:
    """What was typed is kept when the session ended while somebody was writing.

    The form itself says whose words they are, by a signed mark; they are shown to nobody else.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return get_response(request)
        if request.user.is_authenticated and (elsewhere := _typed_by_another(request)):
            return for_another(request, keep(request, elsewhere))
        response = get_response(request)
        if request.user.is_authenticated:
            _arrived(request, response)
        elif _sent_away(request, response):
            return _kept_or(response, request)
        return response

    return answer


def own_origin(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(said)
    if f"{parts.scheme}://{parts.netloc}" in settings.CSRF_TRUSTED_ORIGINS:
        return True
    return parts.netloc == request.get_host() and parts.scheme == request.scheme


def typist_of(request: HttpRequest) -> Person | None:
    """Who had the form on screen, by its mark: at most 1 query."""
    mark = request.POST.get("_who")
    return typist(mark) if mark else None


def keep(request: HttpRequest, person: Person) -> KeptForm:
    """Keep the words of this form for the one who typed them; a file cannot be kept, its name can."""
    return keep_form(
        person,
        path=request.get_full_path(),
        fields=dict(request.POST.lists()),
        files=[file.name or "" for file in request.FILES.values()],
    )


def sign_in_for(request: HttpRequest, kept: KeptForm) -> HttpResponse:
    """To the sign-in page and from there to the words; a script hears that nothing was saved."""
    to = resolve_url("kept", kept.pk)
    url = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'why': 'words', 'next': to})}"
    if request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate" and not request.htmx:
        return redirect(url)
    return HttpResponse(status=401, headers={"HX-Redirect": url})


def for_another(request: HttpRequest, kept: KeptForm) -> HttpResponse:
    """The form was on the screen of somebody else: nothing is done in the name of who is signed in now."""
    return render(request, "web/kept_for_another.html", {"kept": kept}, status=409)


def _typed_by_another(request: HttpRequest) -> Person | None:
    mark = request.POST.get("_who")
    if not mark or mark_of(mark) == str(request.user.pk) or not own_origin(request):
        return None
    return typist(mark)


def _sent_away(request: HttpRequest, response: HttpResponse) -> bool:
    to = response.get("Location", "")
    return response.status_code == 302 and to.startswith(f"{resolve_url(settings.LOGIN_URL)}?next=")


def _kept_or(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    person = typist_of(request)
    return sign_in_for(request, keep(request, person)) if person else response


def _arrived(request: HttpRequest, response: HttpResponse) -> None:
    """Words that were kept and sent again have reached their page: kept they need not be any longer."""
    if (name := request.POST.get("_kept")) and response.status_code < 400:
        try:
            kept = kept_form(request.user, UUID(name))  # type: ignore[arg-type]
        except ValueError:  # no name of ours
            return
        if kept is not None:
            drop_kept(kept)
