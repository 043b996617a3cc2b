"""Time zones as people choose them: by country and city, in their own language.

Babel knows their names. It is read only where a zone is named or chosen: few pages do, and it is heavy.
"""

import unicodedata
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import get_language

_NO_COUNTRY: Final = "001"


def zones() -> list[tuple[str, str]]:
    """Each zone that lies in a country with its words, in the order of the words."""
    return _zones(_language())


def zone_name(said: str) -> str:
    """The one name of a zone that goes by more names, "" when there is no such zone in a country."""
    from babel.core import get_global

    name = get_global("zone_aliases").get(said, said)
    return name if name in dict(zones()) else ""


def city(zone: ZoneInfo) -> str:
    """How a zone is called on a page: "New York"."""
    return _city(zone.key, _language())


def _language() -> str:
    return (get_language() or "en").partition("-")[0]


@lru_cache
def _zones(language: str) -> list[tuple[str, str]]:
    from babel import Locale
    from babel.core import get_global

    countries = Locale.parse(language).territories
    known = available_timezones()
    words = {
        zone: f"{countries[country]}, {_city(zone, language)}"
        for zone, country in get_global("zone_territories").items()
        if zone in known and country != _NO_COUNTRY
    }
    return sorted(words.items(), key=lambda one: _without_accents(one[1]))


@lru_cache
def _city(zone: str, language: str) -> str:
    from babel.dates import get_timezone_location

    found = get_timezone_location(zone, locale=language, return_city=True)
    return str(found).rpartition("/")[2]


def _without_accents(words: str) -> str:
    parts = unicodedata.normalize("NFD", words.casefold())
    return "".join(one for one in parts if not unicodedata.combining(one))
