"""What a coach reads before a session."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.sessions.queries import before
from driehoek.web.queries.brief import brief_of


@enters(Permission.READ_BRIEF)
@require_safe
def brief(request: HttpRequest, engagement: Engagement, number: int) -> HttpResponse:
    found = before(engagement, number, request.user)
    if found is None:
        raise Http404
    if not found.session.is_planned:
        return redirect("sessions:show", engagement.pk, number)
    context = {
        "engagement": engagement,
        "session": found.session,
        "brief": brief_of(engagement, found),
    }
    return render(request, "web/brief.html", context)
