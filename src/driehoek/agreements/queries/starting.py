"""The first texts of a known situation: people begin from them and make them their own."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _

from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Point, starting_language, starting_points
from driehoek.evidence.deadlines import deadline
from driehoek.kit import clock
from driehoek.method.deliverables import ReadyDeliverable, usual_deliverables
from driehoek.method.situations import Measure, Situation, situations
from driehoek.method.smart import SmartParts, goal_sentence, speaker_of
from driehoek.method.texts import Language

_PARTS: Final = ("about", "shown_by", "why")


def point_of(engagement: Engagement) -> Point | None:
    """The situation this began from, also when its texts have changed since; None without one: no queries."""
    value = engagement.starting_point
    name = value.partition("@")[0]
    if not name:
        return None
    if there := situation_of(engagement, starting_language()):
        return Point(value, there.title, there.problem)
    known = situations(starting_language()).get(name)
    older = _("An earlier version. Its texts no longer stand ready; what you wrote stays.")
    return Point(value, known.title if known else name, older, is_older=True)


def points_for(engagement: Engagement) -> list[Point]:
    """Every situation that can be chosen, with the one it began from: no queries."""
    found, own = starting_points(), point_of(engagement)
    return [own, *found] if own and own.is_older else found


def first_clauses(engagement: Engagement, language: Language) -> Mapping[str, str]:
    """Texts to start from, by clause: no queries."""
    found = situation_of(engagement, language)
    return found.clauses if found else {}


def situation_of(engagement: Engagement, language: Language) -> Situation | None:
    """The situation this began from, in this language; None without one, or a newer version."""
    name, _at, version = engagement.starting_point.partition("@")
    found = situations(language).get(name) if name else None
    return found if found and str(found.version) == version else None


def first_goal(engagement: Engagement, language: Language) -> dict[str, Any]:
    """What the form of the first goal begins with: no queries."""
    found = situation_of(engagement, language)
    return dict(found.goal_for(engagement.shape)) if found else {}


def prepared_sentence(engagement: Engagement, language: Language) -> str:
    """The goal that stands ready, as one sentence without its day; empty without a situation: no queries."""
    goal = first_goal(engagement, language)
    if not goal:
        return ""
    parts = SmartParts(ability=goal["ability"], what=goal["action"], **{one: goal[one] for one in _PARTS})
    return goal_sentence(parts, language, speaker_of(engagement.shape))


def measures_of(engagement: Engagement, language: Language) -> tuple[Measure, ...]:
    """The measures that a criterion can begin from: no queries."""
    found = situation_of(engagement, language)
    return found.measures if found else ()


def ready_deliverables(
    engagement: Engagement, language: Language, taken: Collection[str] = ()
) -> list[ReadyDeliverable]:
    """What a deliverable can begin from: of the situation, then the usual ones, not what is `taken`."""
    found = situation_of(engagement, language)
    every = (*(found.deliverables if found else ()), *usual_deliverables(language))
    return [one for one in every if one.name not in taken]


def first_criterion(
    engagement: Engagement, language: Language, measure_id: str, by_when: date
) -> dict[str, Any]:
    """What the form of a criterion begins with; nothing for a measure that is not there: no queries.

    Its last day is never after the day of its goal, on which people want to know whether it was reached.
    """
    for one in measures_of(engagement, language):
        if one.id == measure_id:
            today = clock.today(engagement.time_zone)
            facts = {"measure": one.name, "unit": one.unit, "form": one.form, "direction": one.direction}
            days = {"window_starts": today, "deadline": min(deadline(today, months=one.months), by_when)}
            return facts | days | {"target": _typed(one)}
    return {}


def _typed(measure: Measure) -> str:
    """The target as people type it: a percentage for a change in percent and for a share."""
    target = Decimal(measure.target) * (100 if measure.form in ("relative_change", "share_at_least") else 1)
    written = f"{target.normalize():f}"
    return written.replace(".", ",") if starting_language() == "nl" else written
