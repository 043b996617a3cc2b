"""What of everything that was promised is asked of whom now, and where it stands on the path."""

from datetime import timedelta
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from driehoek.access import Kind, Permission
from driehoek.agreements.models import Deliverable, Version
from driehoek.agreements.queries import promises
from driehoek.agreements.wording import DELIVERABLE_WORDS
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Step, Stop
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import day
from driehoek.people.models import Person
from driehoek.plans.models import DeliveryStep
from driehoek.plans.queries import State, deliveries

What = DeliveryStep.What
AHEAD: Final = timedelta(days=7)
"""So long before its day something that is due is asked for."""


def delivery_signs(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds what waits for the sponsor, what is done again or was rejected for good, and the first day of what
    is still to come.
    """
    later = DeliveryStep.objects.filter(
        engagement=OuterRef("engagement"),
        deliverable=OuterRef("deliverable"),
        number__gt=OuterRef("number"),
    )
    last = DeliveryStep.objects.filter(~Exists(later), engagement=OuterRef("pk")).order_by("again_by")
    touched = DeliveryStep.objects.filter(engagement=OuterRef("engagement"), deliverable=OuterRef("pk"))
    agreed = Deliverable.objects.filter(engagement=OuterRef("pk"), agreed_on__isnull=False)
    to_come = agreed.filter(~Exists(touched)).order_by("agreed_on")
    return engagements.annotate(
        results_handed_over=Exists(last.filter(what=What.HANDED_OVER)),
        results_again_by=Subquery(last.filter(again_by__isnull=False).values("again_by")[:1]),
        results_stuck=Exists(last.filter(Exists(_promised()), what=What.REJECTED, again_by=None)),
        results_due_on=Subquery(to_come.values("agreed_on")[:1]),
    )


def _promised() -> QuerySet[Deliverable]:
    """What a step is about, as long as the agreement in force promises it."""
    return Deliverable.objects.filter(pk=OuterRef("deliverable"), agreed_on__isnull=False)


def delivery_steps(engagement: Engagement, person: Person) -> list[Step]:
    """What the deliverables ask of this person now: no queries after `delivery_signs`."""
    if not promises(engagement.shape_):
        return []
    steps = []
    if engagement.results_handed_over and engagement.lets(person, Permission.JUDGE_DELIVERABLES):
        words = _("You accept it, or you say what is not right yet.")
        steps.append(_step(engagement, _("Look at what was handed over"), 15, 10, _("Look at it"), words))
    may_hand_over = engagement.lets(person, Permission.HAND_OVER)
    if engagement.results_stuck and (may_hand_over or engagement.lets(person, Permission.JUDGE_DELIVERABLES)):
        words = _("No agreed round is left. What the agreement says about it, and each way on, stands there.")
        title = _("Talk about what was rejected for good")
        steps.append(_step(engagement, title, 14, None, _("See each way on"), words))
    if may_hand_over:
        steps += _to_hand_over(engagement)
    return steps


def _to_hand_over(engagement: Engagement) -> list[Step]:
    steps: list[Step] = []
    due = engagement.results_due_on
    if again_by := engagement.results_again_by:
        words = _("Agreed by %(day)s. What is not right stands there.") % {"day": day(again_by)}
        title = _("Do again what was not accepted")
        steps.append(_step(engagement, title, 16, None, _("Read why"), words))
    if due and due <= clock.today() + AHEAD and not engagement.results_stuck:  # that is settled first
        over = due < clock.today()
        words = _("It was agreed for %(day)s.") if over else _("It is agreed for %(day)s.")
        title = _("Hand over what is due")
        steps.append(_step(engagement, title, 35, 5, _("Hand it over"), words % {"day": day(due)}))
    return steps


def _step(
    engagement: Engagement, title: str, rank: int, minutes: int | None, button: str, explained: str
) -> Step:
    url = reverse("results:deliverables", args=[engagement.pk])
    return Step(engagement, title, url, rank, minutes, Kind.DELIVERABLES, button, explained)


def delivery_stops(engagement: Engagement, person: Person, in_force: Version | None) -> list[Stop]:
    """What was promised, as stops on the path: 2 queries in consultancy, 1 with the version in force."""
    if not promises(engagement.shape_) or not engagement.lets(person, Permission.READ_DELIVERABLES):
        return []
    url = reverse("results:deliverables", args=[engagement.pk])
    return [
        Stop(
            "milestone",
            str(DELIVERABLE_WORDS[Deliverable.Sort(one.agreed.sort)]),
            one.agreed.due_on,
            one.state is State.ACCEPTED,
            url,
            stuck=one.state is State.REJECTED,
        )
        for one in deliveries(engagement, in_force)
    ]
