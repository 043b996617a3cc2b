"""Periods that are counted from a day that is not known yet."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from driehoek.evidence.criteria import CriterionTerms, Observation, judge
from driehoek.evidence.deadlines import Anchor

GO_LIVE = Anchor("milestone", 90, "days", milestone="live")
HALVED = CriterionTerms(
    "relative_change", "down", Decimal("0.5"), None, None, baseline=Decimal("0.04"), anchor=GO_LIVE
)
LIVE_ON = date(2026, 3, 31)
LAST = date(2026, 6, 29)


@pytest.mark.parametrize(
    ("anchor", "on", "last"),
    [
        (Anchor("signing", 6, "months"), date(2026, 8, 31), date(2027, 2, 28)),
        (Anchor("signing", 6, "months"), date(2027, 8, 31), date(2028, 2, 29)),
        (Anchor("date", 1, "months"), date(2026, 1, 30), date(2026, 2, 28)),
        (Anchor("signing", 30, "days"), date(2026, 3, 1), date(2026, 3, 31)),
        (GO_LIVE, LIVE_ON, LAST),
    ],
)
def test_the_last_day_is_the_same_day_later_or_the_last_of_a_shorter_month(anchor, on, last):
    terms = replace(HALVED, anchor=anchor).counted_from(on)

    assert (terms.window_starts, terms.deadline) == (on, last)


def test_before_the_milestone_nothing_is_due_whatever_was_measured():
    verdict = judge(HALVED, [Observation(LIVE_ON, Decimal("0.01"))], date(2030, 1, 1))

    assert (verdict.status, verdict.reason) == ("not_due", "anchor_not_reached")
    assert (verdict.deadline, verdict.value, verdict.on_target) == (None, None, None)


def test_the_day_of_the_milestone_and_the_last_day_count_and_the_days_around_them_do_not():
    terms = HALVED.counted_from(LIVE_ON)
    one_day, after = timedelta(days=1), LAST + timedelta(days=1)

    def status(on):
        return judge(terms, [Observation(on, Decimal("0.02"))], after + one_day).status

    assert [status(on) for on in (LIVE_ON, LAST)] == ["reached", "reached"]
    assert [status(on) for on in (LIVE_ON - one_day, after)] == ["not_assessable", "not_assessable"]
    assert judge(terms, [Observation(LAST, Decimal("0.02"))], LAST).status == "not_due"


def test_work_that_stopped_before_the_milestone_is_reported_as_stopped():
    verdict = judge(HALVED, [], LAST, stopped_on=LIVE_ON)

    assert (verdict.status, verdict.reason) == ("stopped_early", "stopped_before_anchor")


@pytest.mark.parametrize(
    "wrong",
    [
        ("signing", 0, "days"),
        ("signing", 3, "weeks"),
        ("birthday", 3, "days"),
        ("milestone", 3, "days"),
        ("signing", 3, "days", "live"),
    ],
)
def test_nobody_counts_from_nothing(wrong):
    with pytest.raises(ValueError, match=r"anchor|at least|milestone"):
        Anchor(*wrong)


@pytest.mark.parametrize("days", [{"window_starts": LIVE_ON}, {"deadline": LAST}, {"anchor": None}])
def test_half_a_window_is_no_window(days):
    with pytest.raises(ValueError, match="waits for its anchor"):
        replace(HALVED, **days)
