"""Letters about a session: the day and the time, nothing else. Calendars read them too."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse

from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import TALKING
from driehoek.method.series import Rule
from driehoek.outbox.actions import post
from driehoek.sessions.models import Session
from driehoek.sessions.queries import changed_event, planned_events


def tell_planned(engagement: Engagement, sessions: Sequence[Session], *, rule: Rule | None = None) -> None:
    """To coachee and coach: when it is, or when the first of so many is; one letter, whatever was planned."""
    first = sessions[0]
    more: dict[str, Any] = {"events": planned_events(engagement, sessions, rule)}
    if len(sessions) > 1:
        more["count"] = len(sessions)
    for party in _talking(engagement):
        _tell(party, first, "session_planned", more, key=f"session:{first.pk}:{first.moves}:{party.pk}")


def tell_moved(engagement: Engagement, session: Session, *, was: datetime) -> None:
    """To coachee and coach: when it was planned, and when it is now."""
    changed = _changed(engagement, session) | {"was": was.astimezone(UTC)}
    for party in _talking(engagement):
        key = f"session:{session.pk}:{session.moves}:{party.pk}"
        _tell(party, session, "session_moved", changed, key=key)


def tell_cancelled(engagement: Engagement, session: Session) -> None:
    """To coachee and coach: that it does not take place. The reason stays in the product.

    Also to who cancelled it, for the calendar in which it stands.
    """
    changed = _changed(engagement, session)
    for party in _talking(engagement):
        key = f"session-cancelled:{session.pk}:{party.pk}"
        _tell(party, session, "session_cancelled", changed, key=key)


def _changed(engagement: Engagement, session: Session) -> dict[str, Any]:
    return {"events": [changed_event(engagement, session)]}


def tell_lapsed(engagement: Engagement, lapsed: Sequence[Session]) -> None:
    """To coachee and coach, once for all that was planned together: that none of these takes place."""
    for _series, group in groupby(sorted(lapsed, key=_planned_as), key=_planned_as):
        together = list(group)
        more: dict[str, Any] = {"events": [changed_event(engagement, one) for one in together]}
        if len(together) > 1:
            more["count"] = len(together)
        for party in _talking(engagement):
            key = f"session-cancelled:{together[0].pk}:{party.pk}"
            _tell(party, together[0], "session_cancelled", more, key=key)


def _planned_as(session: Session) -> str:
    """What a calendar knows as one event stands in one letter, and nothing else with it."""
    return str(session.series or session.pk)


def _talking(engagement: Engagement) -> list[Party]:
    parties = engagement.parties.filter(role__in=TALKING, accepted_at__isnull=False)
    return list(parties.select_related("person"))


def _tell(party: Party, session: Session, template: str, more: dict[str, Any], *, key: str) -> None:
    link = f"{settings.BASE_URL}{reverse('sessions:index', args=[session.engagement_id])}"
    facts = {"at": session.starts_at.astimezone(UTC), "link": link} | more
    person = party.person
    house = session.engagement.organisation_id
    post(person.email, template=template, facts=facts, language=person.language, key=key, house=house)
