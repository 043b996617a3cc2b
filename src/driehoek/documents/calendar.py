"""Events in, the text of an iCalendar file out (RFC 5545)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

AMSTERDAM: Final = "Europe/Amsterdam"
# The rules of the zone as rules. A list of dates would be read wrong by calendars that take only its first.
_RULES: Final = (
    "BEGIN:VTIMEZONE",
    f"TZID:{AMSTERDAM}",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_LINE: Final = 75  # octets


@dataclass(frozen=True, slots=True)
class Event:
    """Something at a time. `title` is all that is said about it; `version` rises when it is moved."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    url: str = ""
    version: int = 0
    cancelled: bool = False


def calendar_text(events: Sequence[Event], *, written_at: datetime, time_zone: str = AMSTERDAM) -> str:
    """An iCalendar file with these events, private ones, in the clock time of the zone.

    A zone whose rules are not kept here is written in UTC: the same moments, without a rhythm.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Driehoek//Driehoek//EN", "CALSCALE:GREGORIAN"]
    if time_zone == AMSTERDAM:
        lines += _RULES
    for event in events:
        lines += _event(event, written_at=written_at, time_zone=time_zone)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(event: Event, *, written_at: datetime, time_zone: str) -> list[str]:
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"DTSTAMP:{_utc(written_at)}",
        f"DTSTART{_moment(event.starts_at, time_zone)}",
        f"DTEND{_moment(event.ends_at, time_zone)}",
        f"SUMMARY:{_escaped(event.title)}",
        f"SEQUENCE:{event.version}",
        "CLASS:PRIVATE",
    ]
    if event.cancelled:
        lines.append("STATUS:CANCELLED")
    if event.url:
        lines.append(f"URL:{event.url}")
    return [*lines, "END:VEVENT"]


def _moment(moment: datetime, time_zone: str) -> str:
    if time_zone != AMSTERDAM:
        return f":{_utc(moment)}"
    local = moment.astimezone(ZoneInfo(time_zone))
    if local.fold:  # the second of two equal clock times can only be said in UTC
        return f":{_utc(moment)}"
    return f";TZID={time_zone}:{local:%Y%m%dT%H%M%S}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    escaped = re.sub(r"([\\;,])", r"\\\1", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", escaped).replace("\n", "\\n")


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
