"""The rounds of the worker along the calendars that people connected. Each is asked by one worker at a time.

They go on beside the mail: a server that hangs holds up no letter.
"""

from datetime import datetime, timedelta
from threading import Event
from typing import Final

import structlog
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection, reset_queries, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from driehoek.caldav.line import Line
from driehoek.caldav.troubles import Trouble, Why
from driehoek.calendars.actions.reading import read_calendars
from driehoek.calendars.actions.writing import Move, Round, write_planned
from driehoek.calendars.models import Connection
from driehoek.calendars.queries import opened
from driehoek.engagements.models import Meeting
from driehoek.kit import clock
from driehoek.sessions.models import Session
from driehoek.vault.sealing import Unreadable

EVERY: Final = timedelta(minutes=10)
PATIENCE: Final = 60.0  # seconds for one connection
LEASE: Final = timedelta(minutes=5)  # longer than a round can take
FIRST_PAUSE: Final = timedelta(minutes=2)
LONGEST_PAUSE: Final = timedelta(hours=4)
POLL_SECONDS: Final = 5.0

log = structlog.get_logger("driehoek.calendars")


def keep_following(stop: Event, *, move: Move) -> None:
    """Make rounds until told to stop, each a few seconds after the other."""
    while not stop.is_set():
        try:
            follow_due(move)
        except DatabaseError as problem:  # away for a while: nothing is lost by waiting
            log.warning("calendars wait for the database", error=type(problem).__name__)
            connection.close()
        except Exception as problem:  # whatever it is: there is a next round
            log.error("round along the calendars failed", error=type(problem).__name__)
        stop.wait(POLL_SECONDS)
        close_old_connections()
        reset_queries()


def follow_due(move: Move) -> int:
    """Ask every calendar whose time it is, or whose owner got or moved something; says how many.

    `move` gives a session or meeting another moment as its page would. In the demo nobody is asked.
    """
    done = 0
    while not settings.DEMO and (taken := _take()):
        _follow(taken, move)
        done += 1
    return done


def _due(now: datetime) -> QuerySet[Connection]:
    theirs = {"engagement__parties__person": OuterRef("person"), "changed_at__gt": OuterRef("asked_at")}
    changed = Exists(Session.objects.filter(**theirs)) | Exists(Meeting.objects.filter(**theirs))
    return Connection.objects.filter(
        Q(taken_until=None) | Q(taken_until__lte=now),
        Q(next_at__lte=now) | Q(changed, failures=0),
        chosen_at__isnull=False,
        person__is_active=True,
    )


def _take() -> Connection | None:
    """Claim one connection for the length of the lease; two workers never get the same one."""
    now = clock.now()
    with transaction.atomic():
        found = _due(now).order_by("next_at").first()
        if found is None:
            return None
        free = Connection.objects.filter(pk=found.pk, taken_until=found.taken_until)
        if not free.update(taken_until=now + LEASE, asked_at=now):
            return None
    return Connection.objects.select_related("person").filter(pk=found.pk).first()


def _follow(taken: Connection, move: Move) -> None:
    mine = Connection.objects.filter(pk=taken.pk, taken_until=taken.taken_until)
    more, wrong = False, ""
    try:
        way = opened(taken)
        with Line(way.login, way.address, seconds=PATIENCE, networks=settings.CALENDAR_NETWORKS) as line:
            one = Round(taken, line, way.urls, move, goes_on=mine.exists)
            read_calendars(one)
            more = write_planned(one)
    except Trouble as trouble:
        wrong = trouble.why
    except Unreadable:
        wrong = "sealed"
    except DatabaseError:
        raise
    except Exception as problem:  # one calendar's trouble holds up no other
        log.error("calendar not followed", connection=str(taken.pk), error=type(problem).__name__)
        wrong = Why.ERROR
    _ended(mine, taken, more=more, wrong=wrong)


@transaction.atomic
def _ended(mine: QuerySet[Connection], taken: Connection, *, more: bool, wrong: str) -> None:
    """Write down how it went, unless its owner let go of it meanwhile.

    A good round seals it anew, so that it never lags behind the newest master key.
    """
    now = clock.now()
    if wrong:
        pause = _pause(wrong, taken.failures)
        mine.update(trouble=wrong, failures=F("failures") + 1, next_at=now + pause, taken_until=None)
        log.info("calendar not followed", connection=str(taken.pk), why=str(wrong))
    elif (row := mine.select_for_update().first()) is not None:
        row.seal(row.open())
        row.trouble, row.failures, row.taken_until = "", 0, None
        row.fresh_at, row.next_at = taken.asked_at, now + (timedelta(0) if more else EVERY)
        row.save(update_fields=["sealed", "trouble", "failures", "taken_until", "fresh_at", "next_at"])


def _pause(wrong: str, failures: int) -> timedelta:
    """A wrong password is not tried often: servers shut out who does."""
    if wrong in (Why.PASSWORD, "sealed"):
        return LONGEST_PAUSE
    pause: timedelta = min(FIRST_PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE)
    return pause
