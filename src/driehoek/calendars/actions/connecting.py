"""Connecting a calendar of one's own, choosing in it, and letting go of it."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.caldav.line import Line, Login
from driehoek.caldav.server import Found, find_calendars, remove
from driehoek.caldav.troubles import Trouble, Why
from driehoek.calendars.models import Busy, Connection, Written
from driehoek.calendars.queries import opened
from driehoek.calendars.wording import trouble_words
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person
from driehoek.vault.sealing import Unreadable

PATIENCE: Final = 8.0  # seconds in all, for somebody waits
_HANDS_OFF: Final = timedelta(minutes=2)
_two_at_a_time: Final = BoundedSemaphore(2)  # so that slow servers never hold up the pages of others


def connect(person: Person, *, address: str, user: str, password: str) -> Connection:
    """Find the calendars at an address, and keep with what they are asked; nothing is read or written yet.

    Refuses, saying why, when there are none; and a second connection.
    """
    login = Login(user, password)
    found = _found(address, login)
    with transaction.atomic():
        if Connection.objects.select_for_update().filter(person=person).exists():
            raise Refused(None, _("A calendar is connected already. Disconnect that one first."))
        connection = Connection(person=person)
        connection.seal({})
        connection.save(force_insert=True)
        _keep(connection, address, login, found)
    return connection


def renew_password(person: Person, *, password: str) -> None:
    """Another password for the same calendars. Refuses, saying why, when it opens nothing."""
    connection = Connection.objects.filter(person=person).first()
    try:
        before = opened(connection) if connection else None
    except Unreadable:
        before = None
    if connection is None or before is None:
        raise Refused(None, trouble_words("sealed"))
    login = Login(before.login.user, password)
    found = _found(before.address, login)
    with transaction.atomic():
        connection = Connection.objects.select_for_update().get(pk=connection.pk)
        _keep(connection, before.address, login, found)
        _soon(connection)


def _found(address: str, login: Login) -> Sequence[Found]:
    try:
        with _line(address, login) as line:
            return find_calendars(line, address)
    except Trouble as trouble:
        raise Refused(_beside(trouble.why), trouble_words(trouble.why)) from None


def _beside(why: Why) -> str | None:
    return "password" if why is Why.PASSWORD else "address"


@contextmanager
def _line(address: str, login: Login) -> Iterator[Line]:
    """A conversation while somebody waits. In the demo there is none."""
    if settings.DEMO:
        raise Refused(None, _("In the demo nothing leaves this machine, so no calendar is asked."))
    if not _two_at_a_time.acquire(blocking=False):
        raise Refused(None, _("Others are connecting their calendar just now. Try again in a moment."))
    try:
        with Line(login, address, seconds=PATIENCE, networks=settings.CALENDAR_NETWORKS) as line:
            yield line
    finally:
        _two_at_a_time.release()


def _keep(connection: Connection, address: str, login: Login, found: Sequence[Found]) -> None:
    """Seal the way in, and keep what was chosen for calendars that are still there."""
    try:
        known = {url: pk for pk, url in opened(connection).urls.items()}
    except (Unreadable, KeyError):
        known = {}
    calendars: dict[str, Any] = {}
    for place, one in enumerate(found):
        key, said = known.get(one.url) or uuid4(), {"place": place, "may_write": one.may_write}
        connection.calendars.update_or_create(pk=key, defaults=said)
        calendars[str(key)] = {"url": one.url, "name": one.name[:120]}
    connection.calendars.exclude(pk__in=list(calendars)).delete()
    connection.seal(
        {"address": address, "user": login.user, "password": login.password, "calendars": calendars}
    )
    connection.save(update_fields=["sealed"])


@transaction.atomic
def choose_calendars(person: Person, *, holding: UUID | None, counting: Collection[UUID]) -> None:
    """In which calendar sessions are written, and which count as busy. What no longer counts is forgotten."""
    connection = Connection.objects.select_for_update().get(person=person)
    every = connection.calendars
    wanted = [holding] if holding else []
    every.filter(holds_sessions=True).exclude(pk__in=wanted).update(holds_sessions=False)
    every.filter(pk__in=wanted, may_write=True).update(holds_sessions=True)
    every.update(mark="")
    every.filter(pk__in=counting).update(counts=True)
    every.exclude(pk__in=counting).update(counts=False, unreadable=0)
    Busy.objects.filter(calendar__connection=connection, calendar__counts=False).delete()
    connection.chosen_at = connection.chosen_at or clock.now()
    _soon(connection)


@transaction.atomic
def look_now(person: Person) -> None:
    """Do not wait for the next round."""
    for connection in Connection.objects.select_for_update().filter(person=person):
        _soon(connection)


def _soon(connection: Connection) -> None:
    connection.next_at, connection.failures = clock.now(), 0
    connection.save(update_fields=["chosen_at", "next_at", "failures"])


def disconnect(person: Person) -> int:
    """Take our sessions out of the calendar, then forget all about it: the password and the busy times too.

    Says how many sessions could not be taken out. It is forgotten all the same.
    """
    connection = Connection.objects.filter(person=person).first()
    if connection is None:
        return 0
    Connection.objects.filter(pk=connection.pk).update(taken_until=clock.now() + _HANDS_OFF)
    left = _take_out(connection)
    connection.delete()
    return left


def _take_out(connection: Connection) -> int:
    written = list(Written.objects.filter(calendar__connection=connection).order_by("-starts_at"))
    left = len(written)
    try:
        way = opened(connection)
        if written:
            with _line(way.address, way.login) as line:
                for one in written:
                    remove(line, way.urls[one.calendar_id], one.uid)
                    left -= 1
    except (Trouble, Refused, Unreadable, KeyError):
        pass  # how many are left says enough
    return left
