"""The coach's own estimate of the coachee: dark paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.intake.actions import keep_estimate
from driehoek.intake.forms import EstimateForm
from driehoek.intake.queries import estimate_of, relationship_text
from driehoek.intake.wording import reading_language
from driehoek.kit.pages import form_page


@enters(Permission.ESTIMATE_HELP_RELATIONSHIP)
@form_page
def estimate(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    language, made = reading_language(), estimate_of(engagement, request.user)
    form = EstimateForm(request.POST or None, language=language, made=made)
    if form.is_valid():
        keep_estimate(engagement, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept on dark paper. Nobody else sees it."))
        return redirect("intake:estimate", engagement.pk)
    text = relationship_text(made.relationship if made else "", language)
    context = {"engagement": engagement, "form": form, "made": made, "text": text}
    return render(request, "intake/estimate.html", context)
