"""Planning sessions, moving one, and saying that one was held."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import clock_time, day
from driehoek.method.holidays import DaysOff
from driehoek.method.series import Occurrence, as_rule
from driehoek.people.models import Person
from driehoek.sessions.actions.free import (
    hold_people,
    keep_free,
    keep_series_free,
    moment_to_come,
    refuse_after_the_end,
)
from driehoek.sessions.actions.holding import hold_session
from driehoek.sessions.actions.numbering import number_anew
from driehoek.sessions.actions.telling import tell_moved, tell_planned
from driehoek.sessions.models import Session
from driehoek.sessions.queries import rhythm, still_to_plan
from driehoek.sessions.queries.series import ALL_DAYS


@transaction.atomic
def plan_series(engagement: Engagement, *, by: Person, without: DaysOff = ALL_DAYS) -> list[Session]:
    """Plan every session the agreement in force names and that is not planned yet, none on a day `without`.

    A second press finds them planned and adds nothing. Refuses when the agreement names no number, first day
    and time, and when coach or coachee already meets somebody on one of the days.
    """
    engagement = hold(engagement, Permission.PLAN_SESSIONS)
    hold_people(engagement)
    planned, agreed = list(engagement.sessions.all()), rhythm(engagement)
    series = still_to_plan(engagement, agreed, planned, without=without)
    if planned and not series:
        return planned
    if not series:
        raise Refused(
            None,
            _("The agreement names no number of sessions with a first day and a time. Plan them one by one."),
        )
    last = max((one.number for one in planned), default=0)
    sessions = [_nth(engagement, one, after=last, minutes=agreed.minutes) for one in series]
    keep_series_free(sessions)
    rule = as_rule(series, every_weeks=agreed.every_weeks, timezone=engagement.time_zone)
    if rule:
        _bind(sessions)
    Session.objects.bulk_create(sessions)
    if planned:
        number_anew(engagement)
    tell_planned(engagement, sessions, rule=rule)
    return [*planned, *sessions]


def _nth(engagement: Engagement, one: Occurrence, *, after: int, minutes: int) -> Session:
    n, starts = after + one.number, one.starts_utc
    return Session(engagement=engagement, number=n, nth=n, starts_at=starts, minutes=minutes)


def _bind(sessions: Sequence[Session]) -> None:
    """They are one series from now on, wherever one of them is moved."""
    series = uuid4()
    for one in sessions:
        one.series, one.series_at = series, one.starts_at


@transaction.atomic
def add_session(engagement: Engagement, *, on: date, at: time, by: Person) -> Session:
    """Plan one session more. Refuses as `put_at` and `moment_to_come` do."""
    engagement = hold(engagement, Permission.PLAN_SESSIONS)
    return put_at(engagement, moment_to_come(engagement, on=on, at=at))


def put_at(engagement: Engagement, starts_at: datetime) -> Session:
    """Plan one session at this moment, in an engagement that is held; a second press finds it planned.

    Refuses beyond the agreed number, after the last day, and at a time that is taken.
    """
    hold_people(engagement)
    agreed = rhythm(engagement)
    refuse_after_the_end(engagement, starts_at.astimezone(engagement.zone).date())
    every = list(engagement.sessions.all())
    if same := next((one for one in every if one.starts_at == starts_at and not one.is_cancelled), None):
        return same
    if agreed.count is not None and sum(one.takes_a_turn for one in every) >= agreed.count:
        raise Refused(
            None,
            _("The agreement names %(count)d sessions and all are planned. More needs a new version.")
            % {"count": agreed.count},
        )
    number = max((one.number for one in every), default=0) + 1
    session = Session(engagement=engagement, number=number, starts_at=starts_at, minutes=agreed.minutes)
    keep_free(session)
    session.save(force_insert=True)
    number_anew(engagement)
    session.refresh_from_db(fields=["nth"])
    tell_planned(engagement, [session])
    return session


@transaction.atomic
def move_session(session: Session, *, on: date, at: time, by: Person) -> Session:
    """Give a session another day or time. Refuses a held or cancelled one, a time that is taken, and as
    `moment_to_come` does.
    """
    session = hold_session(session, Permission.PLAN_SESSIONS)
    return put_elsewhere(session, moment_to_come(session.engagement, on=on, at=at))


def put_elsewhere(session: Session, starts_at: datetime) -> Session:
    """Give a session that is held for this deed another moment. Refuses as `move_session` does."""
    if session.is_held:
        raise Refused(None, _("This session has been held, so it stays where it was."))
    hold_people(session.engagement)
    refuse_after_the_end(session.engagement, starts_at.astimezone(session.engagement.zone).date())
    if starts_at == session.starts_at:
        return session
    was, session.starts_at, session.changed_at = session.starts_at, starts_at, clock.now()
    session.moves += 1
    keep_free(session)
    session.reminded_at = None
    session.save(update_fields=["starts_at", "moves", "changed_at", "reminded_at"])
    number_anew(session.engagement)
    tell_moved(session.engagement, session, was=was)
    return session


@transaction.atomic
def mark_held(session: Session, *, minutes: int) -> Session:
    """Write down that a session took place, and how long. Again corrects the length. Not before it began."""
    session = hold_session(session, Permission.WRITE_SESSION_NOTES)
    if clock.now() < session.starts_at:
        facts = {"day": day(session.starts_at), "time": clock_time(session.starts_at)}
        raise Refused(
            "minutes",
            _("This session starts on %(day)s at %(time)s. Mark it as held once it has begun.") % facts,
        )
    session.held_at = session.held_at or clock.now()
    session.held_minutes = minutes
    session.save(update_fields=["held_at", "held_minutes"])
    return session
