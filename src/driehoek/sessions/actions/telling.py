"""Letters about a session: the day and the time, nothing else."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from django.conf import settings
from django.urls import reverse

from driehoek.access import Role
from driehoek.engagements.models import Engagement, Party
from driehoek.outbox.actions import post
from driehoek.people.models import Person
from driehoek.sessions.models import Session


def tell_planned(engagement: Engagement, first: Session, *, count: int = 1) -> None:
    """To coachee and coach: when it is, or when the first of so many is."""
    more = {"count": count} if count > 1 else {}
    for party in _talking(engagement):
        _tell(party, first, "session_planned", more, key=f"session:{first.pk}:{first.moves}:{party.pk}")


def tell_moved(engagement: Engagement, session: Session) -> None:
    """To coachee and coach: when it is now."""
    for party in _talking(engagement):
        key = f"session:{session.pk}:{session.moves}:{party.pk}"
        _tell(party, session, "session_moved", {}, key=key)


def tell_cancelled(engagement: Engagement, session: Session, *, by: Person) -> None:
    """To the other one: that it does not take place. The reason stays in the product."""
    for party in _talking(engagement):
        if party.person != by:
            _tell(party, session, "session_cancelled", {}, key=f"session-cancelled:{session.pk}:{party.pk}")


def tell_lapsed(engagement: Engagement, lapsed: Sequence[Session], *, by: Person) -> None:
    """To coachee and coach, once for all of them: that none of these takes place."""
    first, more = lapsed[0], {"count": len(lapsed)} if len(lapsed) > 1 else {}
    for party in _talking(engagement):
        if party.person != by:
            _tell(party, first, "session_cancelled", more, key=f"session-cancelled:{first.pk}:{party.pk}")


def _talking(engagement: Engagement) -> list[Party]:
    parties = engagement.parties.filter(role__in=(Role.COACHEE, Role.COACH), accepted_at__isnull=False)
    return list(parties.select_related("person"))


def _tell(party: Party, session: Session, template: str, more: dict[str, Any], *, key: str) -> None:
    link = f"{settings.BASE_URL}{reverse('sessions:index', args=[session.engagement_id])}"
    facts = {"at": session.starts_at.astimezone(UTC), "link": link} | more
    person = party.person
    post(person.email, template=template, facts=facts, language=person.language, key=key)
