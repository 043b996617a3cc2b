"""The only way a view gets hold of an engagement."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from driehoek.access import POLICY, Permission, Role
from driehoek.audit.actions import note_look
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import why_not
from driehoek.vault import keys

View = Callable[..., HttpResponse]


def enters(permission: Permission) -> Callable[[View], View]:
    """Give the view an engagement its reader may enter.

    404 when the reader has no place in it, so that ids cannot be probed; 403 with the reason when
    they have one but may not do this (now). Somebody else's look at content is written down.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, engagement_id: UUID, **kwargs: Any) -> HttpResponse:
            seen = Engagement.objects.open_to(request.user, Permission.SEE_ENGAGEMENT)  # type: ignore[arg-type]
            engagement = seen.seen_by(request.user).filter(pk=engagement_id).first()  # type: ignore[arg-type]
            if engagement is None:
                raise Http404
            request.engagement = engagement  # type: ignore[attr-defined]
            keys.warm([engagement.data_key] if engagement.data_key else [])
            if not engagement.lets(request.user, permission):  # type: ignore[arg-type]
                raise PermissionDenied(why_not(permission, engagement))
            answer = view(request, engagement, **kwargs)
            _note(request, engagement, permission, answer)
            return answer

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def _note(request: HttpRequest, engagement: Engagement, permission: Permission, answer: HttpResponse) -> None:
    kind = POLICY[permission].kind
    if kind is None or request.method != "GET" or answer.status_code != 200:
        return
    for role in engagement.roles_of(request.user) - {Role.COACHEE, Role.ORG_ADMIN}:  # type: ignore[arg-type]
        note_look(engagement.pk, person=request.user, role=role, kind=kind)  # type: ignore[arg-type]
