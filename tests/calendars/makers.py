"""People whose own calendar is connected, and what they write in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from driehoek.booking.actions import move_as_on_the_page
from driehoek.calendars import actions
from driehoek.calendars.models import Connection
from driehoek.people.models import Person
from tests.calendars.conftest import PASSWORD, Theirs

EN = {"accept-language": "en"}
TITLE = "markertitle"


def connect(person: Person, theirs: Theirs, *, counts: bool = True, holds: bool = True) -> Connection:
    """Connected and chosen, and looked at once."""
    connection = actions.connect(person, address=theirs.server, user=theirs.user, password=PASSWORD)
    only = connection.calendars.get()
    actions.choose_calendars(person, holding=only.pk if holds else None, counting=[only.pk] if counts else [])
    follow()
    return connection


def follow() -> int:
    """Everything of which it is time, as the worker does."""
    return actions.follow_due(move_as_on_the_page)


def look(person: Person) -> None:
    """Another round, now."""
    actions.look_now(person)
    follow()


def event(uid: str, starts: datetime | str, ends: datetime | str, *more: str) -> str:
    """What a program of theirs writes. Moments are in UTC; text stands behind the name of the property."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Theirs//EN", "BEGIN:VEVENT", f"UID:{uid}"),
        *("DTSTAMP:20261001T000000Z", f"DTSTART{_said(starts)}", f"DTEND{_said(ends)}"),
        *(f"SUMMARY:{TITLE}", *more, "END:VEVENT", "END:VCALENDAR"),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _said(moment: datetime | str) -> str:
    return moment if isinstance(moment, str) else f":{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def moved(theirs: Theirs, uid: Any, to: datetime, minutes: int = 60) -> None:
    """They drag a session to another moment."""
    theirs.put(str(uid), event(str(uid), to, to + timedelta(minutes=minutes), "SEQUENCE:7"))


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: Person, name: str = "show") -> str:
    """A page of the own calendar, in English, on one line."""
    answer = client_of(person).get(reverse(f"calendars:{name}"), headers=EN)
    return " ".join(answer.content.decode().split())
