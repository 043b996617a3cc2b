"""Was a criterion reached, as agreed? Exact arithmetic on the agreed data and window."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from driehoek.evidence.baseline import BaselineWindow
from driehoek.evidence.deadlines import Anchor

Form = Literal["relative_change", "absolute_change", "level", "share_at_least", "count"]
Direction = Literal["up", "down"]
Status = Literal["reached", "not_reached", "not_due", "no_data", "not_assessable", "stopped_early"]
Reason = Literal[
    "target_met",
    "target_missed",
    "before_deadline",
    "nothing_measured",
    "measured_early",
    "measured_late",
    "baseline_missing",
    "baseline_zero",
    "baseline_negative",
    "baseline_after_start",
    "share_out_of_range",
    "two_values_on_one_day",
    "stopped_in_window",
    "stopped_before_anchor",
    "volume_missing",
    "anchor_not_reached",
]
Counted = Literal["last", "weighted"]
Number = Decimal | Fraction

FORMS: Final[tuple[Form, ...]] = ("relative_change", "absolute_change", "level", "share_at_least", "count")
CHANGE_FORMS: Final[frozenset[Form]] = frozenset({"relative_change", "absolute_change"})


@dataclass(frozen=True, slots=True)
class CriterionTerms:
    """What was agreed: form, direction, target, baseline and window.

    `target` is the size of the agreed change for the two change forms (never negative; a fraction for
    relative_change, so 15 % is 0.15), the value itself for level and count, and a share from 0 to 1 for
    share_at_least. Percent and percentage points are different forms: 70 to 90 is an absolute change of 20.
    The window runs from `window_starts` to `deadline`, both days included. What is counted is the last value
    in it, or, weighted, all of them together: the sum of what was counted by the sum of what it is out of.
    The baseline is one value, or the mean of what was `measured_before` the window, unrounded.
    Both days are None as long as the day from which is counted, the `anchor`, is not known.
    """

    form: Form
    direction: Direction
    target: Decimal
    window_starts: date | None
    deadline: date | None
    baseline: Number | None = None
    unit: str = ""
    counted: Counted = "last"
    anchor: Anchor | None = None
    measured_before: BaselineWindow | None = None

    def __post_init__(self) -> None:
        """Refuse terms that nobody could judge."""
        if self.form not in FORMS or self.direction not in ("up", "down"):
            raise ValueError(f"unknown form or direction: {self.form!r}, {self.direction!r}")
        amounts = [one for one in (self.target, self.baseline) if isinstance(one, Decimal)]
        if not all(one.is_finite() for one in amounts):
            raise ValueError("target and baseline must be finite numbers")
        if self.measured_before and self.baseline != self.measured_before.mean:
            raise ValueError("the baseline is the mean of what was measured before")
        if self.form in CHANGE_FORMS and self.target < 0:
            raise ValueError("give the size of the change and a direction, not a negative change")
        if self.form == "share_at_least" and (self.direction != "up" or not 0 <= self.target <= 1):
            raise ValueError("a share at least is a number from 0 to 1 with direction up")
        if self.counted not in ("last", "weighted") or (self.counted, self.form) == ("weighted", "count"):
            raise ValueError("a running total is not weighted")
        if self.window_starts is None or self.deadline is None:
            if self.anchor is None or self.window_starts or self.deadline:
                raise ValueError("a window without days waits for its anchor")
        elif self.deadline < self.window_starts:
            raise ValueError("the deadline lies before the window starts")

    def counted_from(self, on: date) -> "CriterionTerms":
        """The same terms with the days of their window, now that the day of the anchor is known.

        >>> anchor = Anchor("signing", 90, "days")
        >>> terms = CriterionTerms("count", "up", Decimal(6), None, None, anchor=anchor)
        >>> str(terms.counted_from(date(2026, 12, 3)).deadline)
        '2027-03-03'
        """
        if self.anchor is None:
            return self
        return replace(self, window_starts=on, deadline=self.anchor.last_day(on))

    def is_over(self, today: date) -> bool:
        """Whether the last day has passed; never before it is known which day that is."""
        return self.deadline is not None and today > self.deadline


@dataclass(frozen=True, slots=True)
class Observation:
    """A measured value and its day; `out_of` is its volume. What was `ticked` off a list asked nobody."""

    on: date
    value: Number
    out_of: Number | None = None
    ticked: bool = False

    @property
    def rate(self) -> Fraction:
        """The value itself, or so many of its volume."""
        return Fraction(self.value) / Fraction(self.out_of) if self.out_of else Fraction(self.value)

    def __post_init__(self) -> None:
        """Refuse what is not exact: 4.0 to 4.6 is a rise of 15 % on paper, but not in binary floats."""
        if not isinstance(self.value, Decimal | Fraction | int):
            raise TypeError(f"a value is a Decimal or a Fraction, not {type(self.value).__name__}")
        if isinstance(self.value, Decimal) and not self.value.is_finite():
            raise ValueError("a value is a finite number")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer as agreed, with everything needed to say why.

    `on_target` tells how the counted value compares with the target, also before the deadline; None when
    there is nothing to compare. `change` has the sign of the movement: down is negative. `in_window` is
    None when nothing was measured. `others` is the number of values outside the window, `pooled` the number
    of values that were taken together.
    """

    status: Status
    reason: Reason
    deadline: date | None
    value: Fraction | None = None
    measured_on: date | None = None
    change: Fraction | None = None
    in_window: bool | None = None
    on_target: bool | None = None
    others: int = 0
    pooled: int = 0


