"""One press from a letter says how an action goes, and the letter that asks it. Neither holds its words."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import POLICY, Permission, Stage
from driehoek.engagements.models import Party
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.actions import make_link
from driehoek.people.models import OneTimeLink, Person
from driehoek.people.queries import wants
from driehoek.plans.actions.plan import set_colour
from driehoek.plans.models import Action
from driehoek.plans.queries import asked_by_link
from driehoek.plans.wording import REPORTED

GENTLY: Final = timedelta(days=2)
"""So long after its day nobody is written to yet."""
TOO_LATE: Final = timedelta(weeks=5)
"""What waits longer is for the next conversation, not for another letter."""
A_WEEK: Final = timedelta(days=7)
AT_ONCE: Final = 100


@transaction.atomic
def report_progress(link: OneTimeLink, *, how: str) -> Action:
    """Say how it goes with the action of this link, which works once.

    Refuses a link that was used, replaced or is too old, an answer that is none of the four, and what is no
    longer asked.
    """
    held = OneTimeLink.objects.select_for_update().get(pk=link.pk)
    found = asked_by_link(held)
    if found is None:
        raise Refused(None, _("This link no longer works."))
    if how not in REPORTED:
        raise Refused("how", _("Choose one of the four answers."))
    done = how == "done"
    colour = Action.Colour.GREEN if done else how
    action = set_colour(found.action, colour=colour, done=done, by=found.person)
    held.used_at = clock.now()
    held.save(update_fields=["used_at"])
    return action


def remind_of_plan() -> int:
    """A letter to whoever owns something past its day, weekly at most; says how many: 1 query for none."""
    told, asked = 0, set[UUID]()
    for action in _late()[:AT_ONCE]:
        person_id: UUID = vars(action)["owner_person"]  # as annotated
        if person_id not in asked:
            asked.add(person_id)
            told += _ask(action, person_id)
    return told


def _late() -> QuerySet[Action]:
    """What waits, where its owner may change the plan and heard nothing of it this week."""
    now, today = clock.now(), clock.today()
    party = Party.objects.filter(engagement=OuterRef("engagement"), accepted_at__isnull=False)
    owned = Action.objects.annotate(
        owner_person=Subquery(party.filter(role=OuterRef("owner")).values("person")[:1])
    ).filter(owner_person__isnull=False)
    told = owned.filter(reminded_at__gt=now - A_WEEK).order_by().values("owner_person")
    return (
        owned.filter(done_on=None, owner__in=POLICY[Permission.CHANGE_PLAN].roles)
        .filter(due_on__lte=today - GENTLY, due_on__gt=today - TOO_LATE)
        .filter(engagement__stage=Stage.ACTIVE, engagement__stops_on=None)
        .exclude(owner_person__in=told)
        .order_by("due_on", "made_at")
    )


@transaction.atomic
def _ask(action: Action, person_id: UUID) -> bool:
    """One letter and its mark in one transaction. Who wants none is left in peace for the same week."""
    now = clock.now()
    if not Action.objects.filter(pk=action.pk, reminded_at=action.reminded_at).update(reminded_at=now):
        return False
    person = Person.objects.get(pk=person_id)
    if not person.is_active or not wants(person, "plan_waits"):
        return False
    token = make_link(purpose="progress", about=action.pk)
    place = f"{settings.BASE_URL}{reverse('progress:report', args=[token])}"
    key = f"plan:{action.pk}:{now:%Y-%m-%d}:{person.pk}"
    facts, house = {"link": place}, action.engagement.organisation_id
    post(person.email, template="plan_waits", facts=facts, language=person.language, key=key, house=house)
    return True
