"""A case: everything people say and do in one engagement, with days counted from its first one."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from driehoek.access import Role, Shape
from driehoek.people.models import Person

FOLDER: Final = Path(__file__).parent / "cases"
CASES: Final = ("pilot", "leading", "orders", "fresh", "offered")
ZONE: Final = ZoneInfo("Europe/Amsterdam")
SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Case:
    """What is told in a case, and the date on which its day 0 falls."""

    told: Mapping[str, Any]
    day_zero: date
    today: date
    cast: dict[Role, Person] = field(default_factory=dict)  # who has been introduced already

    @property
    def shape(self) -> Shape:
        return Shape(self.told["shape"])

    @property
    def roles(self) -> tuple[Role, ...]:
        """The parties of this case, in the order in which the role names stand in the policy."""
        return tuple(role for role in Role if role in self.told["people"] and role is not Role.ORG_ADMIN)

    def get(self, part: str) -> Any:
        """A part of the case, or an empty one when the case has not come that far."""
        return self.told.get(part) or {}

    def on(self, day: int) -> date:
        """The date of a day of the case."""
        return self.day_zero + timedelta(days=day)

    def at(self, day: int, hour: str = "10:00") -> datetime:
        """A moment on a day of the case."""
        return datetime.combine(self.on(day), time.fromisoformat(hour), ZONE)

    def is_past(self, day: int) -> bool:
        """Whether this day lies before today."""
        return self.on(day) < self.today


def case_from(told: Mapping[str, Any], *, today: date) -> Case:
    """The case laid on the calendar: day `today_is` falls on today, and day 0 never in a weekend.

    Where day 0 would fall in one, or on another weekday than the case asks for, everything moves up to
    six days towards tomorrow.
    """
    day_zero = today - timedelta(days=told["today_is"])
    wanted = (told["weekday"],) if "weekday" in told else range(SATURDAY)
    while day_zero.weekday() not in wanted:
        day_zero += timedelta(days=1)
    return Case(told=told, day_zero=day_zero, today=today)


def read_case(name: str, *, today: date) -> Case:
    """One of the worked cases, laid on the calendar."""
    return case_from(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")), today=today)


def told_beside(case: Case, name: str) -> Case:
    """Another case on the same calendar: its days are counted from the first day of this one."""
    told = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Case(told=told, day_zero=case.day_zero, today=case.today)


@cache
def common() -> Mapping[str, Any]:
    """The words every case has in common. Treat as read-only."""
    return tomllib.loads((FOLDER / "common.toml").read_text(encoding="utf-8"))
