"""Writing down what will be delivered."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.agreements.actions.desk import open_for_changes
from driehoek.agreements.actions.goals import reads, write
from driehoek.agreements.models import Deliverable
from driehoek.agreements.queries.deliverables import (
    MOST_DELIVERABLES,
    MOST_WEEKS,
    circle,
    promises,
    waiting,
)
from driehoek.agreements.wording import DELIVERABLE_WORDS
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person


@transaction.atomic
def save_deliverable(
    engagement: Engagement,
    *,
    by: Person,
    sort: str,
    name: str,
    accepted_when: str,
    week: int,
    judged_by: Collection[UUID] = (),
    deliverable_id: UUID | None = None,
    revision: int | None = None,
) -> Deliverable:
    """Promise something, or change the promise with `deliverable_id`; `judged_by` are ids of criteria.

    Refuses outside consultancy, a week nobody can wait for, a criterion that itself waits for this, and more
    than anybody keeps in sight.
    """
    held = open_for_changes(engagement)
    _refuse_what_is_no_promise(held, sort, name, accepted_when, week)
    there = {str(one) for one in held.criteria.filter(dropped_at=None).values_list("pk", flat=True)}
    ties = sorted({str(one) for one in judged_by} & there)
    if deliverable_id:
        _refuse_a_circle(held, deliverable_id, ties)
    written = {"sort": str(sort), "name": name, "accepted_when": accepted_when, "week": week}
    written |= {"judged_by": ties}
    row = _row(held, deliverable_id, written)
    write(row, written, by=by, opened_at=revision, shown=_in_words)
    return row


@transaction.atomic
def remove_deliverable(deliverable: Deliverable, *, by: Person) -> None:
    """Take a promise out of the draft, or lay it aside while it still holds. Harmless when it is gone.

    Refuses as long as a criterion is counted from it.
    """
    held = open_for_changes(deliverable.engagement)
    if tied := held.criteria.filter(dropped_at=None, milestone=deliverable.pk).first():
        words = _('The period of "%(measure)s" is counted from this. Change that criterion first.')
        raise Refused(None, words % {"measure": tied.measure})
    held.deliverables.filter(pk=deliverable.pk, agreed_on=None).delete()
    held.deliverables.filter(pk=deliverable.pk, dropped_at=None).update(dropped_at=clock.now())


def too_many_deliverables() -> str:
    """Why no thirteenth is promised."""
    words = _("At most %(most)d things fit here. Put what belongs together into one, or remove one first.")
    return words % {"most": MOST_DELIVERABLES}


def _refuse_what_is_no_promise(held: Engagement, sort: str, name: str, accepted_when: str, week: int) -> None:
    if not promises(held.shape_):
        raise Refused(None, _("Only in a consultancy something is delivered and accepted this way."))
    if sort not in Deliverable.Sort.values:
        raise Refused("sort", _("Choose what sort of thing this is."))
    if not name.strip():
        raise Refused("name", _("Say what will be delivered."))
    if not accepted_when.strip():
        raise Refused("accepted_when", _("Say how anyone can see that it is right."))
    if not 0 <= week <= MOST_WEEKS:
        raise Refused("week", _("Type a whole number from %(least)d to %(most)d.") % _WEEKS)


def _refuse_a_circle(held: Engagement, deliverable_id: UUID, judged_by: Collection[str]) -> None:
    ties, counted_from = waiting(held)
    ties[deliverable_id] = [UUID(one) for one in judged_by]
    if through := circle(deliverable_id, ties, counted_from):
        words = _(
            'The period of "%(measure)s" only begins once this has been accepted, so this cannot be judged '
            "by it. Choose another criterion, or count that one from something else."
        )
        raise Refused("judged_by", words % {"measure": held.criteria.get(pk=through).measure})


_WEEKS = {"least": 0, "most": MOST_WEEKS}


def _row(held: Engagement, deliverable_id: UUID | None, written: dict[str, Any]) -> Deliverable:
    there = list(held.deliverables.select_for_update().filter(dropped_at=None))
    for one in there:
        # A second press on the form of a new promise comes without its id.
        if one.pk == deliverable_id or (deliverable_id is None and reads(one, written)):
            return one
    if deliverable_id is not None:
        raise Refused(None, _("This was removed meanwhile. Keep it again to promise it anew."))
    if len(there) >= MOST_DELIVERABLES:
        raise Refused(None, too_many_deliverables())
    now = clock.now()
    return Deliverable(engagement=held, made_at=now, changed_at=now)


def _in_words(one: Deliverable) -> str:
    sort = DELIVERABLE_WORDS[Deliverable.Sort(one.sort)]
    week = _("Due in week %(week)d after the first day") % {"week": one.week}
    return f"{sort}: {one.name}\n{one.accepted_when}\n{week}"
