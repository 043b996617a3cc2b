from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import OVER, Permission, Stage
from driehoek.engagements.actions.holding import hold, take_hold
from driehoek.engagements.actions.meetings import lapse_meetings, leave_meetings
from driehoek.engagements.actions.stages import drop
from driehoek.engagements.actions.telling import tell_others
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import needs
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.actions import end_membership
from driehoek.people.models import Membership, Person


@transaction.atomic
def remove_member(place: Membership) -> None:
    """No longer of this organisation.

    Refuses who takes part in, or is invited to, an engagement of it that is not closed, and the last
    administrator. Removing twice is removing once.
    """
    taking_part = Party.objects.filter(
        person=place.person_id, declined_at=None, engagement__organisation=place.organisation_id
    )
    if taking_part.exclude(engagement__stage__in=OVER).exists():
        raise Refused(
            None,
            _("%(name)s takes part in an engagement here that is not closed yet, and so stays.")
            % {"name": place.person},
        )
    end_membership(place)


@transaction.atomic
def step_out(party: Party, *, by: Person) -> None:
    """No longer take part in what is being prepared; no reason is asked for, and the others hear of it.

    Nothing can be agreed without coachee and coach, or consultant and sponsor: when one of them steps out,
    the preparation ends for everybody. Stepping out twice is stepping out once.
    Refuses for somebody else, and once the agreement is in force.
    """
    engagement = take_hold(party.engagement)
    held = Party.objects.filter(pk=party.pk, person=by).first()
    if held is None:
        raise Refused(None, _("This place belongs to somebody else."))
    if held.left_at or engagement.stage_ is Stage.DROPPED:
        return
    hold(engagement, Permission.LEAVE_PREPARATION)
    if not held.accepted_at:
        raise Refused(None, _("You do not take part yet, so you can simply decline."))
    if needs(engagement, by):
        _end(engagement, by)
        return
    leave_meetings(held)
    mine = engagement.parties.filter(person=by, accepted_at__isnull=False)
    now = clock.now()
    tell_others(engagement, by=by, happened="stepped_out", event=held.pk)
    mine.update(accepted_at=None, declined_at=now, left_at=now)


@transaction.atomic
def drop_preparation(engagement: Engagement, *, by: Person) -> None:
    """End a preparation that one began, when it does not come to an agreement. Twice is once.

    Refuses for anybody who did not begin it.
    """
    held = hold(engagement, Permission.DROP_PREPARATION)
    if held.made_by_id != by.pk:
        raise Refused(None, _("Only whoever began this preparation can end it for everybody."))
    if held.stage_ is Stage.PREPARING:
        _end(held, by)


def _end(engagement: Engagement, by: Person) -> None:
    lapse_meetings(engagement)
    drop(engagement, on=clock.today(engagement.time_zone))
    tell_others(engagement, by=by, happened="not_begun", event=engagement.pk)
