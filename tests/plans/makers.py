"""Consultancies in which something was promised, for the tests."""

from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from driehoek.access import Role, Shape
from driehoek.agreements.queries import agreed_deliverables
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.plans import actions
from driehoek.plans.models import DeliveryStep
from tests.agreements.makers import make_deliverable, make_draft, make_in_force, make_preparing
from tests.makers import make_person, person_of

SIGNED = datetime(2026, 12, 3, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
"""The first day of the agreement, on which everybody signs; week 4 ends on 31 December."""


def make_promising(*, rounds: int = 1, promised: tuple[str, ...] = ("design",), **given: Any) -> Engagement:
    """A consultancy under way since today, the day in `SIGNED`, that promises these, four weeks apart."""
    clock.move_to(SIGNED)
    people = {"consultant": make_person("Daan Kuipers"), "sponsor": make_person("Pieter de Veer")}
    engagement = make_preparing(shape=Shape.CONSULTANCY, **people | given)
    for number, sort in enumerate(promised, start=1):
        make_deliverable(engagement, sort=sort, name=f"Wat nummer {number} is", week=4 * number)
    make_draft(engagement, rework_rounds=rounds, ends_on=date(2027, 12, 31))
    make_in_force(engagement)
    return Engagement.objects.get(pk=engagement.pk)


def promised_in(engagement: Engagement, number: int = 1) -> UUID:
    """The id of what was promised under this number."""
    return agreed_deliverables(engagement)[number - 1].deliverable_id


def hand_over(engagement: Engagement, number: int = 1, note: str = "Op de gedeelde schijf") -> DeliveryStep:
    who = person_of(engagement, Role.CONSULTANT)
    return actions.hand_over(engagement, promised_in(engagement, number), by=who, note=note)


def accept(engagement: Engagement, number: int = 1, **given: Any) -> DeliveryStep:
    who = person_of(engagement, Role.SPONSOR)
    return actions.accept(engagement, promised_in(engagement, number), by=who, **given)


def reject(engagement: Engagement, number: int = 1, reason: str = "De retouren kloppen niet", **given: Any):
    who = person_of(engagement, Role.SPONSOR)
    return actions.reject(engagement, promised_in(engagement, number), by=who, reason=reason, **given)
