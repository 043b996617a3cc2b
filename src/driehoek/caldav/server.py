"""What we ask a calendar server (RFC 4791): which calendars, when somebody is busy, and our own sessions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urljoin
from xml.sax.saxutils import escape

from driehoek.caldav.answers import CAL, DAV, Part, name_in, parts_of, why_not
from driehoek.caldav.apart import busy_apart
from driehoek.caldav.events import Busy, Known, known_in
from driehoek.caldav.line import Answer, Line
from driehoek.caldav.troubles import Trouble, Why

MOST_CALENDARS: Final = 50
WELL_KNOWN: Final = "/.well-known/caldav"
_AT_ONCE: Final = 100
_SPACES: Final = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'
_XML: Final = {"Content-Type": "application/xml; charset=utf-8"}
_ASKED: Final = f"""<?xml version="1.0" encoding="utf-8"?>
<D:propfind {_SPACES}><D:prop><D:resourcetype/><D:displayname/><D:current-user-principal/>
<D:current-user-privilege-set/><C:calendar-home-set/><C:supported-calendar-component-set/></D:prop></D:propfind>"""
_STATE: Final = f"""<?xml version="1.0" encoding="utf-8"?>
<D:propfind {_SPACES} xmlns:S="http://calendarserver.org/ns/"><D:prop><S:getctag/><D:sync-token/></D:prop></D:propfind>"""
_MARKS: Final = ("{http://calendarserver.org/ns/}getctag", f"{DAV}sync-token")
# Begin and end, and what decides whether they count: nothing else of an event is asked for.
_NAMES: Final = (
    *("UID", "DTSTART", "DTEND", "DURATION", "TRANSP", "STATUS"),
    *("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
)
_PARTLY: Final = "".join(
    (
        '<C:comp name="VCALENDAR"><C:prop name="VERSION"/><C:comp name="VTIMEZONE"/><C:comp name="VEVENT">',
        *(f'<C:prop name="{name}"/>' for name in _NAMES),
        "</C:comp></C:comp>",
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar that a server says is there."""

    url: str
    name: str
    may_write: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """When a calendar is busy, and how many things in it could not be read."""

    busy: tuple[Busy, ...]
    unreadable: int


def find_calendars(line: Line, address: str) -> list[Found]:
    """The calendars at an address that somebody typed: of a calendar, of a server, or anything in between.

    Raises Trouble when there are none.
    """
    wrong = Trouble(Why.NO_CALENDAR)
    for url in dict.fromkeys((address, urljoin(address, WELL_KNOWN))):
        try:
            if found := _calendars_at(line, url):
                return found
        except Trouble as trouble:
            if trouble.why not in (Why.NO_CALENDAR, Why.PASSWORD, Why.NONSENSE):
                raise
            wrong = trouble if wrong.why is Why.NO_CALENDAR else wrong
    raise wrong


def _calendars_at(line: Line, url: str) -> list[Found]:
    here = _looked_at(line, url)[:1]
    if here and here[0].is_calendar:
        return [_found(here[0])]
    home = here[0].link(f"{CAL}calendar-home-set") if here else ""
    if here and not home and (principal := here[0].link(f"{DAV}current-user-principal")):
        home = next(iter(one.link(f"{CAL}calendar-home-set") for one in _looked_at(line, principal)), "")
    if not home:
        return []
    inside = [one for one in _looked_at(line, home, depth=1) if one.is_calendar]
    return [_found(one) for one in inside[:MOST_CALENDARS]]


def _looked_at(line: Line, url: str, *, depth: int = 0) -> list[Part]:
    return parts_of(line.ask("PROPFIND", url, body=_ASKED, headers={"Depth": str(depth)} | _XML))


def _found(part: Part) -> Found:
    name = part.text(f"{DAV}displayname") or name_in(part.url.rstrip("/"))
    return Found(part.url, name, part.may_write)


