"""The first conversation of coachee and coach."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.engagements.models import Engagement
from driehoek.intake.models import Acquaintance
from driehoek.intake.queries.marks import merge
from driehoek.kit import clock
from driehoek.kit.errors import Conflict
from driehoek.people.models import Person

POINTS = ("who_we_are", "expectations", "contribution")


@transaction.atomic
def keep_acquaintance(
    engagement: Engagement,
    *,
    by: Person,
    texts: dict[str, str],
    opened: str = "",
    met_on: date | None = None,
    goes_on: bool | None = None,
) -> Acquaintance:
    """Keep the three points, the day of the conversation and whether they go on together.

    What the other changed meanwhile in another point stays. Raises Conflict when both changed the same.
    """
    Acquaintance.objects.get_or_create(engagement=engagement)
    row = Acquaintance.objects.select_for_update().get(engagement=engagement)
    row.engagement = engagement
    there = {name: getattr(row, name) for name in POINTS}
    merged = merge({name: texts[name] for name in POINTS}, there, opened)
    for name, theirs in merged.clashes.items():
        raise Conflict(name, _meanwhile(row, by), theirs=theirs, revision=row.revision)
    for name, text in merged.kept.items():
        setattr(row, name, text)
    row.met_on, row.goes_on = met_on, goes_on
    row.revision, row.changed_at, row.changed_by = row.revision + 1, clock.now(), by
    row.save()
    return row


def _meanwhile(row: Acquaintance, by: Person) -> str:
    if row.changed_by is None or row.changed_by == by:
        return _("This was changed in another window. Both versions are below.")
    return _("%(name)s was writing too. Both versions are below.") % {"name": row.changed_by.first_name_only}
