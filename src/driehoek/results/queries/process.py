"""What was done: sessions held, homework done. Counted, and kept apart from what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from driehoek.access import RECEIVERS, Permission, Role
from driehoek.agreements.models import Version
from driehoek.engagements.models import Engagement
from driehoek.people.models import Person
from driehoek.plans.models import Action
from driehoek.results.queries.ledger import with_ledger_count
from driehoek.sessions.models import Session

Sort = Action.Sort
HOMEWORK: Final[Mapping[str, Any]] = {
    Sort.EXERCISE: gettext_lazy("Exercises done"),
    Sort.EXPERIMENT: gettext_lazy("Experiments done"),
    Sort.ACTION: gettext_lazy("Actions done"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """How much of something was done, and of how much, where that was agreed or planned."""

    label: str
    count: int
    of: int | None = None

    @property
    def says(self) -> str:
        """In figures."""
        if self.of is None:
            return str(self.count)
        return _("%(done)s of %(planned)s") % {"done": self.count, "planned": self.of}


def with_counts(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds how many results stand in the ledger, and what was done."""
    return with_process(with_ledger_count(engagements))


def with_process(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds how many sessions were held and agreed, and how much homework there was and is done."""
    sessions = Session.objects.filter(engagement=OuterRef("pk"), held_at__isnull=False)
    agreed = Version.objects.filter(engagement=OuterRef("pk"), state=Version.State.IN_FORCE)
    actions = Action.objects.filter(engagement=OuterRef("pk"))
    return engagements.annotate(
        process_held=_number(sessions),
        process_agreed=Subquery(agreed.values("session_count")[:1]),
        **{f"process_{sort}": _number(actions.filter(sort=sort)) for sort in HOMEWORK},
        **{
            f"process_{sort}_done": _number(actions.filter(Q(done_on__isnull=False), sort=sort))
            for sort in HOMEWORK
        },
    )


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("engagement").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def done_so_far(engagement: Engagement, person: Person) -> list[Done]:
    """What was done so far, for whoever does the work together: no queries after `with_process`.

    Who receives reads no plan here: where a clause opens that, it is read on its own page, and noted.
    """
    if not engagement.roles_of(person) - {*RECEIVERS, Role.ORG_ADMIN}:
        return []
    found = []
    if engagement.lets(person, Permission.SEE_SESSION_DATES):
        found.append(Done(_("Sessions held"), engagement.process_held, engagement.process_agreed))
    if engagement.lets(person, Permission.READ_PLAN):
        for sort, label in HOMEWORK.items():
            if planned := getattr(engagement, f"process_{sort}"):
                found.append(Done(str(label), getattr(engagement, f"process_{sort}_done"), planned))
    return found
