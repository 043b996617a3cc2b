"""The first conversation of coachee and coach."""

from driehoek.engagements.models import Engagement
from driehoek.intake.models import Acquaintance


def acquaintance_of(engagement: Engagement) -> Acquaintance:
    """The notes of the first conversation, empty when nothing was written yet: 1 query."""
    found = Acquaintance.objects.filter(engagement=engagement).select_related("changed_by").first()
    if found is None:
        return Acquaintance(engagement=engagement)
    found.engagement = engagement
    return found
