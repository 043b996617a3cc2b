"""The one-time link by which the first administrator of an installation begins."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.people import actions
from driehoek.people.adapter import sign_in_directly
from driehoek.people.forms import FirstAdministratorForm
from driehoek.people.queries import link_of


@login_not_required
@never_cache
@form_page
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; the button makes the person and signs them in."""
    link = link_of(token, purpose="first-admin")
    if link is None or not link.is_open:
        return render(request, "people/link_closed.html", {"first": True}, status=410)
    form = FirstAdministratorForm(request.POST or None)
    if form.is_valid():
        facts = form.cleaned_data | {"language": (get_language() or "")[:2]}
        try:
            sign_in_directly(request, actions.install_first_administrator(link, **facts))
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect("today")
    return render(request, "people/first_administrator.html", {"form": form})
