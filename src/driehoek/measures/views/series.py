"""The page on which a series is pasted or handed in, looked at, and taken over."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.measures import actions
from driehoek.measures.forms import SeriesForm
from driehoek.measures.views.criterion import found
from driehoek.measures.wording import looked_at, series_facts, taken_over


@enters(Permission.ENTER_MEASUREMENTS)
@form_page
def upload(request: HttpRequest, engagement: Engagement, criterion_id: UUID) -> HttpResponse:
    state = found(engagement, criterion_id)
    form = SeriesForm(request.POST or None, request.FILES or None, state=state)
    if form.is_valid() and form.is_confirmed and _taken_over(request, engagement, criterion_id, form):
        return redirect("measures:enter", engagement.pk, criterion_id)
    context = {"engagement": engagement, "state": state, "form": form}
    context |= {
        "facts": series_facts(state.criterion),
        "looked": looked_at(form.found, form.problems, state.criterion),
    }
    return render(request, "measures/upload.html", context)


def _taken_over(request: HttpRequest, engagement: Engagement, criterion_id: UUID, form: SeriesForm) -> bool:
    try:
        count = actions.record_series(
            engagement, criterion_id, by=request.user, values=form.values, **form.said
        )
        messages.success(request, taken_over(count))
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else "rows", refusal.message)
    return not form.errors
