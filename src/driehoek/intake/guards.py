"""A second door inside a page: reading it is one permission, writing on it another."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from driehoek.access import Permission
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import why_not


def insist(request: HttpRequest, engagement: Engagement, permission: Permission) -> None:
    """Go on only when the reader may do this now; otherwise 403 with the reason."""
    if not engagement.lets(request.user, permission):  # type: ignore[arg-type]
        raise PermissionDenied(why_not(permission, engagement))
