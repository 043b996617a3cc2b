"""The only way a view gets hold of an engagement."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, UUIDField
from django.http import Http404, HttpRequest, HttpResponse

from driehoek.access import POLICY, READING, Kind, Permission, Role
from driehoek.audit.actions import note_looks
from driehoek.engagements.models import HERE, Engagement
from driehoek.engagements.queries import with_parties
from driehoek.engagements.wording import why_not
from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared
from driehoek.vault import keys

View = Callable[..., HttpResponse]
Adding = Callable[[QuerySet[Engagement]], QuerySet[Engagement]]
_READER = Given("person", UUIDField())

SHOWN_WHILE_WRITING: Final[Mapping[Permission, Kind]] = {
    Permission.WRITE_GOALS: Kind.GOALS,
    Permission.DRAFT_AGREEMENT: Kind.AGREEMENT,
    Permission.COMMENT_AGREEMENT: Kind.AGREEMENT,
    Permission.OFFER_AGREEMENT: Kind.AGREEMENT,
    Permission.SIGN_AGREEMENT: Kind.AGREEMENT,
    Permission.CHANGE_PLAN: Kind.PLAN,
    Permission.HAND_OVER: Kind.DELIVERABLES,
    Permission.JUDGE_DELIVERABLES: Kind.DELIVERABLES,
    Permission.HOLD_REVIEW: Kind.DELIVERABLES,
    Permission.PLAN_SESSIONS: Kind.SESSION_DATES,
    Permission.BOOK_SESSION: Kind.SESSION_DATES,
    Permission.WRITE_SESSION_NOTES: Kind.SESSION_CONTENT,
    Permission.ENTER_MEASUREMENTS: Kind.MEASUREMENTS,
    Permission.SCORE_ATTAINMENT: Kind.GOALS,
    Permission.CHECK_RATERS: Kind.FEEDBACK,
    Permission.ADD_RESULTS: Kind.RESULTS,
    Permission.MARK_RESULTS: Kind.RESULTS,
}
"""Pages on which one writes also show what stands there, to whoever may read it."""


def enters(permission: Permission, *, having: Adding | None = None) -> Callable[[View], View]:
    """Give the view an engagement its reader may enter; `having` adds what the page needs in the same query.

    404 when the reader has no place in it, so that ids cannot be probed; 403 with the reason when
    they have one but may not do this (now). Somebody else's look at content is written down.
    """

    seen = Prepared(lambda: having(_seen())) if having else _PLAIN

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, engagement_id: UUID, **kwargs: Any) -> HttpResponse:
            asked = {"engagement": engagement_id, "person": request.user.pk}
            found = seen.ask(**asked, today=clock.today(), now=clock.now())
            if not found:
                raise Http404
            engagement = with_parties(found[0])
            if request.method in ("GET", "HEAD"):
                engagement.only_read()
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


def _seen() -> QuerySet[Engagement]:
    return Engagement.objects.open_to(_READER, Permission.SEE_ENGAGEMENT).as_seen_by(_READER).filter(pk=HERE)


_PLAIN: Final = Prepared(_seen)


def _note(request: HttpRequest, engagement: Engagement, permission: Permission, answer: HttpResponse) -> None:
    kind = POLICY[permission].kind or SHOWN_WHILE_WRITING.get(permission)
    if kind is None or request.method == "HEAD" or answer.status_code != 200:
        return
    readers = engagement.roles_of(request.user) - {Role.COACHEE, Role.ORG_ADMIN}  # type: ignore[arg-type]
    if readers and engagement.lets(request.user, READING[kind]):  # type: ignore[arg-type]
        note_looks(engagement.pk, person=request.user, roles=readers, kinds=[kind])  # type: ignore[arg-type]
