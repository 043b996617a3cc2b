"""A blended trajectory, as far as a test needs it."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Shape, Stage
from driehoek.blended.actions import begin_phase, plan_phases
from driehoek.blended.models import Blend, Phase
from driehoek.engagements.actions import accept_invitation
from driehoek.engagements.models import Engagement
from tests.makers import make_engagement, make_member, person_of

MONTHS = {"consulting": 3, "transition": 1, "coaching": 8}
FIRST_DAY = date(2026, 9, 1)


def make_blended(**given: Any) -> Engagement:
    """A coaching that was begun as a blended trajectory, with its phases planned."""
    engagement = hosted(make_engagement(**{"shape": Shape.BLENDED, "stage": Stage.PREPARING} | given))
    plan_phases(engagement, by=person_of(engagement, Role.COACH), starts_on=FIRST_DAY, months=MONTHS)
    return engagement


def hosted(engagement: Engagement) -> Engagement:
    """The same, by somebody of the hosting organisation: a guest does not begin engagements there."""
    make_member(engagement.organisation, engagement.made_by, is_coach=True)
    return engagement


def make_consulting(engagement: Engagement, kind: Phase.Kind = Phase.Kind.CONSULTING) -> Engagement:
    """The phase of `kind` with a consultant who has accepted."""
    by = person_of(engagement, Role.COACH)
    party = begin_phase(engagement, by=by, kind=kind, **who())
    accept_invitation(party, by=party.person, name=party.person.name)
    return Engagement.objects.get(phase__kind=kind, phase__blend=Blend.objects.get())


def who(**given: Any) -> dict[str, Any]:
    typed = {"title": "Het ordersysteem", "name": "Daan Kuipers", "email": "daan@example.org"}
    return {**typed, "language": "nl"} | given


def page(client: Client, person: Any, name: str, engagement: Engagement, /, *parts: Any, **data: Any) -> Any:
    """What `person` is answered at a page of this room; with `data` it is sent there."""
    client.force_login(person)
    address = reverse(f"blended:{name}", args=[engagement.pk, *parts])
    return client.post(address, data) if data else client.get(address)
