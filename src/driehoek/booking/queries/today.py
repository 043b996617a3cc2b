"""What booking asks of somebody today."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from driehoek.access import Kind, Permission, Role
from driehoek.agreements.models import Version
from driehoek.availability.models import Part
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking, Step
from driehoek.kit.addresses import reverse
from driehoek.people.models import Person
from driehoek.sessions.models import Session


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds what Today needs to know of booking, all named `booking_...`."""
    weekly = Part.objects.filter(
        weekday__isnull=False,
        bookable__person__parties__engagement=OuterRef("pk"),
        bookable__person__parties__role=Role.COACH,
        bookable__person__parties__accepted_at__isnull=False,
    )
    in_force = Version.objects.filter(engagement=OuterRef("pk"), state=Version.State.IN_FORCE)
    turns = Session.objects.filter(
        Q(cancelled_at=None) | Q(counts_as_used=True), engagement=OuterRef("pk")
    ).order_by()
    used = turns.values("engagement").annotate(n=Count("pk")).values("n")
    return engagements.annotate(
        booking_open=Exists(weekly),
        booking_agreed=Subquery(in_force.values("session_count")[:1]),
        booking_used=Subquery(used, output_field=IntegerField()),
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """Choosing a moment, when there are sessions left and none is planned: no queries, it reads the signs."""
    signs = vars(engagement)
    agreed, used = signs.get("booking_agreed"), signs.get("booking_used") or 0
    if not (signs.get("booking_open") and agreed and used < agreed):
        return []
    if signs.get("sessions_next_at") or signs.get("sessions_open_at") or engagement.stops_on:
        return []
    if Role.COACHEE not in engagement.roles_of(person) or not engagement.lets(
        person, Permission.BOOK_SESSION
    ):
        return []
    coach = engagement.party(Role.COACH)
    return [
        Step(
            engagement,
            _("Choose a moment for your next session")
            if used
            else _("Choose a moment for your first session"),
            reverse("book:choose", args=[engagement.pk]),
            rank=33,
            minutes=1,
            kind=Kind.SESSION_DATES,
            button=_("See when it is possible"),
            explained=_("%(coach)s has said when it can be.") % {"coach": coach.first_name if coach else ""},
        )
    ]
