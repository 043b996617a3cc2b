"""Only in the demo: step into somebody's role with one click, and read the mail that would have been sent."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from driehoek.kit.pages import in_language
from driehoek.outbox.queries import demo_letters
from driehoek.people.adapter import sign_in_directly
from driehoek.people.models import Person
from driehoek.people.queries import trouble_with_demo


@login_not_required
@require_POST
def step_in(request: HttpRequest, person_id: UUID) -> HttpResponse:
    _only_in_the_demo()
    person = get_object_or_404(Person, pk=person_id, is_active=True)
    sign_in_directly(request, person)
    return in_language(redirect("today"), person.language)


@login_not_required
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    _only_in_the_demo()
    return render(request, "web/demo_mail.html", {"letters": demo_letters()})


def _only_in_the_demo() -> None:
    """Not even routed elsewhere; this holds should somebody route it by mistake, or exchange the database."""
    if not settings.DEMO or trouble_with_demo():
        raise Http404
