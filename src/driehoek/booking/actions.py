"""Saying when one can be booked, and booking, moving by oneself."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.booking.models import Bookable, Part
from driehoek.booking.queries import booking_of, free_for, taken_for, too_late_to_move
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.method.availability import Hours, nearest
from driehoek.people.models import Person
from driehoek.sessions.actions import hold_people, hold_session, move_session, put_at, put_elsewhere
from driehoek.sessions.models import Session
from driehoek.sessions.queries import rhythm

MOST_OTHER_DAYS = 100


class NotFree(Refused):
    """The moment went to somebody else meanwhile, or can no longer be booked; `others` are near it."""

    def __init__(self, message: str, others: Sequence[datetime]):
        super().__init__(None, message)
        self.others = tuple(others)


@transaction.atomic
def keep_hours(person: Person, *, week: Mapping[int, Sequence[Hours]], **said: str | int | bool) -> Bookable:
    """Keep the ordinary week, and what is `said` besides: zone, notice, buffer, how far ahead, holidays."""
    row, _new = Bookable.objects.select_for_update().update_or_create(
        person=person, defaults={**said, "changed_at": clock.now()}
    )
    row.parts.filter(weekday__isnull=False).delete()
    Part.objects.bulk_create(
        Part(bookable=row, weekday=day, opens=one.opens, closes=one.closes)
        for day, hours in week.items()
        for one in hours
    )
    return row


@transaction.atomic
def add_other_days(person: Person, *, first: date, last: date, hours: Sequence[Hours]) -> None:
    """These days are different: not at all, or at other hours. Refuses what lies behind, and too many."""
    row, _new = Bookable.objects.select_for_update().get_or_create(person=person)
    if last < clock.today(row.time_zone):
        raise Refused("last", _("These days lie behind you. Choose days to come."))
    row.parts.filter(weekday=None, last_on__lt=clock.today(row.time_zone)).delete()
    if row.parts.filter(weekday=None).count() + max(1, len(hours)) > MOST_OTHER_DAYS:
        raise Refused("first", _("There are a hundred other days already. Take some away first."))
    now = clock.now()
    parts = [{"opens": one.opens, "closes": one.closes} for one in hours] or [{}]
    Part.objects.bulk_create(
        Part(bookable=row, first_on=first, last_on=last, added_at=now, **times) for times in parts
    )


@transaction.atomic
def remove_other_days(person: Person, part_id: UUID) -> None:
    """These days are ordinary again. Twice is once."""
    parts = Part.objects.filter(bookable__person=person, weekday=None)
    if found := parts.filter(pk=part_id).first():
        parts.filter(added_at=found.added_at, first_on=found.first_on, last_on=found.last_on).delete()


@transaction.atomic
def book(engagement: Engagement, *, starts_at: datetime, by: Person) -> Session:
    """Give the next session this moment; a second press finds it booked.

    Raises NotFree when it is not free any more. Refuses beyond the agreed number.
    """
    engagement = hold(engagement, Permission.BOOK_SESSION)
    hold_people(engagement)
    if same := engagement.sessions.filter(starts_at=starts_at, cancelled_at=None).first():
        return same
    _refuse_unfree(engagement, starts_at, minutes=rhythm(engagement).minutes)
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
    _refuse_unfree(session.engagement, starts_at, minutes=session.minutes, but=session)
    return put_elsewhere(session, starts_at)


@transaction.atomic
def move_as_on_the_page(session: Session, starts_at: datetime, by: Person) -> Session:
    """Give a session the moment to which its coach or coachee moved it in their own calendar.

    The coach at any time, as when planning; the coachee where it is free and in time, as when booking.
    Refuses as those do, and what lies behind.
    """
    engagement = session.engagement
    if starts_at <= clock.now():
        raise Refused(None, _("This moment lies behind you."))
    if Role.COACH in engagement.roles_of(by):
        there = starts_at.astimezone(engagement.zone)
        return move_session(session, on=there.date(), at=there.time(), by=by)
    return book_elsewhere(session, starts_at=starts_at, by=by)


def _too_late(session: Session) -> bool:
    return too_late_to_move(session, rhythm(session.engagement).cancel)


def _refuse_unfree(
    engagement: Engagement, starts_at: datetime, *, minutes: int, but: Session | None = None
) -> None:
    availability = booking_of(engagement).availability
    if availability is None:
        raise NotFree(_("The coach cannot be booked here any more. Nothing was changed."), [])
    free = free_for(engagement, availability, minutes=minutes, but=but, around=starts_at)
    if starts_at in free:
        return
    taken = taken_for(engagement, availability, but=but)
    gone = any(begins <= starts_at < ends for begins, ends in taken)
    words = _("This time was just taken.") if gone else _("This time can no longer be booked.")
    raise NotFree(words, nearest(free, starts_at))
