"""The first conversation, of coachee and coach only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.intake.actions import keep_acquaintance
from driehoek.intake.forms import AcquaintanceForm
from driehoek.intake.guards import insist
from driehoek.intake.queries import acquaintance_of
from driehoek.intake.wording import reading_language
from driehoek.kit.errors import Conflict


@enters(Permission.READ_ACQUAINTANCE)
@require_http_methods(["GET", "POST"])
def acquaintance(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    if request.method == "POST":
        insist(request, engagement, Permission.WRITE_ACQUAINTANCE)
    row, language = acquaintance_of(engagement), reading_language()
    typed = request.POST if request.method == "POST" else None
    form = AcquaintanceForm(typed, row=row, language=language)
    if form.is_valid():
        try:
            keep_acquaintance(engagement, by=request.user, **form.facts)
            messages.success(request, _("Kept. You both read the same text here."))
            return redirect("intake:acquaintance", engagement.pk)
        except Conflict as conflict:
            form = form.with_theirs(acquaintance_of(engagement), language)
            form.add_error(conflict.field, conflict.message)
    return render(request, "intake/acquaintance.html", {"engagement": engagement, "row": row, "form": form})
