from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Stage
from driehoek.engagements.models import Party
from driehoek.kit.errors import Refused
from driehoek.people.actions import end_membership
from driehoek.people.models import Membership


@transaction.atomic
def remove_member(place: Membership) -> None:
    """No longer of this organisation.

    Refuses who takes part in, or is invited to, an engagement of it that is not closed, and the last
    administrator. Removing twice is removing once.
    """
    taking_part = Party.objects.filter(
        person=place.person_id, declined_at=None, engagement__organisation=place.organisation_id
    )
    if taking_part.exclude(engagement__stage=Stage.CLOSED).exists():
        raise Refused(
            None,
            _("%(name)s takes part in an engagement here that is not closed yet, and so stays.")
            % {"name": place.person},
        )
    end_membership(place)
