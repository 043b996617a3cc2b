"""What manager or sponsor will find on their page, stage by stage."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from driehoek.access import Permission, Stage
from driehoek.agreements.queries.draft import receivers_of
from driehoek.agreements.queries.eyes import STAGES
from driehoek.engagements.guards import enters
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import STAGE_WORDS
from driehoek.web.queries.as_seen import page_as_seen


@enters(Permission.READ_AGREEMENT)
@require_safe
def as_seen(request: HttpRequest, engagement: Engagement, receiver: str, stage: str) -> HttpResponse:
    party = next((one for one in receivers_of(engagement) if one.role == receiver), None)
    chosen = next((one for one in STAGES if one == stage), None)
    if party is None or chosen is None:
        raise Http404
    page = page_as_seen(engagement, party, chosen, by=request.user)  # type: ignore[arg-type]
    context = {
        "engagement": engagement,
        "page": page,
        "receiver": receiver,
        "tabs": _tabs(engagement, receiver, chosen),
    }
    return render(request, "web/as_seen.html", context)


def _tabs(engagement: Engagement, receiver: str, chosen: Stage) -> list[dict[str, object]]:
    return [
        {
            "url": reverse("as_seen", args=[engagement.pk, receiver, stage]),
            "label": STAGE_WORDS[stage],
            "current": stage is chosen,
        }
        for stage in STAGES
    ]
