"""The list of engagements, and a new one."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from driehoek.engagements import actions
from driehoek.engagements.forms import FoundForm, StartForm
from driehoek.engagements.queries import engagements_of, guest_at, in_list
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.people.queries import hosts

ON_A_PAGE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = Paginator(engagements_of(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [in_list(engagement, request.user) for engagement in found]
    return render(request, "engagements/index.html", {"rows": rows, "page_obj": found})


@form_page
def new(request: HttpRequest) -> HttpResponse:
    is_host = hosts(request.user).exists()
    if not is_host and settings.REGISTRATION != "open":
        return render(request, "engagements/cannot_start.html", {"guest_at": guest_at(request.user)})
    kind = StartForm if is_host else FoundForm
    form = kind(request.POST or None, person=request.user, initial={"shape": request.GET.get("shape")})
    if form.is_valid():
        start = actions.start_engagement if is_host else actions.found_and_start
        try:
            engagement = start(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return redirect(_page_after(form), engagement.pk)
    return render(request, "engagements/new.html", {"form": form})


def _page_after(form: StartForm) -> str:
    """Whom to invite; but when are the phases, for a consultant who begins both."""
    both = actions.is_first_phase(form.cleaned_data["shape"], form.cleaned_data["role"])
    return "blended:plan" if both else "engagements:parties"
