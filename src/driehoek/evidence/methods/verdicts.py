"""The first two questions about a criterion, by name: was it reached, and how sure is that?"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from driehoek.evidence.criteria import (
    FORMS,
    Counted,
    CriterionTerms,
    Direction,
    Form,
    Observation,
    Verdict,
    judge,
    share_at_or_above,
)
from driehoek.evidence.deadlines import deadline as deadline_of
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import (
    WrongInput,
    choice,
    day,
    exact,
    exacts,
    flag,
    records,
    whole,
)

FEWEST_ANSWERED: Final = Decimal("0.6")
"""Below this share of answers a share of people is not assessed, unless something else was agreed."""


def criterion(
    *,
    form: Form,
    direction: Direction,
    target: Decimal,
    baseline: Decimal | None,
    value: Decimal | None,
    measured: date | None,
    observations: Sequence[Mapping[str, Any]],
    threshold: Decimal | None,
    scores: Sequence[Decimal] | None,
    invited: int | None,
    minimum_response: Decimal,
    start: date,
    months: int | None,
    days: int | None,
    deadline: date | None,
    today: date,
    stopped_on: date | None,
    weighted: bool,
    changed_after_start: bool,
) -> dict[str, Any]:
    """Judge one criterion on what was registered and what was measured; exact, nothing rounded."""
    ends = _ends(start, months, days, deadline)
    counted: Counted = "weighted" if weighted else "last"
    terms = CriterionTerms(form, direction, target, start, ends, baseline, counted=counted)
    share = _share(form, scores, threshold)
    seen = [_observation(one) for one in observations]
    measurement = value if share is None else share
    if measurement is not None:
        if measured is None:
            raise WrongInput("measured is missing: a value has the day on which it was measured")
        seen.append(Observation(measured, measurement))
    verdict = judge(terms, seen, today, stopped_on)
    found = _said(form, verdict) | {"exploratory": changed_after_start}
    if scores is not None and invited is not None:
        found |= _response(len(scores), invited, minimum_response, verdict)
    return found


def _ends(start: date, months: int | None, days: int | None, last_day: date | None) -> date:
    if [months, days, last_day].count(None) != 2:
        raise WrongInput("give one of months, days and deadline")
    return last_day or deadline_of(start, months=months, days=days)


def _share(form: Form, scores: Sequence[Decimal] | None, threshold: Decimal | None) -> Fraction | None:
    if scores is None:
        return None
    if form != "share_at_least" or threshold is None:
        raise WrongInput("scores belong to a share_at_least with a threshold")
    return share_at_or_above(scores, threshold) if scores else None


def _observation(given: Mapping[str, Any]) -> Observation:
    volume = exact("", None).take("out_of", given)
    return Observation(day("").take("on", given), exact("").take("value", given), volume)


def _said(form: Form, verdict: Verdict) -> dict[str, Any]:
    found: dict[str, Any] = {
        "status": verdict.status,
        "reason": verdict.reason,
        "deadline": verdict.deadline,
        "in_window": verdict.in_window,
        "on_target": verdict.on_target,
        "value": verdict.value,
        "measured": verdict.measured_on,
        "change": verdict.change,
    }
    if verdict.change is not None:
        found[form] = verdict.change
    if form == "share_at_least" and verdict.value is not None:
        found["share"] = verdict.value
    return found


def _response(answered: int, invited: int, minimum: Decimal, verdict: Verdict) -> dict[str, Any]:
    """A share of the few who happened to answer is not the share that was agreed."""
    if invited < max(answered, 1):
        raise WrongInput("invited must be at least the number of scores")
    rate = Fraction(answered, invited)
    found: dict[str, Any] = {"response_rate": rate}
    if rate < Fraction(minimum) and verdict.status in ("reached", "not_reached"):
        found |= {"status": "not_assessable", "reason": "too_few_answered"}
    return found


CRITERION = Method(
    "verdict.criterion",
    "Was the criterion reached, as registered: on the agreed data, in the agreed window, exactly?",
    {
        "form": choice("what is compared with the target", *FORMS),
        "direction": choice("which way is better", "up", "down", default="up"),
        "target": exact(
            "the size of the change (a fraction for relative_change), the level, the count or the share"
        ),
        "baseline": exact("what it started from; a change has none without it", None),
        "value": exact("what was measured", None),
        "measured": day("when it was measured", None),
        "observations": records('instead of value and measured: {"on", "value", "out_of"?} each', ()),
        "threshold": exact("from which score on somebody counts, for share_at_least", None),
        "scores": exacts("one score per person who answered, for share_at_least", None),
        "invited": whole("how many people were asked", None),
        "minimum_response": exact("the share of answers below which nothing is said", FEWEST_ANSWERED),
        "start": day("the first day of the window"),
        "months": whole("length of the window; the last day counts", None),
        "days": whole("length of the window; the last day counts", None),
        "deadline": day("the last day of the window, instead of months or days", None),
        "today": day("the day of asking"),
        "stopped_on": day("the last day of work that ended early", None),
        "weighted": flag("take all observations together by their volume", False),
        "changed_after_start": flag("whether the criterion was changed after the start", False),
    },
    criterion,
)

METHODS: Final = (CRITERION,)
