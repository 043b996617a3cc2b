"""The page of somebody who is asked: without an account, everything on one page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.surveys.actions import hand_in
from driehoek.surveys.forms import AnswerForm
from driehoek.surveys.queries import Link, asked_in, link_behind

ANSWERED = "surveys answered"
"""In the sealed session of this browser, which shared links were answered from it."""


@login_not_required
@never_cache
@form_page
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; handing in does."""
    if (link := link_behind(token)) is None:
        return render(request, "surveys/link_closed.html", status=410)
    one, done = link.survey, request.session.get(ANSWERED, [])
    form = AnswerForm(request.POST if request.method == "POST" else None, asked=asked_in(one))
    if form.is_valid():
        try:
            hand_in(token, **form.facts)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            return _handed_in(request, link)
    shown = {"one": one, "form": form, "asked": form.asked, "again": str(one.pk) in done}
    return render(request, "surveys/answer.html", shown | {"is_shared": link.letter is None})


def _handed_in(request: HttpRequest, link: Link) -> HttpResponse:
    """A link of one person works no more after it, so only a shared one need be remembered."""
    if link.letter is None:
        request.session[ANSWERED] = [*request.session.get(ANSWERED, []), str(link.survey.pk)]
    return redirect("survey:thanks")


@login_not_required
@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "surveys/thanks.html")
