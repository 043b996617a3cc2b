"""What somebody moved in their own calendar, moved here by the same rules as on the page."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.booking.actions.choosing import book_elsewhere
from driehoek.booking.actions.meetings import name_moment, plan_meeting
from driehoek.engagements.models import Meeting
from driehoek.engagements.queries import may_plan
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person
from driehoek.sessions.actions import move_session
from driehoek.sessions.models import Session


@transaction.atomic
def move_as_on_the_page(what: Session | Meeting, starts_at: datetime, by: Person) -> Session | Meeting:
    """Give it the moment to which somebody moved it. Refuses as the pages do, and what lies behind.

    The coach or consultant at any time, as when planning; the others where it is free, as when choosing.
    """
    if starts_at <= clock.now():
        raise Refused(None, _("This moment lies behind you."))
    engagement = what.engagement
    there = starts_at.astimezone(engagement.zone)
    roles = engagement.roles_of(by)
    if isinstance(what, Meeting):
        if not may_plan(engagement, by, what.kind):
            raise Refused(None, _("You do not plan this meeting. Ask who does for another moment."))
        seen, kind = what.starts_at, what.kind
        if roles & {Role.COACH, Role.CONSULTANT}:
            return name_moment(engagement, kind, on=there.date(), at=there.time(), by=by, instead_of=seen)
        return plan_meeting(engagement, kind, starts_at=starts_at, by=by, instead_of=seen)
    if Role.COACH in roles:
        return move_session(what, on=there.date(), at=there.time(), by=by)
    return book_elsewhere(what, starts_at=starts_at, by=by)
