"""Agreements that name a series, and sessions planned from them."""

import json
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.agreements.models import Version
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.sessions.models import Session
from tests.makers import make_engagement, make_person, person_of

NOW = datetime(2026, 9, 10, 9, tzinfo=UTC)
LOGISTICS = {
    "session_count": 7,
    "session_minutes": 60,
    "every_weeks": 3,
    "first_session_on": "2026-09-03",
    "session_time": "10:00",
}


def make_coaching(*, logistics: dict[str, Any] | None = None, **given: Any) -> Engagement:
    """A coaching engagement with an agreement in force that names these sessions."""
    people = {"coachee": "Johan Verbeek", "coach": "Marijke Aalbers", "manager": "Anneke de Graaf"}
    for role, name in people.items():
        given.setdefault(role, make_person(name))
    engagement = make_engagement(**given)
    if engagement.stage != Stage.PREPARING:
        make_agreed(engagement, logistics=LOGISTICS | (logistics or {}))
    return engagement


def make_agreed(engagement: Engagement, *, logistics: dict[str, Any]) -> Version:
    return Version.objects.create(
        engagement=engagement,
        number=1,
        canonical=json.dumps({"logistics": logistics}),
        fingerprint="f" * 64,
        state=Version.State.IN_FORCE,
        offered_by=engagement.made_by,
        offered_at=clock.now(),
        in_force_at=clock.now(),
    )


def make_session(engagement: Engagement, number: int = 1, **given: Any) -> Session:
    """A session that begins now, unless said otherwise."""
    defaults = {"starts_at": clock.now(), "minutes": 60}
    return Session.objects.create(engagement=engagement, number=number, **(defaults | given))


def held(session: Session) -> Session:
    session.held_at, session.held_minutes = clock.now(), session.minutes
    session.save()
    return session


def signed_in(engagement: Engagement, role: Role) -> Client:
    client = Client()
    client.force_login(person_of(engagement, role))
    return client


def page(engagement: Engagement, name: str, *place: Any) -> str:
    return reverse(f"sessions:{name}", args=[engagement.pk, *place])
