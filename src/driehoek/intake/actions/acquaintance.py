"""The first conversation of coachee and coach."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.engagements.models import Engagement
from driehoek.intake.actions.telling import ask_to_answer
from driehoek.intake.models import Acquaintance
from driehoek.intake.queries.acquaintance import read_back, written, written_in
from driehoek.intake.queries.marks import merge
from driehoek.kit import clock
from driehoek.kit.errors import Conflict, Refused
from driehoek.people.models import Person


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

    What the other changed meanwhile in something else stays. Refuses a day still to come.
    Raises Conflict when both changed the same.
    """
    if met_on and met_on > clock.today(engagement.time_zone):
        raise Refused("met_on", _("This day is still to come. Choose the day on which you talked."))
    Acquaintance.objects.get_or_create(engagement=engagement)
    row = Acquaintance.objects.select_for_update().get(engagement=engagement)
    row.engagement = engagement
    merged = merge(written(texts=texts, met_on=met_on, goes_on=goes_on), written_in(row), opened)
    if merged.clashes:
        name, theirs = next(iter(merged.clashes.items()))
        raise Conflict(name, _meanwhile(row, by), theirs=theirs, revision=row.revision)
    decided = row.goes_on
    for name, value in read_back(merged.kept).items():
        setattr(row, name, value)
    row.revision, row.changed_at, row.changed_by = row.revision + 1, clock.now(), by
    row.save()
    if row.goes_on and not decided:
        ask_to_answer(engagement, by=by)
    return row


def _meanwhile(row: Acquaintance, by: Person) -> str:
    if row.changed_by is None or row.changed_by == by:
        return _("This was changed in another window. Both versions are here.")
    return _("%(name)s was writing too. Both versions are here.") % {"name": row.changed_by.first_name_only}
