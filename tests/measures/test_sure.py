"""How sure: worked out when the period is over, in words that claim nothing more."""

import ast
import inspect
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from driehoek.evidence import certainty, certainty_of_criterion, certainty_of_series
from driehoek.evidence.baseline import BaselineWindow, Before
from driehoek.evidence.certainty_of_criterion import certainty_of
from driehoek.evidence.criteria import CriterionTerms, Observation, judge
from driehoek.kit import clock
from driehoek.measures.wording import sure as words
from tests.measures.makers import make_agreed, measure
from tests.measures.test_verdicts import page

START, END, AFTER = date(2026, 3, 1), date(2026, 6, 30), date(2026, 7, 1)


def terms(form, target, *, before=(), **given):
    """A criterion over four months, with what was measured in the two months before."""
    rows = tuple(Before(date(2026, 1, 1 + place), *map(Decimal, one)) for place, one in enumerate(before))
    window = BaselineWindow(date(2026, 1, 1), date(2026, 2, 28), rows) if rows else None
    facts = {"baseline": window.mean, "measured_before": window} if window else {}
    return CriterionTerms(form, given.pop("direction", "up"), Decimal(target), START, END, **facts | given)


def seen(*rows):
    return [Observation(date(2026, 3, 1 + place), *map(Decimal, one)) for place, one in enumerate(rows)]


def asked(agreed, rows, today=AFTER):
    return certainty_of(agreed, rows, judge(agreed, rows, today))


def test_it_is_not_asked_before_the_period_is_over_nor_without_a_first_answer():
    agreed = terms("level", "5")
    assert asked(agreed, seen(["6"]), today=END) is None
    assert asked(agreed, []) is None


@pytest.mark.parametrize(
    ("agreed", "rows", "method", "reason"),
    [
        (terms("count", "6"), [["6"]], "count", "counted_in_full"),
        (terms("share_at_least", "0.8"), [["0.9"]], "none", "answers_not_known"),
        (terms("level", "5", baseline=Decimal(3)), [["6"], ["7"]], "none", "one_value_before"),
        (terms("level", "5", before=[["3"], ["4"]]), [["6"]], "levels", "too_few_points"),
        (
            terms("level", "5", before=[[str(n)] for n in (3, 4, 3, 4, 3)]),
            [[str(n)] for n in (5, 6, 5, 6, 5)],
            "levels_nap_tau",
            "only_an_indication",
        ),
        (
            terms("level", "0.8", counted="weighted", before=[["70", "100"]]),
            [["90", "100"], ["180", "200"]],
            "wilson",
            "whole_interval_on_target",
        ),
        (
            terms("absolute_change", "0.1", counted="weighted", before=[["70", "100"]]),
            [["90", "100"], ["180", "200"]],
            "newcombe",
            "whole_interval_on_target",
        ),
        (
            terms("relative_change", "0.5", direction="down", counted="weighted", before=[["41", "3100"]]),
            [["18", "3000"]],
            "rate_ratio",
            "target_inside_interval",
        ),
        (
            terms("level", "2", direction="down", counted="weighted", before=[["41", "10"]]),
            [["30", "10"]],
            "exact_rate",
            "whole_interval_short_of_target",
        ),
        (
            terms("relative_change", "0.5", counted="weighted", baseline=Decimal("0.5")),
            [["90", "100"]],
            "rate_ratio",
            "start_not_counted",
        ),
        (
            terms("absolute_change", "0.1", counted="weighted", baseline=Decimal("0.5")),
            [["90", "100"]],
            "newcombe",
            "start_not_counted",
        ),
        (terms("level", "0.8", counted="weighted"), [["9.5", "10"]], "none", "not_counted_in_whole_numbers"),
    ],
)
def test_what_was_measured_decides_how_it_is_worked_out(agreed, rows, method, reason):
    found = asked(agreed, seen(*rows))
    assert (found.method, found.reason) == (method, reason)


def test_twelve_values_in_each_phase_are_judged_by_the_line_through_them():
    before = [[str(70 + (place * 7) % 5)] for place in range(12)]
    after = [[str(90 + (place * 7) % 5)] for place in range(12)]
    found = asked(terms("level", "85", before=before), seen(*after))
    assert (found.method, found.status) == ("reml_ar1", "demonstrated")


def reasons_in(module):
    """Every reason the code gives for an answer: the third word of a Certainty, or a word instead of one."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Certainty" and len(node.args) > 2:
            found = [node.args[2]]
        elif isinstance(node, ast.Return | ast.Assign):
            found = (
                [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            )
        else:
            continue
        for one in found:
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and "_" in one.value:
                yield one.value


def test_every_reason_there_is_has_words():
    modules = (certainty, certainty_of_series, certainty_of_criterion)
    given = {reason for module in modules for reason in reasons_in(module)}
    without = {"only_an_indication", "not_demonstrated", "one_sample_t"}
    assert {"one_value_before", "no_spread", "too_few_raters", "start_not_counted"} <= given
    assert given - without == set(words.REASONS)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_words_claim_a_proof_or_a_cause(language):
    with translation.override(language):
        said = [str(one) for one in (*words.REASONS.values(), *words.STATUS_WORDS.values(), words.LATER)]
    for one in said:
        assert not {"proved", "bewezen", "because", "dankzij", "door de coaching"} & set(one.lower().split())


@pytest.mark.django_db
def test_the_page_says_nothing_of_certainty_before_the_period_is_over_and_the_interval_after():
    engagement = make_agreed()
    clock.move_to(datetime(2027, 1, 10, 9, tzinfo=UTC))
    measure(engagement, [(date(2027, 1, 9), "9")])
    assert "Nog niet berekend" in page(engagement).content.decode()

    clock.move_to(datetime(2027, 1, 20, 9, tzinfo=UTC))
    assert "Er is één waarde van vooraf" in page(engagement).content.decode()
