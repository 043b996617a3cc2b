"""Every room that can ask something of somebody, and what it asks."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from driehoek.access import Permission, Stage
from driehoek.agreements import queries as agreements
from driehoek.engagements import queries as engagements
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Step, unanswered
from driehoek.intake import queries as intake
from driehoek.kit.templatetags.look import clock_time, week_day
from driehoek.measures import queries as measures
from driehoek.people.models import Person
from driehoek.plans import queries as plans
from driehoek.results import queries as results
from driehoek.sessions import queries as sessions

ROOMS: Final[tuple[Any, ...]] = (engagements, intake, agreements, plans, sessions, measures, results)


def with_signs(found: QuerySet[Engagement], person: Person) -> QuerySet[Engagement]:
    """Adds the signs of every room: still one query."""
    for room in ROOMS:
        found = room.with_signs(found, person)
    return found


def steps_in(engagement: Engagement, person: Person) -> list[Step]:
    """Everything that is asked of `person` here now, the most pressing first: no queries."""
    steps = [step for room in ROOMS for step in room.asked_of(engagement, person)]
    return sorted(steps, key=lambda step: step.rank)


def waiting_in(engagement: Engagement, person: Person) -> str:
    """Whose move it is when nothing is asked of `person`, as far as they may know it: no queries."""
    invited = ", ".join(party.person.first_name_only for party in unanswered(engagement))
    if engagement.stage_ is Stage.PREPARING and invited:
        return _("Waiting for the answer of %(names)s to the invitation") % {"names": invited}
    if engagement.stage_ is Stage.PREPARING and getattr(engagement, "intake_waits", False):
        return _("The others still answer the six questions")
    starts = getattr(engagement, "sessions_next_at", None)
    if starts and engagement.lets(person, Permission.SEE_SESSION_DATES):
        return _("Next session %(day)s, %(time)s") % {"day": week_day(starts), "time": clock_time(starts)}
    return _("Nothing for you now")
