"""Our sessions in somebody's calendar, and what they changed in it.

What stands here counts. A move that was made there is carried out as its owner would on the page; what cannot
be done is put back, with a remark. Whatever breaks off half-way is seen and finished in the next round.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import override

from driehoek.access import Permission
from driehoek.caldav.events import Known
from driehoek.caldav.line import Line
from driehoek.caldav.server import read_known, remove, write
from driehoek.caldav.troubles import Trouble, Why
from driehoek.calendars.models import Connection, Outside, Remark, Written
from driehoek.documents.calendar import calendar_text
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.sessions.queries import event_of

STILL: Final = timedelta(days=1)  # so long after it began a session is still looked after
MOST_WRITES: Final = 60  # in one round
REMARKS: Final = 20


@dataclass
class Round:
    """One round along one connection."""

    connection: Connection
    line: Line
    urls: dict[UUID, str]
    move: Callable[[Session, datetime, Person], object]
    goes_on: Callable[[], bool]
    writes: int = field(default=0)

    @property
    def is_full(self) -> bool:
        """Whether the rest has to wait for the next round."""
        return self.writes >= MOST_WRITES


def write_sessions(one: Round) -> bool:
    """Bring the calendar and our sessions together; says whether there is more to do. Raises Trouble."""
    calendars = {row.pk: row for row in one.connection.calendars.all()}
    target = next((row for row in calendars.values() if row.holds_sessions), None)
    open_here, standing = _standing(one.connection.person)
    rows = list(Written.objects.filter(calendar__in=calendars).select_related("session"))
    for calendar in calendars.values():
        here = [row for row in rows if row.calendar_id == calendar.pk]
        stays = [row for row in here if row.uid in standing and calendar == target]
        gone = [row for row in here if row not in stays and _is_gone(row, open_here, calendar == target)]
        _take_out(one, gone)
        _settle_all(one, stays, standing)
    if target:
        known = {row.uid for row in rows if row.calendar_id == target.pk}
        _put_new(one, target, [session for uid, session in standing.items() if uid not in known])
    return one.is_full


def _standing(person: Person) -> tuple[set[UUID], dict[str, Session]]:
    """The engagements of which somebody sees the days, and the sessions to come in them: 2 queries."""
    open_here = list(Engagement.objects.open_to(person, Permission.SEE_SESSION_DATES))
    by_pk = {one.pk: one for one in open_here}
    planned = Session.objects.filter(
        engagement__in=by_pk, held_at=None, cancelled_at=None, starts_at__gte=clock.now() - STILL
    )
    standing = {}
    for session in planned.order_by("starts_at"):
        session.engagement = by_pk[session.engagement_id]
        standing[str(session.pk)] = session
    return set(by_pk), standing


def _is_gone(row: Written, open_here: set[UUID], in_target: bool) -> bool:
    """Whether it is taken out. What was held, or lies behind, stays where it is."""
    session = row.session
    if session is None or session.is_cancelled or session.engagement_id not in open_here:
        return True
    return not in_target and session.is_planned and session.starts_at >= clock.now() - STILL


def _take_out(one: Round, rows: Iterable[Written]) -> None:
    for row in rows:
        if one.is_full or not one.goes_on():
            return
        remove(one.line, one.urls[row.calendar_id], row.uid)
        row.delete()
        one.writes += 1


def _put_new(one: Round, calendar: Outside, sessions: Iterable[Session]) -> None:
    for session in sessions:
        if one.is_full or not one.goes_on():
            return
        row = Written(calendar=calendar, session=session, uid=str(session.pk))
        row.starts_at, row.ends_at = _times(session)
        _put(one, row, session, etag=None)


def _settle_all(one: Round, rows: list[Written], standing: dict[str, Session]) -> None:
    if not rows:
        return
    url = one.urls[rows[0].calendar_id]
    known = read_known(one.line, url, [row.uid for row in rows])
    for row in rows:
        if one.is_full or not one.goes_on():
            return
        _settle(one, row, standing[row.uid], known.get(row.uid))


def _settle(one: Round, row: Written, session: Session, known: Known | None) -> None:
    """Bring one session and what became of it in the calendar together."""
    ours = _times(session)
    if known is None:
        remark = Remark(kind=Remark.Kind.DELETED, was_at=ours[0]) if row.mark else None
        _put(one, row, session, etag=None, remark=remark)
    elif known.etag and known.etag == row.etag:
        if row.mark != _mark(_text(one, row, session)):
            _put(one, row, session, etag=known.etag)
    elif (known.starts_at, known.ends_at) == ours:
        _accept(one, row, session, known)
    elif ours != (row.starts_at, row.ends_at):
        _put_back(one, row, session, known, Remark(kind=Remark.Kind.BOTH, was_at=ours[0]))
    elif known.starts_at is None or known.starts_at == ours[0]:
        _put_back(one, row, session, known, Remark(kind=Remark.Kind.SHAPE, was_at=ours[0]))
    else:
        _move(one, row, session, known, to=known.starts_at)


def _accept(one: Round, row: Written, session: Session, known: Known) -> None:
    """The same moment there as here: a reminder or a colour of their own stays, until the session moves."""
    row.etag = known.etag
    row.starts_at, row.ends_at = _times(session)
    if row.mark == _mark(_text(one, row, session)):
        row.save(update_fields=["etag", "starts_at", "ends_at"])
    else:
        _put(one, row, session, etag=known.etag)


def _move(one: Round, row: Written, session: Session, known: Known, *, to: datetime) -> None:
    """Move it here as its owner would on the page; or put it back, and say why."""
    person, was = one.connection.person, session.starts_at
    remark = Remark(kind=Remark.Kind.MOVED, was_at=was, wanted_at=to)
    try:
        with override(person.language), transaction.atomic():
            one.move(session, to, person)
            _say(one.connection, remark)
    except Refused as refusal:
        remark = Remark(kind=Remark.Kind.REFUSED, was_at=was, wanted_at=to, reason=refusal.message[:400])
        _put_back(one, row, session, known, remark)
    else:
        session.refresh_from_db()
        _put_back(one, row, session, known, None)


def _put_back(one: Round, row: Written, session: Session, known: Known, remark: Remark | None) -> None:
    """As it stands here, over what was made of it there, and as a later version than that."""
    row.sequence = max(row.sequence, known.sequence) + 1
    _put(one, row, session, etag=known.etag, remark=remark)


def _put(
    one: Round, row: Written, session: Session, *, etag: str | None, remark: Remark | None = None
) -> None:
    """Write it, and remember how. What another changed or put there themselves waits for the next round."""
    text = _text(one, row, session)
    one.writes += 1
    try:
        row.etag = write(one.line, one.urls[row.calendar_id], row.uid, text, etag=etag)
        row.mark = _mark(text)
    except Trouble as trouble:
        if trouble.why not in (Why.CHANGED, Why.DOUBLE):
            raise
        row.etag, row.mark, remark = "", "", None
    row.etag = row.etag if len(row.etag) <= 255 else ""
    row.starts_at, row.ends_at = _times(session)
    with transaction.atomic():
        if one.goes_on():
            row.save()
            if remark:
                _say(one.connection, remark)


def _say(connection: Connection, remark: Remark) -> None:
    """Say it on the page, and drop what was said long ago."""
    remark.connection, remark.at = connection, clock.now()
    remark.save(force_insert=True)
    kept = Remark.objects.filter(connection=connection).values_list("pk", flat=True)[:REMARKS]
    Remark.objects.filter(connection=connection).exclude(pk__in=list(kept)).delete()


def _text(one: Round, row: Written, session: Session) -> str:
    """Their own copy: a moment, a neutral title and a link to the page; it invites nobody."""
    with override(one.connection.person.language):
        event = event_of(session, session.engagement)
    event = replace(event, version=max(event.version, row.sequence))
    return calendar_text([event], written_at=session.changed_at)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _times(session: Session) -> tuple[datetime, datetime]:
    """As a calendar has them, in whole seconds."""
    return session.starts_at.replace(microsecond=0), session.ends_at.replace(microsecond=0)
