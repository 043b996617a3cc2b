"""The pages of whoever measures: a survey from its beginning to what is told of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.surveys import actions
from driehoek.surveys.actions.letters import address_behind
from driehoek.surveys.forms import BeginForm
from driehoek.surveys.models import Survey
from driehoek.surveys.queries import asked_in, report_of, shares_under_way, survey_in, surveys_of, ticks


@enters(Permission.READ_MEASUREMENTS)
@require_safe
def index(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = [(one, asked_in(one).title) for one in surveys_of(engagement)]
    return render(request, "surveys/index.html", {"engagement": engagement, "found": found})


@enters(Permission.ENTER_MEASUREMENTS)
@form_page
def begin(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = BeginForm(request.POST or None, shares=shares_under_way(engagement))
    if form.is_valid():
        try:
            one = actions.begin_survey(engagement, by=request.user, **form.facts)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("The survey is open."))
            return redirect("surveys:show", engagement.pk, one.pk)
    return render(request, "surveys/begin.html", {"engagement": engagement, "form": form})


@enters(Permission.READ_MEASUREMENTS)
@require_safe
def show(request: HttpRequest, engagement: Engagement, survey_id: UUID) -> HttpResponse:
    one = _found(engagement, survey_id)
    context = {"engagement": engagement, "one": one, "asked": asked_in(one)}
    if one.closed_at:
        return render(request, "surveys/report.html", context | {"told": report_of(one), "ticks": ticks()})
    return render(
        request, "surveys/under_way.html", context | {"link": one.link and address_behind(one.link)}
    )


@enters(Permission.ENTER_MEASUREMENTS)
@require_POST
def close(request: HttpRequest, engagement: Engagement, survey_id: UUID) -> HttpResponse:
    try:
        actions.close_early(_found(engagement, survey_id))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("surveys:show", engagement.pk, survey_id)


def _found(engagement: Engagement, survey_id: UUID) -> Survey:
    if (one := survey_in(engagement, survey_id)) is None:
        raise Http404
    one.engagement = engagement
    return one
