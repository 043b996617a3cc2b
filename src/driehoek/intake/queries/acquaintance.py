"""The first conversation of coachee and coach."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from driehoek.access import Permission
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import OCCASION_WORDS
from driehoek.intake.models import Acquaintance
from driehoek.method.route_texts import route_text
from driehoek.method.texts import Language
from driehoek.people.models import Person

POINTS = ("who_we_are", "expectations", "contribution")
_DECISION = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True, slots=True)
class Beginning:
    """With what an engagement began: the first sentence, the occasion, the outcome of the route choice."""

    sentence: str
    occasion: str
    route: str


def acquaintance_of(engagement: Engagement) -> Acquaintance:
    """The notes of the first conversation, empty when nothing was written yet: 1 query."""
    found = Acquaintance.objects.filter(engagement=engagement).select_related("changed_by").first()
    if found is None:
        return Acquaintance(engagement=engagement)
    found.engagement = engagement
    return found


def beginning_of(engagement: Engagement, person: Person, language: Language) -> Beginning | None:
    """With what it began, for who reads the first conversation; None when nothing was said: no queries."""
    if not engagement.lets(person, Permission.READ_ACQUAINTANCE):
        return None
    occasion = str(OCCASION_WORDS.get(engagement.occasion, ""))
    route = route_text(engagement.route, language).name if engagement.route else ""
    found = Beginning(engagement.problem, occasion, route)
    return found if any((found.sentence, found.occasion, found.route)) else None


def written(*, texts: dict[str, str], met_on: date | None, goes_on: bool | None) -> dict[str, str]:
    """Everything on the page as texts, so that a form can remember what stood there when it was opened."""
    points = {name: texts[name] for name in POINTS}
    return {**points, "met_on": met_on.isoformat() if met_on else "", "goes_on": _DECISION[goes_on]}


def written_in(row: Acquaintance) -> dict[str, str]:
    """The same, as it stands there now: no queries."""
    points = {name: getattr(row, name) for name in POINTS}
    return written(texts=points, met_on=row.met_on, goes_on=row.goes_on)


def read_back(kept: Mapping[str, str]) -> dict[str, Any]:
    """The texts of `written` as fields of the row."""
    points = {name: kept[name] for name in POINTS}
    met_on = date.fromisoformat(kept["met_on"]) if kept["met_on"] else None
    goes_on = next(value for value, word in _DECISION.items() if word == kept["goes_on"])
    return {**points, "met_on": met_on, "goes_on": goes_on}
