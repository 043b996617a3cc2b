"""What is planned here for somebody: sessions, and the meetings before and about an agreement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from driehoek.access import Permission
from driehoek.documents.calendar import Event
from driehoek.engagements.models import Engagement, Meeting
from driehoek.engagements.queries import meeting_event, meetings_of
from driehoek.kit import clock
from driehoek.outbox.letters import MEETING
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.sessions.queries import event_of

Planned = Session | Meeting
STILL: Final = timedelta(days=1)  # so long after it began something is still looked after


@dataclass(frozen=True, slots=True)
class Theirs:
    """Of which engagements somebody sees the days, and to which meetings they are invited."""

    engagements: frozenset[UUID]
    meetings: frozenset[UUID]

    def sees(self, what: Planned) -> bool:
        """Whether it may stand in their calendar."""
        if isinstance(what, Meeting):
            return what.pk in self.meetings
        return what.engagement_id in self.engagements


def planned_with(person: Person) -> tuple[Theirs, Mapping[str, Planned]]:
    """What somebody sees, and of that what is still to come, by the name a calendar has for it: 3 queries."""
    open_here = {one.pk: one for one in Engagement.objects.open_to(person, Permission.SEE_SESSION_DATES)}
    invited = meetings_of(person)
    sessions = list(
        Session.objects.filter(
            engagement__in=open_here, held_at=None, cancelled_at=None, starts_at__gte=clock.now() - STILL
        )
    )
    for session in sessions:
        session.engagement = open_here[session.engagement_id]
    planned: list[Planned] = [*sessions, *(one for one in invited if is_to_come(one))]
    theirs = Theirs(frozenset(open_here), frozenset(one.pk for one in invited))
    return theirs, {str(one.pk): one for one in sorted(planned, key=lambda one: one.starts_at)}


def is_to_come(what: Planned) -> bool:
    """Whether it still takes place, or has hardly begun."""
    is_planned = what.is_planned if isinstance(what, Session) else not what.is_cancelled
    return is_planned and what.starts_at >= clock.now() - STILL


def event_for(what: Planned) -> Event:
    """As a calendar has it, with a neutral title in the language of the moment: no queries."""
    if isinstance(what, Meeting):
        return meeting_event(what, title=str(MEETING))
    return event_of(what, what.engagement)
