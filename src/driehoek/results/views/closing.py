"""Beginning, answering and ending the closing."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission, Role
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.results import actions, queries
from driehoek.results.forms import CloseForm, TalkForm
from driehoek.sessions.queries import still_planned


@enters(Permission.READ_RESULTS, having=queries.with_counts)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    talks, written = queries.talks(engagement), queries.readable_reports(engagement, request.user)
    releases = engagement.party(Role.COACHEE) is not None
    context = {
        "engagement": engagement,
        "reports": written,
        "written_by": {report.role for report in written},
        "talks": [(engagement.party(role), talk) for role, talk in talks.items()],
        "releases": queries.releases_to(engagement, request.user) if releases else [],
        "closed_without": queries.closed_without(engagement, written),
        "delivered": queries.delivered_so_far(engagement, request.user),
        "done": queries.done_so_far(engagement, request.user),
    }
    return render(request, "results/index.html", context)


@enters(Permission.BEGIN_CLOSING)
@form_page
def begin_closing(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            actions.begin_closing(engagement, by=request.user)
            return redirect("results:index", engagement.pk)
        except Refused as no:
            refusal = no.message
    return render(request, "results/begin_closing.html", {"engagement": engagement, "refusal": refusal})


@enters(Permission.ANSWER_CLOSING_TALK)
@require_POST
def talk(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = TalkForm(request.POST)
    if form.is_valid():
        with suppress(Refused):  # closed a moment ago: the page it leads to says so
            actions.answer_closing_talk(engagement, by=request.user, comes=form.cleaned_data["comes"])
    return redirect("results:received", engagement.pk)


@enters(Permission.CLOSE_ENGAGEMENT)
@form_page
def close(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form = CloseForm(posted, missing=_missing(engagement))
    if form.is_valid():
        try:
            actions.close_engagement(engagement, **form.cleaned_data)
            return redirect("engagement", engagement.pk)
        except Refused as refused:
            form.add_error(refused.field, refused.message)
    talks = [(engagement.party(role), talk) for role, talk in queries.talks(engagement).items()]
    context = {"engagement": engagement, "form": form, "talks": talks}
    context |= {"delivered": queries.delivered_so_far(engagement, request.user)}
    context |= {"lapse": still_planned(engagement, clock.now()).count()}
    return render(request, "results/close.html", context)


def _missing(engagement: Engagement) -> list[Role]:
    """What was stopped early is closed without asking for reports."""
    return [] if engagement.stops_on else queries.missing_reports(engagement)
