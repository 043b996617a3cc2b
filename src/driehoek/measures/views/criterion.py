"""The criterion a page is about."""

from uuid import UUID

from django.http import Http404

from driehoek.engagements.models import Engagement
from driehoek.measures.queries import CriterionState, verdict_on


def found(engagement: Engagement, criterion_id: UUID) -> CriterionState:
    """As it was agreed and measured: 3 queries. Where it was not agreed there is no such page."""
    state = verdict_on(engagement, criterion_id)
    if state is None:
        raise Http404
    return state
