"""What is planned here in somebody's calendar, and what they changed in it.

What stands here counts. A move that was made there is carried out as its owner would on the page; what cannot
be done is put back, with a remark. Whatever breaks off half-way is seen and finished in the next round.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from driehoek.access import Role
from driehoek.caldav.events import Known
from driehoek.caldav.line import Line
from driehoek.caldav.server import read_known, remove, write
from driehoek.caldav.troubles import Trouble, Why
from driehoek.calendars.models import Connection, Outside, Remark, Written
from driehoek.calendars.queries.planned import Planned, Theirs, event_for, is_to_come, planned_with
from driehoek.documents.calendar import calendar_text
from driehoek.engagements.models import Meeting
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.models import Person

MOST_WRITES: Final = 60  # in one round
REMARKS: Final = 20


Move = Callable[[Planned, datetime, Person], object]


@dataclass
class Round:
    """One round along one connection."""

    connection: Connection
    line: Line
    urls: dict[UUID, str]
    move: Move
    goes_on: Callable[[], bool]
    writes: int = field(default=0)

    @property
    def is_full(self) -> bool:
        """Whether the rest has to wait for the next round."""
        return self.writes >= MOST_WRITES


def write_planned(one: Round) -> bool:
    """Bring the calendar and what is planned together; says whether there is more to do. Raises Trouble."""
    calendars = {row.pk: row for row in one.connection.calendars.all()}
    target = next((row for row in calendars.values() if row.holds_sessions), None)
    theirs, standing = planned_with(one.connection.person)
    rows = list(Written.objects.filter(calendar__in=calendars).select_related("session", "meeting"))
    for calendar in calendars.values():
        here = [row for row in rows if row.calendar_id == calendar.pk]
        stays = [row for row in here if row.uid in standing and calendar == target]
        gone = [row for row in here if row not in stays and _is_gone(row, theirs, calendar == target)]
        _take_out(one, gone)
        _settle_all(one, stays, standing)
    if target:
        known = {row.uid for row in rows if row.calendar_id == target.pk}
        _put_new(one, target, [what for uid, what in standing.items() if uid not in known])
    return one.is_full


def _is_gone(row: Written, theirs: Theirs, in_target: bool) -> bool:
    """Whether it is taken out. What was held, or lies behind, stays where it is."""
    what = row.what
    if what is None or what.is_cancelled or not theirs.sees(what):
        return True
    return not in_target and is_to_come(what)


def _take_out(one: Round, rows: Iterable[Written]) -> None:
    for row in rows:
        if one.is_full or not one.goes_on():
            return
        remove(one.line, one.urls[row.calendar_id], row.uid)
        row.delete()
        one.writes += 1


def _put_new(one: Round, calendar: Outside, planned: Iterable[Planned]) -> None:
    for what in planned:
        if one.is_full or not one.goes_on():
            return
        row = Written(calendar=calendar, uid=str(what.pk))
        row.session, row.meeting = (None, what) if isinstance(what, Meeting) else (what, None)
        row.starts_at, row.ends_at = _times(what)
        _put(one, row, what, etag=None)


def _settle_all(one: Round, rows: list[Written], standing: Mapping[str, Planned]) -> None:
    if not rows:
        return
    url = one.urls[rows[0].calendar_id]
    known = read_known(one.line, url, [row.uid for row in rows])
    for row in rows:
        if one.is_full or not one.goes_on():
            return
        _settle(one, row, standing[row.uid], known.get(row.uid))


def _settle(one: Round, row: Written, what: Planned, known: Known | None) -> None:
    """Bring one of them and what became of it in the calendar together."""
    ours = _times(what)
    if known is None:
        remark = _remark(what, Remark.Kind.DELETED, was_at=ours[0]) if row.mark else None
        _put(one, row, what, etag=None, remark=remark)
    elif known.etag and known.etag == row.etag:
        if row.mark != _mark(_text(one, row, what)):
            _put(one, row, what, etag=known.etag)
    elif (known.starts_at, known.ends_at) == ours:
        _accept(one, row, what, known)
    elif ours != (row.starts_at, row.ends_at):
        _put_back(one, row, what, known, _remark(what, Remark.Kind.BOTH, was_at=ours[0]))
    elif known.starts_at is None or known.starts_at == ours[0]:
        _put_back(one, row, what, known, _remark(what, Remark.Kind.SHAPE, was_at=ours[0]))
    else:
        _move(one, row, what, known, to=known.starts_at)


def _accept(one: Round, row: Written, what: Planned, known: Known) -> None:
    """The same moment there as here: a reminder or a colour of their own stays, until it moves."""
    row.etag = known.etag
    row.starts_at, row.ends_at = _times(what)
    if row.mark == _mark(_text(one, row, what)):
        row.save(update_fields=["etag", "starts_at", "ends_at"])
    else:
        _put(one, row, what, etag=known.etag)


def _move(one: Round, row: Written, what: Planned, known: Known, *, to: datetime) -> None:
    """Move it here as its owner would on the page; or put it back, and say why."""
    person, was = one.connection.person, what.starts_at
    remark = _remark(what, Remark.Kind.MOVED, was_at=was, wanted_at=to)
    try:
        with override(person.language), transaction.atomic():
            one.move(what, to, person)
            _say(one.connection, remark)
    except Refused as refusal:
        remark = _remark(what, Remark.Kind.REFUSED, was_at=was, wanted_at=to, reason=refusal.message[:400])
        _put_back(one, row, what, known, remark)
    else:
        what.refresh_from_db()
        _put_back(one, row, what, known, None)


def _put_back(one: Round, row: Written, what: Planned, known: Known, remark: Remark | None) -> None:
    """As it stands here, over what was made of it there, and as a later version than that."""
    row.sequence = max(row.sequence, known.sequence) + 1
    _put(one, row, what, etag=known.etag, remark=remark)


def _put(one: Round, row: Written, what: Planned, *, etag: str | None, remark: Remark | None = None) -> None:
    """Write it, and remember how. What another changed or put there themselves waits for the next round."""
    text = _text(one, row, what)
    one.writes += 1
    try:
        row.etag = write(one.line, one.urls[row.calendar_id], row.uid, text, etag=etag)
        row.mark = _mark(text)
    except Trouble as trouble:
        if trouble.why not in (Why.CHANGED, Why.DOUBLE):
            raise
        row.etag, row.mark, remark = "", "", None
    row.etag = row.etag if len(row.etag) <= 255 else ""
    row.starts_at, row.ends_at = _times(what)
    with transaction.atomic():
        if one.goes_on():
            row.save()
            if remark:
                _say(one.connection, remark)
                _write_that_it_was_put_back(one.connection.person, what, remark)


def _remark(what: Planned, kind: Remark.Kind, **given: Any) -> Remark:
    return Remark(kind=kind, of_meeting=isinstance(what, Meeting), **given)


def _say(connection: Connection, remark: Remark) -> None:
    """Say it on the page, and drop what was said long ago."""
    remark.connection, remark.at = connection, clock.now()
    remark.save(force_insert=True)
    kept = Remark.objects.filter(connection=connection).values_list("pk", flat=True)[:REMARKS]
    Remark.objects.filter(connection=connection).exclude(pk__in=list(kept)).delete()


def _write_that_it_was_put_back(person: Person, what: Planned, remark: Remark) -> None:
    """Once a day: a program that keeps changing things would send a letter each round."""
    link = f"{settings.BASE_URL}{reverse('calendars:show')}"
    formal = Role.SPONSOR in what.engagement.roles_of(person)
    post(
        person.email,
        template="put_back",
        facts={"at": remark.was_at, "link": link, "formal": formal},
        language=person.language,
        key=f"put back:{person.pk}:{clock.today()}",
        house=what.engagement.organisation_id,
    )


def _text(one: Round, row: Written, what: Planned) -> str:
    """Their own copy: a moment, a neutral title and a link to the page; it invites nobody."""
    with override(one.connection.person.language):
        event = event_for(what)
    event = replace(event, version=max(event.version, row.sequence))
    return calendar_text([event], written_at=what.changed_at)


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _times(what: Planned) -> tuple[datetime, datetime]:
    """As a calendar has them, in whole seconds."""
    return what.starts_at.replace(microsecond=0), what.ends_at.replace(microsecond=0)
