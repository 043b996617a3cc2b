"""The connection with somebody's own calendar: for its page, and for the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from driehoek.caldav.line import Login
from driehoek.calendars.models import Connection, Outside, Remark
from driehoek.calendars.wording import remark_words, trouble_words
from driehoek.engagements.queries import meetings_of
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.vault.sealing import Unreadable

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """What is sealed of a connection: the way in, and where each calendar is and how it is called."""

    address: str
    login: Login
    urls: dict[UUID, str]
    names: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class Connected:
    """A connection as its owner sees it. Without names when they cannot be read any more."""

    calendars: Sequence[tuple[Outside, str]]
    chosen: bool
    fresh_at: datetime | None
    trouble: str
    unreadable: int
    remarks: Sequence[tuple[datetime, str]]

    @property
    def counting(self) -> list[str]:
        return [name for one, name in self.calendars if one.counts]

    @property
    def holding(self) -> str:
        return next((name for one, name in self.calendars if one.holds_sessions), "")


def opened(connection: Connection) -> Opened:
    """What is sealed of it: no queries. Raises Unreadable when its master key was taken away."""
    said = connection.open()
    rows = {UUID(key): value for key, value in said["calendars"].items()}
    return Opened(
        said["address"],
        Login(said["user"], said["password"]),
        {key: value["url"] for key, value in rows.items()},
        {key: value["name"] for key, value in rows.items()},
    )


def connected(person: Person) -> Connected | None:
    """The connection of somebody, when there is one: 3 queries, else 1."""
    connection = Connection.objects.filter(person=person).first()
    if connection is None:
        return None
    try:
        names, trouble = opened(connection).names, connection.trouble
    except Unreadable:
        names, trouble = {}, "sealed"
    rows = list(connection.calendars.all())
    remarks = Remark.objects.filter(connection=connection)[:SHOWN]
    return Connected(
        [(one, names.get(one.pk, "")) for one in rows],
        connection.chosen_at is not None,
        connection.fresh_at,
        trouble_words(trouble),
        sum(one.unreadable for one in rows if one.counts),
        [(one.at, remark_words(one)) for one in remarks],
    )


def own_uids(person: Person) -> set[str]:
    """By which names calendars know what is planned here, however it came there: 2 queries."""
    mine = Session.objects.filter(engagement__parties__person=person).values_list("pk", "series")
    sessions = {str(name) for names in mine for name in names if name}
    return sessions | {str(one.pk) for one in meetings_of(person)}
