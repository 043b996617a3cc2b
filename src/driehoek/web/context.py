"""What the layout of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from driehoek.access import Role
from driehoek.web.menu import menu_for
from driehoek.web.queries import demo_people


def layout(request: HttpRequest) -> dict[str, Any]:
    """Menu and role: no queries. In the demo also the people one can step into, asked when shown."""
    facts: dict[str, Any] = {"menu": menu_for(request), "person_role": _role(request)}
    if settings.DEMO:
        facts["demo_people"] = SimpleLazyObject(lambda: demo_people(getattr(request, "user", None)))
    return facts


def _role(request: HttpRequest) -> str:
    engagement = getattr(request, "engagement", None)
    held = engagement.roles_of(request.user) if engagement else frozenset()
    return next((str(role) for role in Role if role in held), "")
