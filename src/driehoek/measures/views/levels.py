"""The page on which a party scores the levels of the goals."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from driehoek.access import Permission, Role
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.measures import actions, queries
from driehoek.measures.forms import LevelsForm
from driehoek.measures.models import AttainmentScore
from driehoek.measures.wording import MOMENT_SHUT


@enters(Permission.SCORE_ATTAINMENT)
@form_page
def score(request: HttpRequest, engagement: Engagement, moment: str) -> HttpResponse:
    role = queries.scoring_role(engagement, request.user)
    if role is None or moment not in AttainmentScore.Moment.values:
        raise Http404
    goals = queries.attainment(engagement, request.user)
    form = LevelsForm(request.POST or None, goals=goals, role=role, moment=moment)
    if form.is_valid() and _scored(request, engagement, form, role=role, moment=moment):
        return redirect("engagement", engagement.pk)
    chip = queries.who_sees_own_score(engagement, request.user)
    context = {"engagement": engagement, "form": form, "moment": moment, "chip": chip}
    if not queries.can_be_scored(engagement, moment):
        context |= {"shut": MOMENT_SHUT[moment], "own": queries.own_scores(goals, role, moment)}
    return render(request, "measures/score.html", context)


def _scored(
    request: HttpRequest, engagement: Engagement, form: LevelsForm, *, role: Role, moment: str
) -> bool:
    try:
        actions.score_levels(engagement, by=request.user, role=role, moment=moment, levels=form.levels)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    return not form.errors
