"""Booking and moving a session by oneself."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.booking.queries import booking_of, free_for, taken_for, too_late_to_move
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement, Meeting
from driehoek.engagements.queries import TALKING
from driehoek.kit.errors import Refused
from driehoek.method.availability import nearest
from driehoek.people.models import Person
from driehoek.sessions.actions import hold_people, hold_session, put_at, put_elsewhere
from driehoek.sessions.models import Session
from driehoek.sessions.queries import rhythm


class NotFree(Refused):
    """The moment went to somebody else meanwhile, or can no longer be booked; `others` are near it."""

    def __init__(self, message: str, others: Sequence[datetime]):
        super().__init__(None, message)
        self.others = tuple(others)


@transaction.atomic
def book(engagement: Engagement, *, starts_at: datetime, by: Person) -> Session:
    """Give the next session this moment; a second press finds it booked.

    Raises NotFree when it is not free any more. Refuses beyond the agreed number.
    """
    engagement = hold(engagement, Permission.BOOK_SESSION)
    hold_people(engagement)
    if same := engagement.sessions.filter(starts_at=starts_at, cancelled_at=None).first():
        return same
    refuse_unfree(engagement, starts_at, minutes=rhythm(engagement).minutes)
    return put_at(engagement, starts_at)


@transaction.atomic
def book_elsewhere(session: Session, *, starts_at: datetime, by: Person) -> Session:
    """Give a planned session another moment.

    Raises NotFree as `book` does. Refuses the coachee where cancelling now would count the session as used.
    """
    session = hold_session(session, Permission.BOOK_SESSION)
    hold_people(session.engagement)
    if starts_at == session.starts_at:
        return session
    if session.engagement.roles_of(by) == {Role.COACHEE} and _too_late(session):
        raise Refused(None, _("It is too late to move this session yourself. Write to your coach."))
    refuse_unfree(session.engagement, starts_at, minutes=session.minutes, but=session)
    return put_elsewhere(session, starts_at)


def _too_late(session: Session) -> bool:
    return too_late_to_move(session, rhythm(session.engagement).cancel)


def refuse_unfree(
    engagement: Engagement,
    starts_at: datetime,
    *,
    minutes: int,
    but: Session | Meeting | None = None,
    roles: Collection[Role] = TALKING,
) -> None:
    """Raise NotFree unless all in these roles can, within the hours of the coach. After `hold_people`."""
    availability = booking_of(engagement).availability
    if availability is None:
        raise NotFree(_("The coach cannot be booked here any more. Nothing was changed."), [])
    free = free_for(engagement, availability, minutes=minutes, but=but, around=starts_at, roles=roles)
    if starts_at in free:
        return
    zone = ZoneInfo(availability.timezone)
    taken = taken_for(engagement, availability.days_ahead, zone, but=but, roles=roles)
    gone = any(begins <= starts_at < ends for begins, ends in taken)
    words = _("This time was just taken.") if gone else _("This time can no longer be booked.")
    raise NotFree(words, nearest(free, starts_at))
