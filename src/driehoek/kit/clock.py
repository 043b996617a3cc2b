"""The one door through which the product reads the time, so that tests and reviews can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

_shift = timedelta(0)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return of_machine() + _shift + _configured_shift()


def of_machine() -> datetime:
    """This moment by the machine itself, which nobody moves: for what a browser counts by its own clock."""
    return datetime.now(UTC)


def today(zone: str | None = None) -> date:
    """The date on the wall in `zone`, by default that of the installation."""
    return now().astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()


def move_to(moment: datetime) -> None:
    """Let the clock run on from `moment` in this process."""
    global _shift
    _shift = moment - datetime.now(UTC) - _configured_shift()


def move_back() -> None:
    """Return to the time of the machine."""
    global _shift
    _shift = timedelta(0)


@contextmanager
def moved_to(moment: datetime) -> Iterator[None]:
    """Let the clock run on from `moment` inside the block."""
    global _shift
    before = _shift
    move_to(moment)
    try:
        yield
    finally:
        _shift = before


def _configured_shift() -> timedelta:
    """DRIEHOEK_CLOCK_DAYS, for a review of what a later day brings; zero everywhere else."""
    return timedelta(days=settings.CLOCK_DAYS)
