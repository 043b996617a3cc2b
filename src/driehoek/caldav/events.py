"""Reading what stands in a calendar (RFC 5545): when it is busy, and one session of ours. No words are kept.

What people's programs write is often a little wrong, and may be meant badly. One thing that cannot be read is
counted and left out; what would take for ever is one of those.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import prod
from time import monotonic
from typing import Any, Final

from driehoek.caldav.troubles import Trouble, Why

MOST_SECONDS: Final = 30.0  # for everything in one calendar together
MOST_STRETCHES: Final = 20_000
_OFTEN: Final = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
_WITHIN_A_DAY: Final = ("BYHOUR", "BYMINUTE", "BYSECOND")
_EARLIEST: Final = 1900
_NEXT_TO_IT: Final = timedelta(days=1)  # a clock on a wall is never further from UTC


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """A stretch in which somebody is taken; `on_the_wall` by the clock where they are, without a zone."""

    starts_at: datetime
    ends_at: datetime
    on_the_wall: bool
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A session of ours as a calendar has it. Without a time when it is no single moment any more."""

    etag: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    sequence: int = 0


def busy_in(texts: Iterable[str], starts: datetime, ends: datetime) -> tuple[tuple[Busy, ...], int]:
    """The stretches between two moments, in order, and how many things could not be read.

    Raises Trouble when nothing at all could be read, and when it takes too long.
    """
    found: set[Busy] = set()
    looked = unreadable = 0
    until = monotonic() + MOST_SECONDS
    for text in texts:
        looked += 1
        try:
            found.update(_clipped(_stretches(text, starts, ends), starts, ends))
        except Exception:  # whatever a program wrote: it is that one thing that cannot be read
            unreadable += 1
        if monotonic() > until or len(found) > MOST_STRETCHES:
            raise Trouble(Why.TOO_MUCH)
    if looked and looked == unreadable:
        raise Trouble(Why.NONSENSE)
    return tuple(sorted(found)), unreadable


def known_in(text: str, uid: str, *, etag: str) -> Known:
    """One session of ours as it stands there now."""
    try:
        events = [one for one in _calendar(text).walk("VEVENT") if str(one.get("UID", "")).strip() == uid]
        [event] = events
        starts, ends = event.decoded("DTSTART"), _end(event)
        usable = isinstance(starts, datetime) and isinstance(ends, datetime) and starts.tzinfo and ends.tzinfo
        if not usable or "RRULE" in event or "RDATE" in event or _is_off(event):
            return Known(etag)
        sequence = int(event.get("SEQUENCE", 0))
        return Known(etag, _whole_minute(starts), ends.astimezone(UTC), min(max(sequence, 0), 30_000))
    except Exception:  # as above
        return Known(etag)


def _whole_minute(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _calendar(text: str) -> Any:
    from icalendar import Calendar  # the worker alone reads calendars

    return Calendar.from_ical(text)


def _stretches(text: str, starts: datetime, ends: datetime) -> Iterator[Busy]:
    calendar = _calendar(text)
    events = calendar.walk("VEVENT")
    if any("RRULE" in one or "RDATE" in one for one in events):
        events = _one_by_one(calendar, events, starts, ends)
    for event in events:
        if str(event.get("TRANSP", "")).strip().upper() == "TRANSPARENT" or _is_off(event):
            continue
        begins, over = event.decoded("DTSTART"), _end(event)
        if not (isinstance(begins, date) and isinstance(over, date)):
            raise ValueError("begins or ends at no moment")
        on_the_wall = not (isinstance(begins, datetime) and begins.tzinfo)
        if over > begins:
            yield Busy(_aware(begins), _aware(over), on_the_wall, str(event.get("UID", "")).strip())


def _one_by_one(calendar: Any, events: Sequence[Any], starts: datetime, ends: datetime) -> list[Any]:
    """Each turn of what repeats. Refuses rules that nobody's appointments have."""
    import recurring_ical_events  # only where a server does not do this itself

    for event in events:
        _refuse_endless(event)
    found: list[Any] = recurring_ical_events.of(calendar).between(starts - _NEXT_TO_IT, ends + _NEXT_TO_IT)
    return found


def _refuse_endless(event: Any) -> None:
    rules = event.get("RRULE", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        if _OFTEN & {str(one).upper() for one in rule.get("FREQ", [])}:
            raise ValueError("repeats more often than each day")
        if any(int(one) < 1 for one in rule.get("INTERVAL", [])):
            raise ValueError("does not go on")
        if prod(max(1, len(rule.get(name, []))) for name in _WITHIN_A_DAY) > 24:
            raise ValueError("repeats too often in a day")
        if event.decoded("DTSTART").year < _EARLIEST:
            raise ValueError("began too long ago")


def _is_off(event: Any) -> bool:
    return str(event.get("STATUS", "")).strip().upper() == "CANCELLED"


def _end(event: Any) -> Any:
    starts = event.decoded("DTSTART")
    if "DTEND" in event:
        return event.decoded("DTEND")
    if "DURATION" in event:
        return starts + event.decoded("DURATION")
    return starts if isinstance(starts, datetime) else starts + timedelta(days=1)


def _aware(value: date | datetime) -> datetime:
    """A moment in UTC; what has no zone keeps its clock time, as if that were UTC."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time(0))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _clipped(every: Iterable[Busy], starts: datetime, ends: datetime) -> Iterator[Busy]:
    for one in every:
        room = _NEXT_TO_IT if one.on_the_wall else timedelta(0)
        first, last = max(one.starts_at, starts - room), min(one.ends_at, ends + room)
        if first < last:
            yield Busy(first, last, one.on_the_wall, one.uid)
