"""The coach's own estimate of the coachee."""

from django.db import transaction

from driehoek.engagements.models import Engagement
from driehoek.intake.models import HelpEstimate
from driehoek.kit import clock
from driehoek.method.intake import HelpRelationship
from driehoek.method.questions import SelfSteering
from driehoek.people.models import Person


@transaction.atomic
def keep_estimate(
    engagement: Engagement,
    *,
    by: Person,
    relationship: HelpRelationship,
    self_steering: SelfSteering | None = None,
    learns_by: str = "",
) -> HelpEstimate:
    """Keep how the coach sees the coachee now, in three respects; an earlier estimate is replaced."""
    now = clock.now()
    estimate, _is_new = HelpEstimate.objects.select_for_update().get_or_create(
        engagement=engagement, author=by, defaults={"made_at": now}
    )
    estimate.engagement, estimate.relationship, estimate.made_at = engagement, relationship, now
    estimate.self_steering, estimate.learns_by = self_steering or "", learns_by
    estimate.save()
    return estimate
