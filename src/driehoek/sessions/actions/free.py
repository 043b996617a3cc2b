"""Nobody is booked twice: not the coach, and not the coachee."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import TALKING
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import clock_time, day
from driehoek.method.series import plan_series as moments
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.sessions.queries import Standing, standing_with

FARTHEST: Final = timedelta(days=2 * 366)


def moment(engagement: Engagement, *, on: date, at: time) -> datetime:
    """The moment of this clock time on this day, right on both sides of daylight saving."""
    return moments(on, at=at, every_weeks=1, count=1, timezone=engagement.time_zone)[0].starts_utc


def named_moment(engagement: Engagement, *, on: date, at: time) -> datetime:
    """The moment somebody names. Refuses a clock time that this day skips."""
    named = moments(on, at=at, every_weeks=1, count=1, timezone=engagement.time_zone)[0]
    if named.clock_change == "hour_skipped":
        facts = {"time": clock_time(at), "later": clock_time(named.starts_local.time())}
        words = _("The clock goes forward that night: %(time)s does not exist. Choose %(later)s, or earlier.")
        raise Refused("at", words % facts)
    return named.starts_utc


def moment_to_come(engagement: Engagement, *, on: date, at: time) -> datetime:
    """The moment somebody names to meet. Refuses one that has passed, and one more than two years ahead."""
    starts_at, now = named_moment(engagement, on=on, at=at), clock.now()
    if starts_at < now:
        raise Refused("on", _("This moment lies behind you. Choose one that is still to come."))
    if starts_at > now + FARTHEST:
        raise Refused("on", _("This is more than two years ahead. Choose an earlier day."))
    return starts_at


def refuse_after_the_end(engagement: Engagement, on: date) -> None:
    """Refuse a day after the last one of an engagement that was stopped."""
    if engagement.stops_on and on > engagement.stops_on:
        words = _("This engagement ends on %(day)s. Choose that day or an earlier one.")
        raise Refused("on", words % {"day": day(engagement.stops_on)})


def hold_people(engagement: Engagement, roles: Collection[Role] = TALKING) -> None:
    """Take hold of everybody who meets here, in a fixed order and after the engagement: 1 query.

    Until the transaction ends nobody else gives one of them a session or a meeting, in this engagement or
    another. Whoever looks at what is taken does it after this.
    """
    people = Party.objects.filter(engagement=engagement, role__in=roles).values("person")
    held = Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")
    list(held.values_list("pk"))


def keep_free(session: Session) -> None:
    """Refuse a time at which coach or coachee already meets, here or elsewhere. After `hold_people`."""
    if _taken([session]):
        raise Refused("at", _("There is something else at this time. Choose another day or time."))


def keep_series_free(sessions: Sequence[Session]) -> None:
    """Refuse a series with a taken time in it, naming the days and nothing of what stands there."""
    if taken := _taken(sessions):
        days = ", ".join(day(one.starts_at) for one in taken)
        words = _(
            "Coach or coachee already has something at this time on: %(days)s. Move that first, "
            "or plan these sessions one by one."
        )
        raise Refused(None, words % {"days": days})


def _taken(sessions: Sequence[Session]) -> list[Session]:
    """Those of the sessions, all of one engagement, that fall together with something else: 1 query."""
    starts, ends = min(one.starts_at for one in sessions), max(one.ends_at for one in sessions)
    mine = {one.pk for one in sessions}
    standing = [one for one in standing_with(sessions[0].engagement, starts, ends) if one.pk not in mine]
    return [one for one in sessions if any(_overlap(one, other) for other in standing)]


def _overlap(one: Session, other: Standing) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
