"""Choosing a moment for a meeting before or about an agreement, or naming one."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.booking.actions.choosing import refuse_unfree
from driehoek.booking.queries import taken_for, why_not_now
from driehoek.engagements.actions import hold, put_meeting
from driehoek.engagements.models import Engagement, Meeting
from driehoek.engagements.queries import LASTS, TO_PLAN, WHO_MEETS, meeting_of
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import clock_time, week_day
from driehoek.people.models import Person
from driehoek.sessions.actions import hold_people, named_moment

LATEST = timedelta(days=366)


@transaction.atomic
def plan_meeting(
    engagement: Engagement, kind: str, *, starts_at: datetime, by: Person, instead_of: datetime | None
) -> Meeting:
    """Give the meeting this moment; a second press finds it planned.

    `instead_of` is the moment that stood there when it was chosen. Refuses when another one stands there now.
    Raises NotFree when it is not free any more.
    """
    engagement, planned = _held(engagement, kind, instead_of=instead_of, wanted=starts_at)
    if planned and planned.starts_at == starts_at:
        return planned
    refuse_unfree(engagement, starts_at, minutes=LASTS[kind], but=planned, roles=WHO_MEETS[kind])
    return put_meeting(engagement, kind, starts_at, by=by)


@transaction.atomic
def name_moment(
    engagement: Engagement, kind: str, *, on: date, at: time, by: Person, instead_of: datetime | None
) -> Meeting:
    """The coach or consultant names a day and time, also outside of any hours; a second press finds it.

    Refuses what lies behind or far ahead, a clock time that the day skips, and a time at which one of those
    who meet is known to be taken.
    """
    starts_at = named_moment(engagement, on=on, at=at)
    engagement, planned = _held(engagement, kind, instead_of=instead_of, wanted=starts_at)
    if planned and planned.starts_at == starts_at:
        return planned
    if not engagement.roles_of(by) & {Role.COACH, Role.CONSULTANT}:
        guide = engagement.party(Role.COACH) or engagement.party(Role.CONSULTANT)
        words = _("%(name)s names a day and time. Choose a free moment.")
        raise Refused(None, words % {"name": guide.first_name if guide else ""})
    if not clock.now() < starts_at < clock.now() + LATEST:
        raise Refused("on", _("Choose a moment that is still to come, within a year."))
    ends_at = starts_at + timedelta(minutes=LASTS[kind])
    days_ahead = (starts_at - clock.now()).days + 1
    taken = taken_for(engagement, days_ahead, engagement.zone, but=planned, roles=WHO_MEETS[kind])
    if any(begins < ends_at and starts_at < ends for begins, ends in taken):
        raise Refused("at", _("There is something else at this time. Choose another day or time."))
    return put_meeting(engagement, kind, starts_at, by=by)


def _held(
    engagement: Engagement, kind: str, *, instead_of: datetime | None, wanted: datetime
) -> tuple[Engagement, Meeting | None]:
    """The engagement and its people, held; and the meeting that is still to come."""
    engagement = hold(engagement, TO_PLAN[kind])
    hold_people(engagement, WHO_MEETS[kind])
    if refusal := why_not_now(engagement, kind):
        raise Refused(None, refusal)
    standing = meeting_of(engagement, kind)
    planned = standing if standing and not standing.has_begun else None
    now_at = planned.starts_at if planned else None
    if now_at not in (instead_of, wanted):
        raise Refused(None, _meanwhile(engagement, now_at))
    return engagement, planned


def _meanwhile(engagement: Engagement, now_at: datetime | None) -> str:
    if now_at is None:
        return _("This meeting was cancelled meanwhile. Choose a moment anew.")
    here = now_at.astimezone(engagement.zone).replace(tzinfo=None)
    words = _("Meanwhile %(day)s at %(time)s was chosen. Move it if that does not suit.")
    return words % {"day": week_day(here), "time": clock_time(here)}
