"""The known situation whose texts stand ready while an agreement is prepared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from driehoek.access import Permission, Stage
from driehoek.agreements.actions import choose_starting_point
from driehoek.agreements.forms import StartingPointForm
from driehoek.agreements.queries import draft_as_it_stands, version_offered
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.pages import form_page


@enters(Permission.DRAFT_AGREEMENT)
@form_page
def starting_point(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    if request.method != "POST" and engagement.stage_ is not Stage.PREPARING:
        return redirect("agreements:index", engagement.pk)
    draft = draft_as_it_stands(engagement)
    form = StartingPointForm(request.POST or None, engagement=engagement, draft=draft)
    if form.carries_out(choose_starting_point, engagement, by=request.user):
        return redirect("agreements:goals", engagement.pk)
    context = {"engagement": engagement, "form": form, "offered": version_offered(engagement)}
    return render(request, "agreements/starting_point.html", context)
