"""The first conversation, of coachee and coach only."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import planned_for, with_standing
from driehoek.intake.actions import keep_acquaintance
from driehoek.intake.forms import AcquaintanceForm
from driehoek.intake.guards import insist
from driehoek.intake.queries import acquaintance_of, beginning_of
from driehoek.intake.wording import reading_language
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.pages import form_page


@enters(Permission.READ_ACQUAINTANCE, having=with_standing)
@form_page
def acquaintance(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    if request.method == "POST":
        insist(request, engagement, Permission.WRITE_ACQUAINTANCE)
    row, language = acquaintance_of(engagement), reading_language()
    typed = request.POST if request.method == "POST" else None
    planned = planned_for(engagement, request.user, "acquaintance")
    form = AcquaintanceForm(typed, row=row, language=language, talked_on=planned.past_day)
    if form.is_valid():
        try:
            keep_acquaintance(engagement, by=request.user, **form.facts)
            messages.success(request, _("Kept. You both read the same text here."))
            return redirect("intake:acquaintance", engagement.pk)
        except Refused as refusal:
            form = _refused(engagement, form, refusal)
    return _page(request, engagement, {"row": row, "form": form, "planned": planned})


def _refused(engagement: Engagement, form: AcquaintanceForm, refusal: Refused) -> AcquaintanceForm:
    """The form with what was typed; after a clash with the other text above it."""
    if isinstance(refusal, Conflict):
        form = form.with_theirs(acquaintance_of(engagement), reading_language())
    form.add_error(refusal.field, refusal.message)
    return form


def _page(request: HttpRequest, engagement: Engagement, facts: Mapping[str, object]) -> HttpResponse:
    began = beginning_of(engagement, request.user, reading_language())  # type: ignore[arg-type]
    return render(request, "intake/acquaintance.html", {**facts, "engagement": engagement, "began": began})
