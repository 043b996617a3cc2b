"""Pages of the draft open while it can be written on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from driehoek.agreements.queries.draft import is_open
from driehoek.engagements.models import Engagement


def while_open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where an agreement is in force and nobody began a change, to the page on which one begins it.

    What was typed goes on to its action, which refuses with the reason and keeps the words.
    """

    @wraps(view)
    def opened(request: HttpRequest, engagement: Engagement, **kwargs: Any) -> HttpResponse:
        if request.method != "POST" and not is_open(engagement):
            return redirect("agreements:change", engagement.pk)
        return view(request, engagement, **kwargs)

    return opened
