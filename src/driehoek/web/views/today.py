"""The front page, and what is asked of the reader now."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from driehoek.kit import clock
from driehoek.web.queries import today_for


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "web/front.html")


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    facts = {"now": today_for(request.user), "date": clock.today()}
    return render(request, "web/today.html", facts)
