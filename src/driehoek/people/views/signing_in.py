"""Signing in with a code by mail, and signing out."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from driehoek.kit.pages import form_page
from driehoek.people.adapter import begin_signing_in, minutes_of_a_code
from driehoek.people.forms import AddressForm
from driehoek.people.queries import person_of

WHY = ("expired", "attempts", "words", "words-elsewhere")


@login_not_required
@never_cache
@form_page
def ask_address(request: HttpRequest) -> HttpResponse:
    """Ask the address; a known and an unknown one get the same answer."""
    if request.user.is_authenticated:
        return redirect(_next(request) or "today")
    form = AddressForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"].lower()
        if begin_signing_in(request, email=email, person=person_of(email)):
            return redirect(_with_next(request, reverse("account_confirm_login_code")))
        form.add_error("email", _("You asked for several codes in a short time. Wait a minute."))
    why = request.GET.get("why")
    return render(
        request,
        "people/sign_in.html",
        {"form": form, "next": _next(request), "why": why if why in WHY else ""},
    )


@method_decorator([login_not_required, never_cache], name="dispatch")
class TypeCode(ConfirmLoginCodeView):
    """The second page: the code. allauth compares, counts the attempts and lets in."""

    template_name = "people/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().dispatch(request, *args, **kwargs)
        if isinstance(answer, HttpResponseRedirect) and answer.url == reverse("account_request_login_code"):
            why = "attempts" if getattr(self, "is_used_up", False) else "expired"
            return redirect(_with_next(request, answer.url, why=why))
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        answer = super().form_invalid(form)
        self.is_used_up = isinstance(answer, HttpResponseRedirect)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = {"next": _next(self.request), "minutes": minutes_of_a_code()}
        return super().get_context_data(**kwargs) | here


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    wanted = _next(request)
    logout(request)
    return redirect(wanted or "front")


def _next(request: HttpRequest) -> str:
    """Where to go afterwards: only a path of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _with_next(request: HttpRequest, url: str, **more: str) -> str:
    wanted = _next(request)
    facts = more | ({"next": wanted} if wanted else {})
    return f"{resolve_url(url)}?{urlencode(facts)}" if facts else url