def state_of(line: Line, calendar: str) -> str:
    """A mark that changes with anything in a calendar, where its server keeps one; else nothing."""
    answer = line.ask("PROPFIND", calendar, body=_STATE, headers={"Depth": "0"} | _XML)
    _refuse_gone(answer)
    parts = parts_of(answer)[:1]
    return next((said for one in parts for name in _MARKS if (said := one.text(name))), "")[:200]


def read_busy(line: Line, calendar: str, starts: datetime, ends: datetime) -> Taken:
    """When a calendar is busy between two moments. What repeats we write out ourselves.

    A server can be asked to do that, but there are some that forget the change of the clock.
    """
    span = f'start="{_moment(starts)}" end="{_moment(ends)}"'
    for holding in (_PARTLY, ""):
        body = f"""<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query {_SPACES}><D:prop><C:calendar-data>{holding}</C:calendar-data></D:prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range {span}/>
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""
        answer = line.ask("REPORT", calendar, body=body, headers={"Depth": "1"} | _XML)
        if answer.status not in (400, 403, 501):  # there are servers that know no parts
            break
    _refuse_gone(answer)
    texts = (part.text(f"{CAL}calendar-data") for part in parts_of(answer))
    return Taken(*busy_apart(filter(None, texts), starts, ends))


def read_known(line: Line, calendar: str, uids: Iterable[str]) -> dict[str, Known]:
    """Those of our own sessions that are in a calendar, as they stand there now."""
    known, every = {}, list(uids)
    for place in range(0, len(every), _AT_ONCE):
        some = every[place : place + _AT_ONCE]
        hrefs = "".join(f"<D:href>{escape(place_of(calendar, uid))}</D:href>" for uid in some)
        body = f"""<?xml version="1.0" encoding="utf-8"?>
<C:calendar-multiget {_SPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop>{hrefs}</C:calendar-multiget>"""
        answer = line.ask("REPORT", calendar, body=body, headers={"Depth": "1"} | _XML)
        _refuse_gone(answer)
        for part in parts_of(answer):
            uid = name_in(part.url).removesuffix(".ics")
            if uid in some and (text := part.text(f"{CAL}calendar-data")):
                known[uid] = known_in(text, uid, etag=part.text(f"{DAV}getetag"))
    return known


def write(line: Line, calendar: str, uid: str, text: str, *, etag: str | None) -> str:
    """Put a session there in place of the version with this mark, or, with None, where nothing is.

    Gives the new mark, when the server says it. Raises Trouble(CHANGED) when something else is there,
    and Trouble(DOUBLE) when they put it there themselves, such as by accepting an invitation.
    """
    condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag} if etag else {}
    headers = {"Content-Type": "text/calendar; charset=utf-8"} | condition
    answer = line.ask("PUT", _address(calendar, uid), body=text, headers=headers)
    if answer.status not in (200, 201, 204):
        raise Trouble(Why.DOUBLE if b"no-uid-conflict" in answer.body else _unwritten(answer.status))
    return answer.etag


def remove(line: Line, calendar: str, uid: str) -> None:
    """Take a session away, whatever was made of it; gone already is gone."""
    answer = line.ask("DELETE", _address(calendar, uid))
    if answer.status not in (200, 202, 204, 404, 410):
        raise Trouble(_unwritten(answer.status))


def place_of(calendar: str, uid: str) -> str:
    """Where a session stands on a server, without the name of that server."""
    address = _address(calendar, uid)
    return "/" + address.partition("://")[2].partition("/")[2]


def _address(calendar: str, uid: str) -> str:
    return f"{calendar.rstrip('/')}/{quote(uid)}.ics"


def _refuse_gone(answer: Answer) -> None:
    if answer.status in (404, 410):
        raise Trouble(Why.GONE)


def _unwritten(status: int) -> Why:
    """Why nothing was written."""
    kinds: Sequence[tuple[Why, tuple[int, ...]]] = (
        (Why.PASSWORD, (401,)),
        (Why.CHANGED, (412,)),
        (Why.GONE, (404, 409, 410)),
        (Why.NOT_WRITABLE, (400, 403, 405, 413, 415, 507)),
    )
    return next((why for why, those in kinds if status in those), why_not(status))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
