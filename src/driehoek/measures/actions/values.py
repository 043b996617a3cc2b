"""Entering values and striking them out."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.access import Permission
from driehoek.agreements.queries import AgreedCriterion
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags import look
from driehoek.measures.models import Observation, SeriesKey, Strike, Takeover
from driehoek.measures.queries import agreed_criterion, comes_late, is_over
from driehoek.people.models import Person

Values = Sequence[tuple[date, Decimal] | tuple[date, Decimal, Decimal | None]]
"""The day, what was measured, and where it is weighted what that is out of."""
Value = tuple[date, Decimal, Decimal | None]
MOST_VALUES = 2_000
COUNTED = {Observation.Source.SEEN, Observation.Source.ASKED}
"""A share that was counted here is kept as so many of so many, and never rounded."""


@transaction.atomic
def record_value(
    engagement: Engagement,
    criterion_id: UUID,
    *,
    by: Person,
    on: date,
    value: Decimal,
    out_of: Decimal | None = None,
    replace: bool = False,
    reason: str = "",
    origin: str = "",
) -> Observation:
    """Write down the value measured on a day. Refuses what `record_series` refuses."""
    record_series(
        engagement,
        criterion_id,
        by=by,
        values=[(on, value, out_of)],
        replace=replace,
        reason=reason,
        source=Observation.Source.TYPED,
        origin=origin,
    )
    return engagement.observations.get(criterion_id=criterion_id, on=on, struck=None)


@transaction.atomic
def record_series(
    engagement: Engagement,
    criterion_id: UUID,
    *,
    by: Person,
    values: Values,
    replace: bool = False,
    reason: str = "",
    source: str = Observation.Source.FILE,
    origin: str = "",
    key: SeriesKey | None = None,
) -> int:
    """Write down a series of values; says how many days are new or changed.

    All or nothing. Values that stand there already are left alone, so that the same file may come twice.
    Refuses days still to come, and days that hold another value unless `replace` is said: the other value
    is then struck out. What is entered or struck out once the deadline has passed has a `reason`, but for
    what a survey wrote down: that closes by itself. `origin` says where the numbers come from.
    """
    series: list[Value] = [(on, value, rest[0] if rest else None) for on, value, *rest in values]
    _refuse_future([on for on, _value, _out_of in series])
    held = hold(engagement, Permission.ENTER_MEASUREMENTS)
    criterion = agreed_criterion(held, criterion_id)
    _refuse_what_does_not_weigh(criterion, series, source)
    rows = held.observations.filter(criterion_id=criterion_id, struck=None)
    standing = {row.on: row for row in rows}
    other = [standing[on] for on, *what in series if on in standing and standing[on].reads != tuple(what)]
    if other and not replace:
        raise Refused("replace", _other_value([row.on for row in other]))
    _strike(held, criterion, other, by=by, reason=reason)
    new = [one for one in series if one[0] not in standing or standing[one[0]] in other]
    _refuse_late(criterion, new, said=reason.strip() or source == Observation.Source.ASKED)
    if len(standing) + len(new) - len(other) > MOST_VALUES:
        raise Refused(None, _("At most 2,000 values fit one criterion. Use one value per week or month."))
    came = _takeover(held, criterion_id, origin, reason, key) if new else None
    _write(held, new, by=by, criterion_id=criterion_id, source=source, takeover=came)
    return len(new)


def _write(held: Engagement, values: Sequence[Value], *, by: Person, **about: Any) -> None:
    about |= {"engagement": held, "entered_by": by, "entered_at": clock.now()}
    Observation.objects.bulk_create(
        Observation(on=on, value=value, out_of=out_of, **about) for on, value, out_of in values
    )


def _takeover(
    held: Engagement, criterion_id: UUID, origin: str, reason: str, key: SeriesKey | None
) -> Takeover | None:
    said: dict[str, Any] = {"origin": origin.strip(), "reason": reason.strip(), "key": key}
    if not any(said.values()):
        return None
    return Takeover.objects.create(engagement=held, criterion_id=criterion_id, at=clock.now(), **said)


def _refuse_late(criterion: AgreedCriterion | None, new: Sequence[Value], *, said: str | bool) -> None:
    """What lies in the agreed period, and nobody knew when the deadline passed, has a reason."""
    if criterion and not said and any(comes_late(criterion, on) for on, _value, _out_of in new):
        words = _("The deadline has passed, so this can change the verdict. Say briefly why it comes now.")
        raise Refused("reason", words)


def _refuse_what_does_not_weigh(
    criterion: AgreedCriterion | None, series: Sequence[Value], source: str
) -> None:
    """Where everything counts together each value says what it is out of; else only a share may."""
    if criterion is None or criterion.terms.counted != "weighted":
        said = [(value, out_of) for _on, value, out_of in series if out_of is not None]
        is_share = criterion is not None and criterion.terms.form == "share_at_least"
        if is_share and any(out_of <= 0 for _value, out_of in said):
            raise Refused("value", _("There is no share of nothing. Say out of how many: more than zero."))
        if is_share and any(not 0 <= value <= out_of for value, out_of in said):
            raise Refused("value", _("A number out of a total is never more than that total."))
        if said and not is_share and source not in COUNTED:
            raise Refused(None, _("This criterion counts its last value. Leave out what it is out of."))
        return
    if any(out_of is None or out_of <= 0 for _on, _value, out_of in series):
        raise Refused("out_of", _("Say out of how many, above zero: each value weighs by that."))
    if any(value < 0 for _on, value, _out_of in series):
        raise Refused("value", _("Type how many were counted: zero or more."))


@transaction.atomic
def strike_value(
    engagement: Engagement, criterion_id: UUID, *, by: Person, on: date, reason: str = ""
) -> None:
    """Strike out a value that was entered by mistake; harmless when that was done already.

    It stays on the page with who struck it out and when, and no longer counts. Refuses without a reason
    once the deadline of the criterion has passed.
    """
    held = hold(engagement, Permission.ENTER_MEASUREMENTS)
    rows = held.observations.filter(criterion_id=criterion_id, on=on, struck=None)
    _strike(held, agreed_criterion(held, criterion_id), list(rows), by=by, reason=reason)


def _strike(
    engagement: Engagement,
    criterion: AgreedCriterion | None,
    rows: Sequence[Observation],
    *,
    by: Person,
    reason: str,
) -> None:
    if not rows:
        return
    if not reason.strip() and criterion and is_over(criterion):
        words = _("The deadline has passed, so the verdict can change. Say why this value does not count.")
        raise Refused("reason", words)
    strike = Strike.objects.create(engagement=engagement, reason=reason.strip(), by=by, at=clock.now())
    Observation.objects.filter(pk__in=[row.pk for row in rows]).update(struck=strike)


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
