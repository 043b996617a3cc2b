"""Which letters come to somebody: chosen on a page, or stopped from the letter itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from driehoek.kit.pages import form_page
from driehoek.outbox import actions as outbox
from driehoek.outbox.queries import unwanted_by
from driehoek.outbox.stopping import read_token
from driehoek.outbox.wording import OPTIONAL
from driehoek.people.forms import LettersForm


@csrf_exempt  # a mail program presses the button by itself: it has no cookies, and the mark says enough
@login_not_required
@form_page
def stop_letters(request: HttpRequest, token: str) -> HttpResponse:
    _whose, template = read_token(token)
    stopped = request.method == "POST" and bool(outbox.stop_letters(token))
    facts = {"letter": OPTIONAL.get(template, ""), "stopped": stopped}
    return render(request, "people/stop_letters.html", facts, status=200 if template else 404)


@form_page
def letters(request: HttpRequest) -> HttpResponse:
    wanted = set(OPTIONAL) - unwanted_by(request.user.email)
    sent = request.POST if request.method == "POST" else None  # with nothing ticked it is empty, and says so
    form = LettersForm(sent, initial={"wanted": list(wanted)})
    if form.is_valid():
        outbox.choose_letters(request.user.email, wanted=form.cleaned_data["wanted"])
        messages.success(request, _("Saved. Letters that ask something of you always come."))
        return redirect("people:profile")
    return render(request, "people/letters.html", {"form": form})