def share_at_or_above(scores: Sequence[Number], threshold: Number) -> Fraction:
    """Share of scores at or above a threshold, exact. Raises ValueError without scores. Source: arithmetic.

    >>> share_at_or_above([Decimal(7), Decimal(6), Decimal(8)], Decimal(7))
    Fraction(2, 3)
    """
    if not scores:
        raise ValueError("a share needs at least one score")
    return Fraction(sum(1 for score in scores if score >= threshold), len(scores))


def judge(
    terms: CriterionTerms, observations: Sequence[Observation], today: date, stopped_on: date | None = None
) -> Verdict:
    """Say whether a criterion was reached, on the agreed data and in the agreed window.

    The last observation inside the window counts, for every form. Observations of a count are the running
    total, so there too the last one is the number reached. Until the deadline has passed the answer is
    not_due, with `on_target` as information, since a later value may still move it. As long as the anchor of
    the window is not known the answer is not_due too, or stopped_early once the work has stopped. A value
    measured after the window is a deviation and never a success; so is one from before it. Values dated
    after today are left out. Two different values on the day that counts cannot be judged: nobody agreed
    which one holds. Weighted terms take every value in the window together, each by its volume: not the mean
    of the rates, in which a quiet week would weigh as much as a busy one. A value without a volume then
    cannot be judged.

    Parameters
    ----------
    terms : as agreed and frozen at signing.
    observations : any order, Decimal or Fraction, in the unit of the terms; a share as 0 to 1.
    today : the day of asking; the deadline day itself is still inside the window.
    stopped_on : the last day of work that ended early. When the window had not ended by then, the answer
        after that day is stopped_early, whatever was measured: neither reached nor missed.

    Returns
    -------
    Verdict, with exact fractions, unrounded; it raises nothing that `terms` and observations did not.

    Source
    ------
    Rules of exact verdicts: `docs/decisions/0007-criterion-verdict.md`.

    Example
    -------
    >>> terms = CriterionTerms("relative_change", "up", Decimal("0.15"), date(2026, 1, 10),
    ...                        date(2026, 7, 10), baseline=Decimal("2.40"))
    >>> verdict = judge(terms, [Observation(date(2026, 7, 1), Decimal("2.76"))], date(2026, 7, 20))
    >>> verdict.status, verdict.change
    ('reached', Fraction(3, 20))
    """
    known = [one for one in observations if one.on <= today]
    if terms.window_starts is None or terms.deadline is None:
        return _without_window(len(known), stopped=stopped_on is not None and stopped_on < today)
    if stopped_on is not None and stopped_on < min(today, terms.deadline):
        standing = judge(terms, observations, min(today, terms.deadline))
        return replace(standing, status="stopped_early", reason="stopped_in_window")
    inside = [one for one in known if terms.window_starts <= one.on <= terms.deadline]
    others = len(known) - len(inside)
    if not inside:
        return _without_value(terms, known, today)
    last_day = max(one.on for one in inside)
    if terms.counted == "weighted":
        return _weighted(terms, inside, last_day, today, others)
    values = {one.rate for one in inside if one.on == last_day}
    if len(values) > 1:
        status: Status = "not_assessable" if terms.is_over(today) else "not_due"
        reason: Reason = "before_deadline" if status == "not_due" else "two_values_on_one_day"
        return Verdict(status, reason, terms.deadline, measured_on=last_day, in_window=True, others=others)
    return _with_value(terms, values.pop(), last_day, today, others)


