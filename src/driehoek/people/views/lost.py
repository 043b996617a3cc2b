"""Letters that did not arrive, for whoever looks after the installation: never for whom, never the words."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.outbox import actions as outbox
from driehoek.outbox.queries import given_up, trouble
from driehoek.outbox.wording import called, why_not
from driehoek.people.guards import operates

ON_A_PAGE = 50


@operates
@require_safe
def lost_letters(request: HttpRequest) -> HttpResponse:
    found = Paginator(given_up(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(letter, called(letter.template), why_not(letter.last_error)) for letter in found]
    return render(
        request, "people/lost_letters.html", {"page_obj": found, "rows": rows, "trouble": trouble()}
    )


@operates
@require_POST
def try_again(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    if outbox.try_again(letter_id):
        messages.success(request, _("It is tried again within a minute."))
    else:
        messages.info(request, _("There is nothing left of this letter to send."))
    return redirect("people:lost_letters")


@operates
@require_POST
def let_go(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    outbox.let_go(letter_id)
    messages.success(request, _("This letter is not tried any more."))
    return redirect("people:lost_letters")
