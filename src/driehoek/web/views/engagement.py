"""One engagement: the triangle, what is asked now, the path, the goals and the plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from driehoek.access import RECEIVERS, Permission, Role
from driehoek.audit.actions import note_looks
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.web.queries import trajectory, with_everything


@enters(Permission.SEE_ENGAGEMENT, having=with_everything)
@require_safe
def show(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """Several kinds of content on one page: each of them that is shown is noted as a look."""
    page = trajectory(engagement, request.user)
    roles = engagement.roles_of(request.user)
    readers = roles - {Role.COACHEE, Role.ORG_ADMIN}
    if readers and request.method == "GET":
        note_looks(engagement.pk, person=request.user, roles=readers, kinds=page.kinds)
    template = "engagement_received" if roles & set(RECEIVERS) and page.coachee else "engagement"
    return render(request, f"web/{template}.html", {"engagement": engagement, "page": page})
