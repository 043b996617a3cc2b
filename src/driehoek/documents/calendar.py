"""Events in, the text of an iCalendar file out (RFC 5545), or of an invitation by mail (RFC 5546)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal
from urllib.parse import quote

from driehoek.documents.time_zones import zone_lines, zone_of

AMSTERDAM: Final = "Europe/Amsterdam"
Method = Literal["REQUEST", "CANCEL"]
_LINE: Final = 75  # octets
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
_NOT_IN_AN_ADDRESS: Final = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Repeats:
    """Every so many weeks on the same day and clock time, so often in all; but not at these starts."""

    every_weeks: int
    count: int
    leaves_out: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something at a time. `title` is all that is said about it; `version` rises when it changes.

    A whole series is one event that `repeats`. One turn of it that goes differently carries the same uid, and
    `instead_of` is the moment at which the series has it.
    """

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    url: str = ""
    version: int = 0
    cancelled: bool = False
    time_zone: str = AMSTERDAM
    changed_at: datetime | None = None
    repeats: Repeats | None = None
    instead_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Something on a day without a time, which keeps nobody from anything else."""

    uid: str
    on: date
    title: str
    url: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invitation asks, on behalf of which address, and of whom. Only this makes it an invitation."""

    method: Method
    organiser: str
    attendee: str


def calendar_text(events: Iterable[Event | Day], *, written_at: datetime, asked: Asked | None = None) -> str:
    """An iCalendar file with these events, private ones, each in the clock time of its zone.

    An event in a zone that does not exist is written in UTC: the same moment, without a clock on a wall.
    """
    every = list(events)
    method = [f"METHOD:{asked.method}"] if asked else []
    return _joined([*method, *_body(every, written_at, asked)])


def feed_text(events: Iterable[Event | Day], *, written_at: datetime, name: str, fresh_for: timedelta) -> str:
    """The same, for a program that asks for it again and again."""
    every, minutes = list(events), int(fresh_for.total_seconds() // 60)
    head = [
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:PT{minutes}M",
        f"X-PUBLISHED-TTL:PT{minutes}M",
    ]
    return _joined([*head, *_body(every, written_at, None)])


def _joined(lines: Sequence[str]) -> str:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Driehoek//Driehoek//EN", "CALSCALE:GREGORIAN"]
    return "".join(f"{_folded(line)}\r\n" for line in [*head, *lines, "END:VCALENDAR"])


def _body(events: Sequence[Event | Day], written_at: datetime, asked: Asked | None) -> list[str]:
    lines = _zones([one for one in events if isinstance(one, Event)])
    for one in events:
        lines += ["BEGIN:VEVENT", f"UID:{_escaped(one.uid)}", f"DTSTAMP:{_utc(one.changed_at or written_at)}"]
        lines += _event(one, asked) if isinstance(one, Event) else _day(one)
        lines += [f"SUMMARY:{_escaped(one.title)}", "CLASS:PRIVATE"]
        if one.url:  # twice, for not every calendar shows an address that stands apart
            lines += [f"URL:{_NOT_IN_AN_ADDRESS.sub('', one.url)}", f"DESCRIPTION:{_escaped(one.url)}"]
        lines.append("END:VEVENT")
    return lines


def _zones(events: Sequence[Event]) -> list[str]:
    """The rules of every zone in which one of these events is written."""
    lines: list[str] = []
    for name in sorted({event.time_zone for event in events if zone_of(event.time_zone)}):
        years = [one.starts_at.year for one in events if one.time_zone == name]
        years += [one.instead_of.year for one in events if one.time_zone == name and one.instead_of]
        longest = max((_weeks(one) for one in events if one.time_zone == name), default=0) // 52
        lines += zone_lines(name, min(years), max(years) + longest + 1)
    return lines


def _weeks(event: Event) -> int:
    return event.repeats.every_weeks * event.repeats.count if event.repeats else 0


def _event(event: Event, asked: Asked | None) -> list[str]:
    zone = event.time_zone
    lines = [f"DTSTART{_moment(event.starts_at, zone)}", f"DTEND{_moment(event.ends_at, zone)}"]
    if event.repeats:
        lines.append(f"RRULE:FREQ=WEEKLY;INTERVAL={event.repeats.every_weeks};COUNT={event.repeats.count}")
        lines += [f"EXDATE{_moment(left_out, zone)}" for left_out in event.repeats.leaves_out]
    if event.instead_of:
        lines.append(f"RECURRENCE-ID{_moment(event.instead_of, zone)}")
    lines += [f"SEQUENCE:{event.version}", f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"]
    if asked:
        lines += [f"ORGANIZER;CN=Driehoek:{_mailto(asked.organiser)}", _attendee(asked)]
    return lines


def _attendee(asked: Asked) -> str:
    asks = "PARTSTAT=NEEDS-ACTION;RSVP=TRUE" if asked.method == "REQUEST" else "PARTSTAT=NEEDS-ACTION"
    return f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;{asks}:{_mailto(asked.attendee)}"


def _day(day: Day) -> list[str]:
    after = day.on + timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}", "TRANSP:TRANSPARENT"]


def _moment(moment: datetime, time_zone: str) -> str:
    zone = zone_of(time_zone)
    if zone is None:
        return f":{_utc(moment)}"
    local = moment.astimezone(zone)
    if local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset():
        return f":{_utc(moment)}"  # of two equal clock times calendars take the one or the other
    return f";TZID={time_zone}:{local:%Y%m%dT%H%M%S}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _mailto(address: str) -> str:
    return "mailto:" + quote(_NOT_IN_AN_ADDRESS.sub("", address), safe="@.+-_=!#$&'*~/?^`{|}")


def _escaped(text: str) -> str:
    escaped = re.sub(r"([\\;,])", r"\\\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", escaped).replace("\n", "\\n")


def _folded(line: str) -> str:
    """At most 75 octets a line; the rest follows on lines that begin with a space. No character is cut."""
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + character, size + octets
    return "\r\n".join([*parts, part])
