"""What coachee and coach do with a scale and with the map of people."""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.aids.models import Scale, Stakeholder
from driehoek.aids.queries import MOST_SCALES, MOST_STAKEHOLDERS, scale_with, stakeholder_with
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person


@transaction.atomic
def put_on_scale(
    engagement: Engagement,
    *,
    by: Person,
    scale_id: UUID,
    about: str,
    now: int,
    wanted: int | None = None,
    carries: str = "",
    next_sign: str = "",
) -> Scale:
    """Keep an answer on a scale of 0 to 10; the same `scale_id` again changes it. Refuses too many."""
    held = hold(engagement, Permission.WRITE_SESSION_NOTES)
    scale = scale_with(held, scale_id)
    if scale is None:
        _refuse_more(held.scales.count(), MOST_SCALES)
        scale = Scale(pk=scale_id, engagement=held, added_at=clock.now())
    facts = {"about": about, "now": now, "wanted": wanted, "carries": carries, "next_sign": next_sign}
    _write(scale, facts, by=by)
    return scale


@transaction.atomic
def take_off_scale(scale: Scale, *, by: Person) -> None:
    """Take an answer away for good. Harmless when it is already gone."""
    hold(scale.engagement, Permission.WRITE_SESSION_NOTES).scales.filter(pk=scale.pk).delete()


@transaction.atomic
def put_on_map(
    engagement: Engagement,
    *,
    by: Person,
    stakeholder_id: UUID,
    name: str,
    wants: str = "",
    stance: str = Stakeholder.Stance.UNKNOWN,
    influence: int = 2,
    closeness: int = 2,
) -> Stakeholder:
    """Put somebody on the map; the same `stakeholder_id` again changes where they stand. Refuses too many."""
    held = hold(engagement, Permission.WRITE_SESSION_NOTES)
    one = stakeholder_with(held, stakeholder_id)
    if one is None:
        _refuse_more(held.stakeholders.count(), MOST_STAKEHOLDERS)
        one = Stakeholder(pk=stakeholder_id, engagement=held, added_at=clock.now())
    facts = {"name": name, "wants": wants, "stance": str(stance)}
    _write(one, facts | {"influence": influence, "closeness": closeness}, by=by)
    return one


@transaction.atomic
def take_off_map(stakeholder: Stakeholder, *, by: Person) -> None:
    """Take somebody off the map for good. Harmless when they are already gone."""
    held = hold(stakeholder.engagement, Permission.WRITE_SESSION_NOTES)
    held.stakeholders.filter(pk=stakeholder.pk).delete()


def _write(row: Scale | Stakeholder, facts: dict[str, Any], *, by: Person) -> None:
    row.said = json.dumps(facts, ensure_ascii=False)
    row.written_by = Role.COACH if Role.COACH in row.engagement.roles_of(by) else Role.COACHEE
    row.written_at = clock.now()
    row.save()


def _refuse_more(there: int, most: int) -> None:
    if there >= most:
        words = _("There are %(most)d already, more than anybody overlooks. Take one away first.")
        raise Refused(None, words % {"most": most})
