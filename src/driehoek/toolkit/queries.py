"""Which hat a leader wore how often."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Count

from driehoek.kit import clock
from driehoek.method.style import STYLES, Style, style_texts
from driehoek.method.texts import Language
from driehoek.people.models import Person
from driehoek.toolkit.models import HatChoice

DAYS_BACK: Final = 90


@dataclass(frozen=True, slots=True)
class Worn:
    """How often one style was chosen."""

    style: Style
    name: str
    times: int


@dataclass(frozen=True, slots=True)
class Mirror:
    """The choices of the last three months; `most` only when one style stands out."""

    worn: tuple[Worn, ...]
    times: int
    most: Worn | None


def mirror_of(person: Person, language: Language) -> Mirror:
    """How often this leader chose each style, for their own eyes: 1 query."""
    since = clock.today() - timedelta(days=DAYS_BACK)
    rows = HatChoice.objects.filter(person=person, on__gte=since).values_list("style").annotate(n=Count("pk"))
    counted = dict(rows)
    worn = tuple(
        Worn(style, style_texts(style, language).name, counted[style]) for style in STYLES if style in counted
    )
    ranked = sorted(worn, key=lambda one: one.times, reverse=True)
    stands_out = bool(ranked) and (len(ranked) == 1 or ranked[0].times > ranked[1].times)
    return Mirror(worn, sum(counted.values()), ranked[0] if stands_out else None)
