"""What stands on the timeline of a phase, for those who may read it there: one query a kind of mark."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from driehoek.access import POLICY, Permission, Shape
from driehoek.agreements.models import Version
from driehoek.agreements.queries import criteria_in, deliverables_in, terms
from driehoek.engagements.models import Engagement
from driehoek.measures.models import Observation
from driehoek.people.models import Person
from driehoek.plans.models import Action, DeliveryStep
from driehoek.sessions.models import Session


@dataclass(frozen=True, slots=True)
class Mark:
    """Something on one day: planned, or done."""

    kind: Literal["milestone", "session", "measure"]
    on: date
    label: str
    done: bool


Marks = Mapping[UUID, list[Mark]]


def marks_in(engagements: Iterable[Engagement], person: Person) -> Marks:
    """Milestones, sessions and measurements by engagement, in order of day: at most 5 queries."""
    found, here = defaultdict[UUID, list[Mark]](list), list(engagements)
    for put in (_delivered, _planned, _met, _measured):
        for engagement_id, mark in put(here, person):
            found[engagement_id].append(mark)
    return {key: sorted(marks, key=lambda one: (one.on, one.label)) for key, marks in found.items()}


def _open(engagements: list[Engagement], person: Person, permission: Permission) -> dict[UUID, Engagement]:
    return {one.pk: one for one in engagements if one.lets(person, permission)}


def _reads_live(engagement: Engagement, person: Person) -> bool:
    live = POLICY[Permission.READ_MEASUREMENTS].roles & engagement.roles_of(person)
    return bool(live) or engagement.shape_ is Shape.CONSULTANCY


def _delivered(engagements: list[Engagement], person: Person) -> Iterable[tuple[UUID, Mark]]:
    """What is promised, and until when the criteria are measured, as it was signed: 2 queries."""
    goals = _open(engagements, person, Permission.READ_GOALS)
    promised = _open(engagements, person, Permission.READ_DELIVERABLES)
    held = Version.objects.filter(engagement__in={*goals, *promised}, state=Version.State.IN_FORCE)
    versions = list(held) if goals or promised else []
    steps = DeliveryStep.objects.filter(engagement__in=promised, what=DeliveryStep.What.ACCEPTED)
    accepted = set(steps.values_list("deliverable", flat=True)) if promised and versions else set()
    for version in versions:
        where, agreed = version.engagement_id, terms(version)
        for one in deliverables_in(agreed) if where in promised else []:
            if one.due_on:
                yield where, Mark("milestone", one.due_on, one.name, one.deliverable_id in accepted)
        for criterion in criteria_in(agreed) if where in goals else []:
            words = _("Last day to measure: %(measure)s") % {"measure": criterion.measure}
            if criterion.terms.deadline:  # none as long as it waits for a signing or a milestone
                yield where, Mark("measure", criterion.terms.deadline, words, done=False)


def _planned(engagements: list[Engagement], person: Person) -> Iterable[tuple[UUID, Mark]]:
    """The milestones on the plan: 1 query or none."""
    if readable := _open(engagements, person, Permission.READ_PLAN):
        planned = Action.objects.filter(engagement__in=readable, sort=Action.Sort.MILESTONE)
        for one in planned.exclude(due_on=None):
            one.engagement = readable[one.engagement_id]
            if one.due_on:
                yield one.engagement_id, Mark("milestone", one.due_on, one.text, one.is_done)


def _met(engagements: list[Engagement], person: Person) -> Iterable[tuple[UUID, Mark]]:
    """The sessions that were not cancelled: 1 query or none."""
    if readable := _open(engagements, person, Permission.SEE_SESSION_DATES):
        for one in Session.objects.filter(engagement__in=readable, cancelled_at=None):
            on = localtime(one.starts_at, readable[one.engagement_id].zone).date()
            label = _("Session %(number)d") % {"number": one.nth}
            yield one.engagement_id, Mark("session", on, label, one.is_held)


def _measured(engagements: list[Engagement], person: Person) -> Iterable[tuple[UUID, Mark]]:
    """The days on which something was measured: 1 query or none."""
    readable = _open(engagements, person, Permission.READ_MEASUREMENTS)
    # Of coaching others read no more than how it stood at a review: the days in between say something too.
    if readable := {pk: one for pk, one in readable.items() if _reads_live(one, person)}:
        days = Observation.objects.filter(engagement__in=readable, struck=None).order_by("on")
        for where, on in days.values_list("engagement_id", "on").distinct():
            yield where, Mark("measure", on, "", done=True)