def _without_window(count: int, *, stopped: bool) -> Verdict:
    """What is counted from has not happened, so no value lies inside yet."""
    status: Status = "stopped_early" if stopped else "not_due"
    reason: Reason = "stopped_before_anchor" if stopped else "anchor_not_reached"
    return Verdict(status, reason, None, in_window=False if count else None, others=count)


def _without_value(terms: CriterionTerms, known: Sequence[Observation], today: date) -> Verdict:
    in_window = False if known else None
    if not terms.is_over(today):
        return Verdict("not_due", "before_deadline", terms.deadline, in_window=in_window, others=len(known))
    if not known:
        return Verdict("no_data", "nothing_measured", terms.deadline)
    latest = max(known, key=lambda one: one.on)
    reason: Reason = "measured_late" if terms.is_over(latest.on) else "measured_early"
    return Verdict(
        "not_assessable",
        reason,
        terms.deadline,
        value=latest.rate,
        measured_on=latest.on,
        in_window=False,
        others=len(known),
    )


def _weighted(
    terms: CriterionTerms, inside: Sequence[Observation], last_day: date, today: date, others: int
) -> Verdict:
    if any(one.out_of is None or one.out_of <= 0 for one in inside):
        early = not terms.is_over(today)
        status: Status = "not_due" if early else "not_assessable"
        reason: Reason = "before_deadline" if early else "volume_missing"
        return Verdict(status, reason, terms.deadline, measured_on=last_day, in_window=True, others=others)
    counted = sum((Fraction(one.value) for one in inside), Fraction(0))
    volume = sum((Fraction(one.out_of or 0) for one in inside), Fraction(0))
    verdict = _with_value(terms, counted / volume, last_day, today, others)
    return replace(verdict, pooled=len(inside))


def _with_value(terms: CriterionTerms, value: Fraction, on: date, today: date, others: int) -> Verdict:
    hindrance = _hindrance(terms, value)
    change = None if hindrance else _change(terms, value)
    on_target = None if hindrance else _on_target(terms, value, change)
    status: Status
    reason: Reason
    if not terms.is_over(today):
        status, reason = "not_due", "before_deadline"
    elif hindrance:
        status, reason = "not_assessable", hindrance
    else:
        status = "reached" if on_target else "not_reached"
        reason = "target_met" if on_target else "target_missed"
    return Verdict(status, reason, terms.deadline, value, on, change, True, on_target, others)


def _hindrance(terms: CriterionTerms, value: Fraction) -> Reason | None:
    if terms.form == "share_at_least":
        return None if 0 <= value <= 1 else "share_out_of_range"
    if terms.form not in CHANGE_FORMS:
        return None
    if terms.baseline is None:
        return "baseline_missing"
    if terms.measured_before and terms.window_starts and terms.measured_before.ends >= terms.window_starts:
        return "baseline_after_start"
    if terms.form == "absolute_change":
        return None
    # A percentage of nothing does not exist, and one of a debt means the opposite of what it says.
    return "baseline_zero" if terms.baseline == 0 else "baseline_negative" if terms.baseline < 0 else None


def _change(terms: CriterionTerms, value: Fraction) -> Fraction | None:
    if terms.form not in CHANGE_FORMS or terms.baseline is None:
        return None
    moved = value - Fraction(terms.baseline)
    return moved / Fraction(terms.baseline) if terms.form == "relative_change" else moved


def _on_target(terms: CriterionTerms, value: Fraction, change: Fraction | None) -> bool:
    target = Fraction(terms.target)
    if change is not None:
        return change >= target if terms.direction == "up" else change <= -target
    return value >= target if terms.direction == "up" else value <= target
