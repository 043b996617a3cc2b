"""Writing down how a goal is seen to be reached."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.agreements.actions.desk import open_for_changes, refuse_odd_days
from driehoek.agreements.actions.foresight import forget_reasons
from driehoek.agreements.actions.goals import write
from driehoek.agreements.models import Criterion, Goal
from driehoek.agreements.queries.before import FEWEST_BEFORE, MOST_BEFORE, before_as_data
from driehoek.agreements.queries.deliverables import circle, milestone_names, waiting
from driehoek.agreements.queries.foresight import terms_of
from driehoek.agreements.queries.frozen import ever_agreed
from driehoek.agreements.queries.goals import MOST_CRITERIA
from driehoek.agreements.wording import criterion_words
from driehoek.engagements.models import Engagement
from driehoek.evidence.baseline import BaselineWindow
from driehoek.evidence.criteria import CHANGE_FORMS, Number
from driehoek.evidence.deadlines import Anchor, Span
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day
from driehoek.people.models import Person

LONGEST: Final[dict[Span, int]] = {"days": 3650, "months": 120}


@transaction.atomic
def save_criterion(
    goal: Goal,
    *,
    by: Person,
    measure: str,
    form: str,
    target: Decimal,
    window_starts: date | None = None,
    deadline: date | None = None,
    unit: str = "",
    direction: str = Criterion.Direction.UP,
    counted: str = Criterion.Counted.LAST,
    baseline: Decimal | None = None,
    anchor: Anchor | None = None,
    measured_before: BaselineWindow | None = None,
    criterion_id: UUID | None = None,
    revision: int | None = None,
) -> Criterion:
    """Write down how a goal is seen to be reached. Refuses what nobody could judge, and too many.

    `target` is in the unit of the measure; for a change in percent and for a share it is a fraction.
    `measured_before` is a period before the start with its values, in place of the one value `baseline`.
    Without an `anchor` the period runs between two days; with one it lasts so long after `window_starts`,
    the last signature, or the acceptance of something that is delivered.
    """
    held = open_for_changes(goal.engagement)
    days = _period(held, anchor, window_starts, deadline, criterion_id)
    days |= _measured_before(measured_before, baseline, form, counted, days["window_starts"])
    _refuse_odd_amounts(form, direction, target, _start(measured_before, baseline), counted)
    criterion = _criterion(held, goal, criterion_id, measure, form)
    written: dict[str, Any] = {"measure": measure, "unit": unit, "target": target, "baseline": baseline}
    written |= {"form": str(form), "direction": str(direction), "counted": str(counted)} | days
    before = terms_of(criterion) if criterion.revision else None
    write(criterion, written, by=by, opened_at=revision, shown=_criterion_in_words)
    if before and before != terms_of(criterion):
        forget_reasons(criterion)
    return criterion


@transaction.atomic
def remove_criterion(criterion: Criterion, *, by: Person) -> None:
    """Take a criterion away, or lay it aside when it was ever agreed. Harmless when it is already gone."""
    held = open_for_changes(criterion.engagement)
    if str(criterion.pk) in ever_agreed(held, "criteria"):
        held.criteria.filter(pk=criterion.pk, dropped_at=None).update(dropped_at=clock.now())
    else:
        held.criteria.filter(pk=criterion.pk).delete()


def too_many_criteria() -> str:
    """Why a goal gets no seventh criterion."""
    return _(
        "A goal has at most %(most)d criteria: with more of them nobody can say whether it was reached. "
        "Change one of them, or remove one first."
    ) % {"most": MOST_CRITERIA}


def _period(
    held: Engagement,
    anchor: Anchor | None,
    window_starts: date | None,
    deadline: date | None,
    criterion_id: UUID | None,
) -> dict[str, Any]:
    """The days of a period, as far as they are known before it is signed."""
    row: dict[str, Any] = {"anchor": Criterion.Anchor.FIXED, "within": None, "milestone": None}
    row |= {"span": Criterion.Span.DAYS}
    if anchor is not None:
        _refuse_odd_anchor(held, anchor, criterion_id)
        milestone = UUID(anchor.milestone) if anchor.milestone else None
        row = {"anchor": Criterion.Anchor(anchor.kind), "within": anchor.within, "milestone": milestone}
        row |= {"span": Criterion.Span(anchor.span)}
        if anchor.kind != "date":
            return row | {"window_starts": None, "deadline": None}
    if window_starts is None:
        raise Refused("window_starts", _("Choose a date."))
    refuse_odd_days(window_starts=window_starts)
    if anchor is not None:
        deadline = anchor.last_day(window_starts)
        refuse_odd_days(within=deadline)
    if deadline is None:
        raise Refused("deadline", _("Choose a date."))
    refuse_odd_days(deadline=deadline)
    if deadline < window_starts:
        raise Refused("deadline", _("The deadline lies before the window starts. Choose a later day."))
    return row | {"window_starts": window_starts, "deadline": deadline}


def _measured_before(
    before: BaselineWindow | None, baseline: Decimal | None, form: str, counted: str, starts: date | None
) -> dict[str, Any]:
    """The period with its values, when that can show where it starts from."""
    if before is None:
        return {"measured_before": {}}
    if baseline is not None:
        words = _("Type one starting value, or a period with its values, not both. Empty one of the two.")
        raise Refused("baseline", words)
    _refuse_odd_values(before, form, counted)
    if before.ends > clock.today() or (starts is None and before.ends == clock.today()):
        words = _("These values are from before the start, so this day has passed. Choose an earlier day.")
        raise Refused("before_until", words)
    if starts is not None and before.ends >= starts:
        words = _("This lies after the start. The period with values ends before the first day, %(day)s.")
        raise Refused("before_until", words % {"day": day(starts)})
    return {"measured_before": before_as_data(before)}


def _start(before: BaselineWindow | None, baseline: Decimal | None) -> Number | None:
    return before.mean if before else baseline


def _refuse_odd_values(before: BaselineWindow, form: str, counted: str) -> None:
    if len(before.values) < FEWEST_BEFORE:
        words = _(
            "Type at least %(least)d values: with fewer, one of them decides. Or type one starting value."
        )
        raise Refused("before_values", words % {"least": FEWEST_BEFORE})
    if len(before.values) > MOST_BEFORE:
        words = _("At most %(most)d values fit here. Use one value per week or month.")
        raise Refused("before_values", words % {"most": MOST_BEFORE})
    if before.is_weighted != (counted == Criterion.Counted.WEIGHTED):
        words = _("Say out of how many only where everything counts together by volume, and there for each.")
        raise Refused("before_values", words)
    if before.is_weighted and any(one.value < 0 for one in before.values):
        raise Refused("before_values", _("Type how many were counted: zero or more."))
    share = form == Criterion.Form.SHARE_AT_LEAST and not before.is_weighted
    if share and any(not 0 <= one.value <= 1 for one in before.values):
        raise Refused("before_values", _("A share lies between 0 and 100 percent."))


def _refuse_odd_anchor(held: Engagement, anchor: Anchor, criterion_id: UUID | None) -> None:
    if anchor.within > (most := LONGEST[anchor.span]):
        words = (
            _("Type at most %(most)d days.") if anchor.span == "days" else _("Type at most %(most)d months.")
        )
        raise Refused("within", words % {"most": most})
    if anchor.kind != "milestone":
        return
    there = milestone_names(held)
    if not there:
        raise Refused("anchor", no_milestones())
    if anchor.milestone not in map(str, there):
        words = _("This milestone is not among what will be delivered. Choose one that is.")
        raise Refused("milestone", words)
    if criterion_id:
        _refuse_a_circle(held, UUID(anchor.milestone), criterion_id, there)


def _refuse_a_circle(
    held: Engagement, milestone: UUID, criterion_id: UUID, names: Mapping[UUID, str]
) -> None:
    ties, counted_from = waiting(held)
    if circle(milestone, ties, counted_from | {criterion_id: milestone}):
        words = _(
            'Whether "%(name)s" is accepted depends on this criterion, so the criterion cannot wait for '
            "that. Choose something else to count from, or judge it by another criterion."
        )
        raise Refused("milestone", words % {"name": names[milestone]})


def no_milestones() -> str:
    """Why nothing is counted from a milestone here."""
    return _(
        "There is no milestone to count from: nothing that will be delivered has been written down. "
        "Choose something else to count from."
    )


def _criterion(held: Engagement, goal: Goal, criterion_id: UUID | None, measure: str, form: str) -> Criterion:
    if not held.goals.filter(pk=goal.pk, dropped_at=None).exists():
        raise Refused(None, _("The goal of this criterion was removed meanwhile."))
    there = list(held.criteria.select_for_update().filter(goal=goal, dropped_at=None))
    for criterion in there:
        # A second press on the form of a new criterion comes without its id.
        same = criterion_id is None and (criterion.measure, criterion.form) == (measure, form)
        if criterion.pk == criterion_id or same:
            return criterion
    if criterion_id is not None:
        raise Refused(None, _("This criterion was removed meanwhile. Save it again as a new one."))
    if len(there) >= MOST_CRITERIA:
        raise Refused(None, too_many_criteria())
    after = max((criterion.position for criterion in there), default=0)
    return Criterion(engagement=held, goal=goal, position=after + 1, changed_at=clock.now())


def _criterion_in_words(criterion: Criterion) -> str:
    return f"{criterion.measure}\n{criterion_words(terms_of(criterion))}"


def _refuse_odd_amounts(
    form: str, direction: str, target: Decimal, baseline: Number | None, counted: str
) -> None:
    _refuse_odd_counting(form, counted)
    if form in CHANGE_FORMS:
        _refuse_odd_change(form, direction, target, baseline)
    elif form == Criterion.Form.SHARE_AT_LEAST:
        if direction != Criterion.Direction.UP:
            raise Refused("direction", _("A share of at least so much only goes up. Choose up."))
        if not 0 < target <= 1:
            raise Refused("target", _("A share lies between 0 and 100 percent."))
        if baseline is not None and not 0 <= baseline <= 1:
            raise Refused("baseline", _("A share lies between 0 and 100 percent."))
    elif form == Criterion.Form.COUNT and (target < 0 or target % 1):
        raise Refused("target", _("A number of times is a whole number, zero or more."))


def _refuse_odd_counting(form: str, counted: str) -> None:
    if counted == Criterion.Counted.WEIGHTED and form == Criterion.Form.COUNT:
        words = _("A number of times is a running total, so its last value counts. Choose the last value.")
        raise Refused("counted", words)


def _refuse_odd_change(form: str, direction: str, target: Decimal, baseline: Number | None) -> None:
    if target <= 0:
        raise Refused("target", _("Type how large the change must be, above zero, and choose up or down."))
    if baseline is None:
        raise Refused("baseline", _("A change is counted from a starting value. Type what it is today."))
    if form == Criterion.Form.RELATIVE_CHANGE and baseline <= 0:
        raise Refused(
            "baseline",
            _(
                "A percentage cannot be counted from zero or less: 15% of nothing is nothing. "
                "Choose a change by a fixed amount, or a level to reach."
            ),
        )
    if form == Criterion.Form.RELATIVE_CHANGE and direction == Criterion.Direction.DOWN and target > 1:
        raise Refused("target", _("Nothing can fall by more than 100 percent."))
