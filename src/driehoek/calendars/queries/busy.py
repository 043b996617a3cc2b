"""When people are taken outside of here."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from driehoek.calendars.models import Busy
from driehoek.people.models import Person

_NEXT_TO_IT: Final = timedelta(days=1)  # a clock on a wall is never further from UTC


def busy_times(
    people: Iterable[Person], start: datetime, end: datetime, *, zone: ZoneInfo
) -> list[tuple[datetime, datetime]]:
    """When one of these people is taken between two moments, as far as it is known: 1 query.

    What has a clock time but no zone, such as a whole day, is taken by the clock in `zone`.
    """
    found = Busy.objects.filter(
        calendar__connection__person__in=list(people),
        calendar__counts=True,
        starts_at__lt=end + _NEXT_TO_IT,
        ends_at__gt=start - _NEXT_TO_IT,
    )
    rows = found.values_list("starts_at", "ends_at", "on_the_wall")
    return [(_at(begins, on_wall, zone), _at(ends, on_wall, zone)) for begins, ends, on_wall in rows]


def _at(moment: datetime, on_the_wall: bool, zone: ZoneInfo) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=zone).astimezone(UTC) if on_the_wall else moment
