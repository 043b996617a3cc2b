"""Every room that can ask something of somebody, and what it asks."""

from typing import Final, Protocol

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from driehoek.access import Permission, Stage
from driehoek.agreements import queries as agreements
from driehoek.blended import queries as blended
from driehoek.booking import queries as booking
from driehoek.engagements import queries as engagements
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import ANYBODY, Asking, Step, unanswered
from driehoek.feedback import queries as feedback
from driehoek.files import queries as files
from driehoek.intake import queries as intake
from driehoek.kit import clock
from driehoek.kit.templatetags.look import clock_time, day, week_day
from driehoek.measures import queries as measures
from driehoek.messages import queries as messages
from driehoek.people.models import Person
from driehoek.plans import queries as plans
from driehoek.results import queries as results
from driehoek.reviews import queries as reviews
from driehoek.sessions import queries as sessions

RUNNING: Final = frozenset({Stage.ACTIVE, Stage.CLOSING})


class Room(Protocol):
    """What every room offers, so that one query answers for all of them."""

    def with_signs(self, engagements: QuerySet[Engagement], by: Asking, /) -> QuerySet[Engagement]:
        """Adds the annotations that `asked_of` reads."""
        ...

    def asked_of(self, engagement: Engagement, person: Person, /) -> list[Step]:
        """The steps that are asked of `person` here now."""
        ...


ROOMS: Final[tuple[Room, ...]] = (
    engagements,
    intake,
    agreements,
    plans,
    sessions,
    measures,
    reviews,
    results,
    blended,
    messages,
    booking,
    files,
    feedback,
)


def with_signs(found: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds what every room needs to know for `asked_of`, to a query that is put together once."""
    for room in ROOMS:
        found = room.with_signs(found, ANYBODY)
    return found


def steps_in(engagement: Engagement, person: Person) -> list[Step]:
    """Everything that is asked of `person` here now, the most pressing first: no queries."""
    steps = [step for room in _asking(engagement) for step in room.asked_of(engagement, person)]
    return sorted(steps, key=lambda step: step.rank)


def _asking(engagement: Engagement) -> tuple[Room, ...]:
    """Who may ask now: a pause is a pause, and after the last day there is only closing."""
    if engagement.stage_ is Stage.PAUSED:
        return (engagements,)
    if engagement.stops_on and clock.today(engagement.time_zone) > engagement.stops_on:
        return (results,)
    return ROOMS


def waiting_in(engagement: Engagement, person: Person) -> str:
    """Whose move it is when nothing is asked of `person`, as far as they may know it: no queries."""
    meeting = getattr(engagement, "engagements_three_way_at", None)
    if meeting and engagement.stage_ is not Stage.PAUSED and engagement.lets(person, Permission.SEE_MEETING):
        here = localtime(meeting, engagement.zone).replace(tzinfo=None)
        return _("You meet %(day)s, %(time)s") % {"day": week_day(here), "time": clock_time(here)}
    invited = ", ".join(party.first_name for party in unanswered(engagement))
    if engagement.stage_ is Stage.PREPARING and invited:
        return _("Waiting for the answer of %(names)s to the invitation") % {"names": invited}
    if engagement.stage_ is Stage.PREPARING and getattr(engagement, "intake_waits", False):
        return _("The others still answer the six questions")
    if engagement.stage_ is Stage.PAUSED:
        return _("Paused since %(day)s") % {"day": day(engagement.paused_on)}
    starts = getattr(engagement, "sessions_next_at", None)
    if starts and meets_in(engagement, person):
        return _("Next session %(day)s, %(time)s") % {"day": week_day(starts), "time": clock_time(starts)}
    return _delivery_in(engagement, person) or _("Nothing for you now")


def _delivery_in(engagement: Engagement, person: Person) -> str:
    """What of everything that was promised is looked at or comes next; "" where they may not know."""
    if engagement.stage_ not in RUNNING or not engagement.lets(person, Permission.READ_DELIVERABLES):
        return ""
    if getattr(engagement, "results_handed_over", False):
        return _("The sponsor looks at what was handed over")
    due = getattr(engagement, "results_due_on", None)
    return _("Next to be handed over: %(day)s") % {"day": week_day(due)} if due else ""


def meets_in(engagement: Engagement, person: Person) -> bool:
    """Whether sessions still take place here, and `person` may know when: no queries."""
    return engagement.stage_ in RUNNING and engagement.lets(person, Permission.SEE_SESSION_DATES)
