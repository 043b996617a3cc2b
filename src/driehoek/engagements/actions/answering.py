from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Stage
from driehoek.engagements.actions.conflicts import lock, refuse_conflict
from driehoek.engagements.actions.meetings import invite_to_meetings
from driehoek.engagements.actions.telling import tell_inviter
from driehoek.engagements.models import Party
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.actions import close_links, rename
from driehoek.people.models import Person


@transaction.atomic
def accept_invitation(party: Party, *, by: Person, name: str) -> Party:
    """Take part from now on, under the name one goes by. Accepting twice is accepting once.

    Refuses somebody else's invitation, a declined one, a role that does not go with another one, and
    an engagement whose agreement was signed without this party.
    """
    engagement = lock(party.engagement, by)
    held = _own(party, by)
    if held.accepted_at:
        return held
    if held.declined_at:
        raise Refused(
            None,
            _("You declined this invitation. Ask %(name)s for a new one if you want to take part after all.")
            % {"name": held.invited_by},
        )
    if engagement.stage_ is Stage.DROPPED:
        raise Refused(None, _("The preparation has ended meanwhile, so there is nothing to take part in."))
    if engagement.stage_ is not Stage.PREPARING:
        raise Refused(
            None,
            _("The agreement has been signed without you. Ask %(name)s how to go on.")
            % {"name": held.invited_by},
        )
    refuse_conflict(engagement, by, held.role_, by=by, called=str(by))
    rename(by, name=name)
    held.accepted_at = clock.now()
    held.save(update_fields=["accepted_at"])
    close_links(held.pk)
    invite_to_meetings(held)
    tell_inviter(held, happened="joined")
    return held


@transaction.atomic
def decline_invitation(party: Party, *, by: Person) -> None:
    """Not take part, without giving a reason. Declining twice is declining once. Refuses after accepting."""
    lock(party.engagement, by)
    held = _own(party, by)
    if held.accepted_at:
        raise Refused(None, _("You take part already. You can step out again on the page of the engagement."))
    if not held.declined_at:
        held.declined_at = clock.now()
        held.save(update_fields=["declined_at"])
        close_links(held.pk)
        tell_inviter(held, happened="declined")


def _own(party: Party, by: Person) -> Party:
    held = Party.objects.select_related("invited_by").filter(pk=party.pk).first()
    if held is None:
        raise Refused(None, _("This invitation has been withdrawn in the meantime."))
    if held.person_id != by.pk:
        raise Refused(None, _("This invitation is for somebody else."))
    return held
