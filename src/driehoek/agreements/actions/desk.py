"""What holds for every change to an agreement that is being written."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from driehoek.access import Permission, Stage
from driehoek.agreements.models import Draft, Version
from driehoek.agreements.queries.draft import first_facts, is_amending
from driehoek.engagements.actions import take_hold
from driehoek.engagements.models import HERE, Engagement
from driehoek.engagements.queries import with_parties
from driehoek.engagements.wording import why_not
from driehoek.kit import clock
from driehoek.kit.errors import Conflict, Refused
from driehoek.kit.prepared import Prepared
from driehoek.people.models import Person

_OFFERED: Final = Prepared(lambda: Version.objects.filter(engagement=HERE, state=Version.State.OFFERED))

_DRAFT: Final = Prepared(lambda: Draft.objects.filter(engagement=HERE))


def take(engagement: Engagement) -> Engagement:
    """The engagement as it stands now, held until the end of the transaction: who comes second waits."""
    return with_parties(take_hold(engagement))


def open_for_changes(engagement: Engagement) -> Engagement:
    """The engagement, held. Raises Refused while a version is offered, and while one is in force that nobody
    began to amend.
    """
    held = take(engagement)
    if held.stage_ in (Stage.PAUSED, Stage.DROPPED):
        raise Refused(None, why_not(Permission.DRAFT_AGREEMENT, held))
    if held.stage_ is Stage.ACTIVE and not is_amending(held):
        raise Refused(
            None, _("The agreement is in force. Begin a change to it first; everybody signs that anew.")
        )
    if held.stage_ not in (Stage.PREPARING, Stage.ACTIVE):
        raise Refused(None, _("The work has ended, so the agreement no longer changes."))
    if offered := next(iter(_OFFERED.ask(engagement=held)), None):
        words = _("Version %(number)d has been offered, so nothing in it changes. Withdraw it first.")
        raise Refused(None, words % {"number": offered.number})
    return held


def draft_of(engagement: Engagement) -> Draft:
    """The draft of an engagement that is held; made at the first need."""
    if there := next(iter(_DRAFT.ask(engagement=engagement)), None):
        return there
    return Draft.objects.create(engagement=engagement, changed_at=clock.now(), **first_facts(engagement))


def refuse_odd_days(**days: date | None) -> None:
    """Raise Refused beside the first day that nobody can have meant."""
    for field, day in days.items():
        if day and not 2000 <= day.year <= 2100:
            raise Refused(field, _("Choose a date between 2000 and 2100."))


def refuse_stale(
    *, opened_at: int | None, now_at: int, mine: object, theirs: object, shown: str, writer: Person | None
) -> None:
    """Raise Conflict when somebody saved something else since this form was opened."""
    if opened_at is None or opened_at == now_at or mine == theirs:
        return
    if writer is None:
        message = _("This was changed in another window. Both versions are here.")
    else:
        message = _("%(name)s was writing too. Both versions are here.") % {"name": writer.first_name_only}
    raise Conflict(None, message, theirs=shown, revision=now_at)
