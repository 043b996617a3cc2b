"""Time zones as people choose them: by a place."""

from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

AREAS: Final = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia"),
    *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
)


@lru_cache
def zones() -> list[tuple[str, str]]:
    """The zones of places, by name; those without a place are left out."""
    names = sorted(one for one in available_timezones() if one.split("/")[0] in AREAS)
    return [(one, one.replace("_", " ").replace("/", ", ")) for one in names]


def city(zone: ZoneInfo) -> str:
    """How a zone is called on a page: "New York"."""
    return zone.key.rpartition("/")[2].replace("_", " ")
