"""The coach's own estimate of the help relationship."""

from django.db import transaction

from driehoek.engagements.models import Engagement
from driehoek.intake.models import HelpEstimate
from driehoek.kit import clock
from driehoek.method.intake import HelpRelationship
from driehoek.people.models import Person


@transaction.atomic
def keep_estimate(engagement: Engagement, *, by: Person, relationship: HelpRelationship) -> HelpEstimate:
    """Keep how the coach sees the help relationship now; an earlier estimate is replaced."""
    now = clock.now()
    estimate, _is_new = HelpEstimate.objects.select_for_update().get_or_create(
        engagement=engagement, author=by, defaults={"made_at": now}
    )
    estimate.engagement, estimate.relationship, estimate.made_at = engagement, relationship, now
    estimate.save()
    return estimate
