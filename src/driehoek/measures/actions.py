"""What people do with measurements."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags import look
from driehoek.measures.models import AttainmentScore, Observation
from driehoek.people.models import Person

Values = Sequence[tuple[date, Decimal]]
MOST_VALUES = 2_000


@transaction.atomic
def record_value(
    engagement: Engagement, criterion_id: UUID, *, by: Person, on: date, value: Decimal, replace: bool = False
) -> Observation:
    """Write down the value measured on a day.

    Refuses a day still to come, and a day that holds another value unless `replace` is said.
    """
    record_series(
        engagement,
        criterion_id,
        by=by,
        values=[(on, value)],
        replace=replace,
        source=Observation.Source.TYPED,
    )
    return engagement.observations.get(criterion_id=criterion_id, on=on)


@transaction.atomic
def record_series(
    engagement: Engagement,
    criterion_id: UUID,
    *,
    by: Person,
    values: Values,
    replace: bool = False,
    source: str = Observation.Source.FILE,
) -> int:
    """Write down a series of values; says how many days are new or changed.

    All or nothing. Values that stand there already are left alone, so that the same file may come twice.
    Refuses days still to come, and days that hold another value unless `replace` is said.
    """
    _refuse_future([on for on, _value in values])
    Engagement.objects.select_for_update().get(pk=engagement.pk)
    rows = engagement.observations.filter(criterion_id=criterion_id)
    standing = dict(rows.values_list("on", "value"))
    changed = [on for on, value in values if on in standing and standing[on] != value]
    if changed and not replace:
        raise Refused("replace", _other_value(changed))
    new = [(on, value) for on, value in values if on not in standing or on in changed]
    if len(standing) + len(new) - len(changed) > MOST_VALUES:
        raise Refused(None, _("At most 2,000 values fit one criterion. Use one value per week or month."))
    about = {"criterion_id": criterion_id, "source": source, "entered_by": by, "entered_at": clock.now()}
    _put([Observation(engagement=engagement, on=on, value=value, **about) for on, value in new])
    return len(new)


def _put(written: list[Observation]) -> None:
    """New days are added, days that stand there get the new value."""
    Observation.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["criterion", "on"],
        update_fields=["value", "source", "entered_by", "entered_at"],
    )


@transaction.atomic
def remove_value(engagement: Engagement, criterion_id: UUID, *, on: date) -> None:
    """Take away a value that was entered by mistake; harmless when it is gone already."""
    engagement.observations.filter(criterion_id=criterion_id, on=on).delete()


@transaction.atomic
def score_levels(
    engagement: Engagement,
    *,
    by: Person,
    role: Role,
    moment: str,
    levels: Mapping[UUID, tuple[int, str]],
) -> None:
    """Score the level of each goal, from -2 to +2, with a remark. Scoring again replaces the own score."""
    Engagement.objects.select_for_update().get(pk=engagement.pk)
    own = {row.goal_id: row for row in engagement.attainment_scores.filter(role=role, moment=moment)}
    for goal_id, (level, remark) in levels.items():
        row = own.get(goal_id) or AttainmentScore(
            engagement=engagement, goal_id=goal_id, role=role, moment=moment
        )
        row.level, row.remark = level, remark
        row.scored_by, row.scored_at = by, clock.now()
        row.save()


def _refuse_future(days: Sequence[date]) -> None:
    ahead = sorted(day for day in days if day > clock.today())
    if ahead:
        words = {"day": look.day(ahead[0])}
        raise Refused("on", _("%(day)s is still to come. Enter a value once it has been measured.") % words)


def _other_value(days: Sequence[date]) -> str:
    words = {"day": look.day(min(days)), "more": len(days) - 1}
    if len(days) == 1:
        return _("%(day)s already holds another value. Tick this box to replace it.") % words
    more = ngettext(
        "%(day)s and one more day already hold another value. Tick this box to replace them.",
        "%(day)s and %(more)s more days already hold another value. Tick this box to replace them.",
        len(days) - 1,
    )
    return more % words
