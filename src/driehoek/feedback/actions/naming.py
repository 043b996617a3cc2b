"""Who is asked: named by the coachee, looked at by the coach."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.feedback.actions.rounds import in_state
from driehoek.feedback.models import Rater, Round
from driehoek.feedback.queries.rounds import GROUPS, MOST_RATERS, raters_of
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.people.queries import address_of, mailbox_of


@transaction.atomic
def name_rater(one: Round, *, name: str, email: str, group: str) -> Rater:
    """Put somebody on the list.

    Refuses an address that is there already or that belongs to coachee or coach, a second line manager, and
    more people than anybody asks.
    """
    held = in_state(one, Permission.NAME_RATERS, Round.State.NAMING)
    raters, address, name = list(raters_of(held)), address_of(email), one_line(name)
    if not name:
        raise Refused("name", _("Write the name of who you ask."))
    if group not in GROUPS:
        raise Refused("group", _("Choose the group this person belongs to."))
    if len(raters) >= MOST_RATERS:
        raise Refused("name", _("At most 30 people are asked in one round."))
    if any(mailbox_of(rater.email) == mailbox_of(address) for rater in raters):
        raise Refused("email", _("This address is on the list already. Each person answers once."))
    _refuse_those_who_read(held, address)
    if group == Rater.Group.MANAGER and any(rater.group == group for rater in raters):
        raise Refused("group", _("There is a line manager on the list already. Choose another group."))
    rater = Rater(round=held, group=group, name=name[:120], email=address)
    rater.save(force_insert=True)
    return rater


@transaction.atomic
def take_off(one: Round, rater_id: UUID, *, permission: Permission) -> None:
    """Take somebody off the list: the coachee while making it, the coach while looking at it.

    Twice does no harm.
    """
    naming = permission is Permission.NAME_RATERS
    held = in_state(one, permission, Round.State.NAMING if naming else Round.State.CHECKING)
    held.raters.filter(pk=rater_id).delete()


def _refuse_those_who_read(one: Round, address: str) -> None:
    """Whoever sat in a group twice, or in one about themselves, would know an answer and subtract it."""
    reading = one.engagement.parties.select_related("person").filter(role__in=[Role.COACHEE, Role.COACH])
    for party in reading:
        if mailbox_of(party.person.email) == mailbox_of(address):
            own = _("This is your own address. You answer about yourself later, by yourself.")
            coach = _("This is the address of your coach, who reads what comes in. Ask somebody else.")
            raise Refused("email", own if party.role == Role.COACHEE else coach)
