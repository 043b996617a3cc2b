"""The doors of what belongs to one organisation, or to the installation; others get a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from driehoek.people import queries
from driehoek.people.models import Organisation, Person
from driehoek.people.queries import administered

View = Callable[..., HttpResponse]


def operates(view: View) -> View:
    """For whoever looks after the installation; to others the page does not exist: 2 queries."""

    @wraps(view)
    def door(request: HttpRequest, **parts: Any) -> HttpResponse:
        if not isinstance(request.user, Person) or not queries.operates(request.user):
            raise Http404
        return view(request, **parts)

    return door


def administers(view: View) -> View:
    """Hand the view the organisation, when the reader administers it: 1 query."""

    @wraps(view)
    def door(request: HttpRequest, organisation_id: UUID, **parts: Any) -> HttpResponse:
        person = request.user
        mine = administered(person) if isinstance(person, Person) else Organisation.objects.none()
        if (organisation := mine.filter(pk=organisation_id).first()) is None:
            raise Http404
        return view(request, organisation, **parts)

    return door
