"""Ticking off which kinds of behaviour were seen."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures.actions.values import record_series
from driehoek.measures.models import Checklist, Observation, Sighting
from driehoek.measures.queries import agreed_criterion, can_be_ticked_off
from driehoek.people.models import Person

FEWEST_ITEMS: Final = 2
MOST_ITEMS: Final = 12


@transaction.atomic
def make_checklist(engagement: Engagement, criterion_id: UUID, *, by: Person, items: Sequence[str]) -> None:
    """Write the list of one series. Written again it replaces the one before, as long as it was not used.

    Refuses fewer than two items or more than twelve, an item that stands there twice, a criterion that is
    no share, and a list that was used.
    """
    held = hold(engagement, Permission.ENTER_MEASUREMENTS)
    _refuse_other_than_shares(held, criterion_id)
    said = [" ".join(one.split()) for one in items if one.strip()]
    if not FEWEST_ITEMS <= len(said) <= MOST_ITEMS:
        raise Refused("items", _("Write two to twelve kinds of behaviour, one per line."))
    if len({one.casefold() for one in said}) < len(said):
        raise Refused("items", _("One of these stands there twice."))
    if Sighting.objects.filter(checklist__criterion=criterion_id).exists():
        raise Refused("items", _("This list was used, so it stays as it is: else moments do not compare."))
    about = {"items": "\n".join(said), "made_by": by, "made_at": clock.now(), "engagement": held}
    Checklist.objects.filter(criterion=criterion_id).delete()
    Checklist.objects.create(criterion_id=criterion_id, **about)


@transaction.atomic
def tick_off(
    engagement: Engagement,
    checklist: Checklist,
    *,
    by: Person,
    on: date,
    seen: Sequence[bool],
    replace: bool = False,
    reason: str = "",
) -> None:
    """Write down what was seen on a day; the share of it is the value of that day.

    Refuses what `record_series` refuses. What is ticked off anew on a day stands beside what was.
    """
    held = hold(engagement, Permission.ENTER_MEASUREMENTS)
    _refuse_other_than_shares(held, checklist.criterion_id)
    record_series(
        held,
        checklist.criterion_id,
        by=by,
        values=[(on, Decimal(sum(seen)), Decimal(len(seen)))],
        replace=replace,
        reason=reason,
        source=Observation.Source.SEEN,
    )
    value = held.observations.get(criterion_id=checklist.criterion_id, on=on, struck=None)
    ticks = "".join("y" if one else "n" for one in seen)
    about = {"checklist": checklist, "observation": value, "ticks": ticks, "by": by, "at": clock.now()}
    Sighting.objects.create(engagement=held, **about)


def _refuse_other_than_shares(held: Engagement, criterion_id: UUID) -> None:
    criterion = agreed_criterion(held, criterion_id)
    if criterion is None or not can_be_ticked_off(criterion):
        raise Refused(None, _("A list is ticked off only where the share of what is seen was agreed."))
