"""What will be delivered: the list, and each promise on a page of its own."""

from collections.abc import Collection
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from driehoek.access import Permission
from driehoek.agreements.actions import remove_deliverable, save_deliverable, too_many_deliverables
from driehoek.agreements.forms import DeliverableForm
from driehoek.agreements.models import Deliverable
from driehoek.agreements.queries import draft_as_it_stands, goals_of, promises, version_offered
from driehoek.agreements.queries.deliverables import (
    MOST_DELIVERABLES,
    criteria_under,
    deliverable_with,
    deliverables_of,
)
from driehoek.agreements.queries.language import language_of
from driehoek.agreements.queries.starting import ready_deliverables
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.pages import form_page
from driehoek.method.deliverables import ReadyDeliverable


@enters(Permission.DRAFT_AGREEMENT)
@form_page
def deliverable(
    request: HttpRequest, engagement: Engagement, deliverable_id: UUID | None = None
) -> HttpResponse:
    if not promises(engagement.shape_):
        return redirect("agreements:draft", engagement.pk)
    found = deliverable_with(engagement, deliverable_id)
    if deliverable_id and not found and request.method == "GET":
        raise Http404
    ready = [] if found else _ready(engagement)
    form = _form(request, engagement, found, ready)
    if form.carries_out(save_deliverable, engagement, by=request.user, deliverable_id=deliverable_id):
        return redirect("agreements:deliverables", engagement.pk)
    context = {"engagement": engagement, "form": form, "deliverable": found, "ready": ready}
    context |= {"offered": version_offered(engagement), "refusal": _refusal(engagement, found)}
    return render(request, "agreements/deliverable.html", context)


@enters(Permission.DRAFT_AGREEMENT)
@require_POST
def remove(request: HttpRequest, engagement: Engagement, deliverable_id: UUID) -> HttpResponse:
    if found := deliverable_with(engagement, deliverable_id):
        try:
            remove_deliverable(found, by=request.user)
        except Refused as refusal:
            messages.warning(request, refusal.message)
    return redirect("agreements:deliverables", engagement.pk)


def _form(
    request: HttpRequest,
    engagement: Engagement,
    found: Deliverable | None,
    ready: Collection[ReadyDeliverable],
) -> DeliverableForm:
    """With what stands there, or with what was chosen to begin from."""
    begun = next((one for one in ready if one.id == request.GET.get("from")), None)
    criteria = criteria_under(goals_of(engagement))
    return DeliverableForm(request.POST or None, deliverable=found, criteria=criteria, ready=begun)


def _ready(engagement: Engagement) -> list[ReadyDeliverable]:
    """What a new one can begin from, in the language of the agreement: 2 queries."""
    language = language_of(engagement, draft_as_it_stands(engagement))
    return ready_deliverables(engagement, language, [one.name for one in deliverables_of(engagement)])


def _refusal(engagement: Engagement, found: object) -> str:
    full = not found and len(deliverables_of(engagement)) >= MOST_DELIVERABLES
    return too_many_deliverables() if full else ""
