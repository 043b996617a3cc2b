"""People who said when they can be booked."""

from datetime import time
from typing import Any

from driehoek.availability import actions
from driehoek.method.availability import Hours
from driehoek.people.models import Person

WEEK = {day: (Hours(time(9), time(12)), Hours(time(13), time(17))) for day in range(5)}
SAID = {
    "time_zone": "Europe/Amsterdam",
    "notice_hours": 24,
    "buffer_minutes": 0,
    "days_ahead": 60,
    "step_minutes": 60,
    "holidays_off": True,
}


def bookable(coach: Person, **said: Any) -> Person:
    """Somebody who can be booked on weekdays from nine to twelve and from one to five."""
    actions.keep_hours(coach, **({"week": WEEK} | SAID | said))
    return coach
