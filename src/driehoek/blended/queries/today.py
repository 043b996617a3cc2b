"""What a blended trajectory asks of somebody, and whether an engagement is part of one."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from driehoek.access import Permission, Shape
from driehoek.blended.models import Phase
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking, Step
from driehoek.kit.addresses import reverse
from driehoek.people.models import Membership, Person


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds whether it is a phase of a blended trajectory, and whether the reader hosts engagements there."""
    may = Q(is_admin=True) | Q(is_coach=True)
    place = Membership.objects.filter(may, organisation=OuterRef("organisation"), person=by.person)
    return engagements.annotate(
        blended_is_phase=Exists(Phase.objects.filter(engagement=OuterRef("pk"))), blended_hosts=Exists(place)
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """Planning the phases of what was begun as a blended trajectory: no queries, it reads the signs."""
    planned = getattr(engagement, "blended_is_phase", False)
    if engagement.shape_ is not Shape.BLENDED or planned:
        return []
    if not (engagement.lets(person, Permission.PLAN_PHASES) and getattr(engagement, "blended_hosts", False)):
        return []
    return [
        Step(
            engagement,
            _("Plan the three phases"),
            reverse("blended:plan", args=[engagement.pk]),
            rank=15,
            minutes=2,
            button=_("Plan the phases"),
            explained=_("Consulting, transition and coaching: from which day, and for how long."),
        )
    ]
