"""What can be asked by name: described where people read it, and refused in a sentence."""

import importlib
import inspect
import json
import math
import pkgutil
from pathlib import Path

import pytest

from driehoek.evidence import methods
from driehoek.evidence.methods import METHODS, answer_one
from driehoek.evidence.methods.picture import MARK, as_markdown

DOCS = Path(__file__).parents[2] / "docs" / "evidence.md"
TOLD, _MARK, MADE = DOCS.read_text(encoding="utf-8").partition(MARK)


def test_the_page_about_evidence_describes_every_method_as_it_is():
    assert as_markdown() == MARK + MADE, "run script/fix"


def test_every_method_the_page_tells_about_exists():
    assert {"verdict.criterion", "verdict.certainty"} <= set(METHODS)
    shown = json.loads(TOLD.partition("echo '")[2].partition("'")[0])
    assert answer_one(shown, METHODS)["result"]["rwg"] == 0.75


def functions_asked():
    """What the methods get their numbers from: everything they take from the rooms beside them."""
    for info in pkgutil.iter_modules(methods.__path__):
        module = importlib.import_module(f"{methods.__name__}.{info.name}")
        for found in vars(module).values():
            home = getattr(found, "__module__", "")
            if inspect.isfunction(found) and home.startswith("driehoek.evidence.") and ".methods" not in home:
                yield found


@pytest.mark.parametrize("function", sorted(set(functions_asked()), key=repr), ids=lambda one: one.__name__)
def test_every_function_behind_a_method_says_its_source_its_errors_and_an_example(function):
    said = function.__doc__ or ""
    assert "ource" in said
    assert "aise" in said
    assert ">>>" in said


def ask(method, **given):
    return answer_one({"method": method, "input": given}, METHODS)


RATERS = {"pre_by_rater": [3, 4, 3, 2, 4], "post_by_rater": [4, 4, 4, 3, 5]}
RISE = {"form": "absolute_change", "direction": "up", "target": 0.2}


@pytest.mark.parametrize(
    ("given", "method", "status"),
    [
        (RATERS | RISE, "paired_t", "demonstrated"),
        ({"pre": [3, 4, 3, 2], "post": [4, 5, 4, 4]} | RISE, "welch", "not_demonstrated"),
        ({"A": [1, 2, 1], "B": [4, 5, 4]} | RISE, "levels", "not_assessable"),
        (
            {
                "form": "share_at_least",
                "target": 0.8,
                "scores": [8] * 16 + [5] * 4,
                "threshold": 7,
                "invited": 26,
            },
            "wilson",
            "not_demonstrated",
        ),
        ({"form": "share_at_least", "target": 0.8, "successes": 20, "n": 20}, "wilson", "demonstrated"),
        (
            {
                "form": "relative_change",
                "direction": "down",
                "target": 0.5,
                "events_pre": 41,
                "exposure_pre": 3100,
                "events_post": 5,
                "exposure_post": 3000,
            },
            "rate_ratio",
            "demonstrated",
        ),
    ],
)
def test_the_kind_of_data_decides_how_certainty_is_worked_out(given, method, status):
    result = ask("verdict.certainty", **given)["result"]
    assert (result["method"], result["status"]) == (method, status)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (RISE, "give one kind of data"),
        (RATERS | RISE | {"A": [1, 2], "B": [3, 4]}, "give one kind of data"),
        ({"form": "share_at_least", "target": 0.8, "scores": [8]}, "threshold is missing"),
        ({"form": "share_at_least", "target": 0.8, "successes": 8}, "n is missing"),
        ({"form": "level", "target": 0.8, "successes": 8, "n": 9}, "form must be share_at_least"),
        ({"form": "level", "target": 2, "events_post": 8}, "exposure_post is missing"),
        (RATERS | RISE | {"target": "a lot"}, "target must be a number"),
        (RATERS | RISE | {"post_by_rater": [4, "5", 4, 3, 5]}, "post_by_rater must be a list of numbers"),
        (RATERS | RISE | {"confidence": 95}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_asked_is_answered_with_what_is_missing(given, says):
    answer = ask("verdict.certainty", **given)
    assert answer["undefined"] is True
    assert says in answer["reason"]


def judged(**given):
    facts = {"form": "level", "target": "5", "start": "2026-01-31", "months": 1, "today": "2026-06-01"}
    return ask("verdict.criterion", **facts | given)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"value": "5.0", "measured": "2026-02-28"}, "reached"),
        ({"value": "5.0", "measured": "2026-03-01"}, "not_assessable"),
        ({"value": "4.9", "measured": "2026-02-01"}, "not_reached"),
        ({}, "no_data"),
        ({"value": "9", "measured": "2026-02-01", "today": "2026-02-28"}, "not_due"),
        (
            {"form": "relative_change", "target": "0.1", "value": "5", "measured": "2026-02-01"},
            "not_assessable",
        ),
        (
            {
                "form": "relative_change",
                "target": "0.1",
                "baseline": "0",
                "value": "5",
                "measured": "2026-02-01",
            },
            "not_assessable",
        ),
        (
            {"observations": [{"on": "2026-02-01", "value": 6}, {"on": "2026-02-20", "value": 4}]},
            "not_reached",
        ),
        (
            {
                "weighted": True,
                "target": "0.5",
                "observations": [
                    {"on": "2026-02-01", "value": 9, "out_of": 10},
                    {"on": "2026-02-20", "value": 30, "out_of": 90},
                ],
            },
            "not_reached",
        ),
    ],
)
def test_a_criterion_is_judged_by_its_window(given, status):
    assert judged(**given)["result"]["status"] == status


def test_a_share_of_the_few_who_answered_is_not_assessed_and_says_how_few():
    asked = {"form": "share_at_least", "target": "0.8", "threshold": "7", "measured": "2026-02-01"}
    few = judged(**asked, scores=[8, 9, 7], invited=10)["result"]
    assert (few["status"], few["reason"], few["response_rate"]) == ("not_assessable", "too_few_answered", 0.3)
    enough = judged(**asked, scores=[8, 9, 7], invited=10, minimum_response="0.3")["result"]
    assert enough["status"] == "reached"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"months": None}, "one of months, days and deadline"),
        ({"days": 3}, "one of months, days and deadline"),
        ({"value": "5"}, "measured is missing"),
        ({"scores": [8], "threshold": 7, "measured": "2026-02-01"}, "share_at_least"),
        ({"value": "NaN", "measured": "2026-02-01"}, "value must be a decimal number"),
        ({"start": "31-01-2026"}, "start must be a date"),
        ({"form": "share_at_least", "target": "80"}, "from 0 to 1"),
    ],
)
def test_a_criterion_that_cannot_be_judged_is_answered_with_a_sentence(given, says):
    answer = judged(**given)
    assert answer["undefined"] is True
    assert says in answer["reason"]


def test_a_changed_criterion_is_exploratory():
    found = judged(value="6", measured="2026-02-01", changed_after_start=True)["result"]
    assert (found["status"], found["exploratory"]) == ("reached", True)


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("icc.bliese", {}),
        ("rwg_j", {"scale_options": 5}),
        ("cronbach_alpha", {}),
        ("changepoint.mean_shift", {}),
        ("its.segmented_newey_west", {}),
        ("rci.jacobson_truax", {"sd_pre": 1, "reliability": 0.8}),
        ("power.t", {"d": 0.5, "type": "three-sample"}),
        ("aggregate360", {"ratings_by_group": {"peers": [3, 4, 5]}, "exclude_self": False}),
        ("privacy.audit", {"aggregates": [{"name": "a"}], "fewest": 3, "scale": [1, 5]}),
        ("privacy.audit", {"aggregates": [], "fewest": 3, "scale": [1, 5], "known": [1]}),
        ("privacy.l_diversity", {"n": 5, "mean": 5, "scale": [1]}),
        ("privacy.dp_mean", {"n": 5, "lower": 1, "upper": 5, "epsilon": 1, "n_public": False}),
    ],
)
def test_a_method_without_what_it_needs_says_what_that_is(method, given):
    answer = ask(method, **given)
    assert answer["undefined"] is True
    assert len(answer["reason"]) > 20


def test_pairs_are_counted_like_one_group_of_changes():
    from statsmodels.stats.power import TTestPower

    pairs = ask("power.t", d=0.5, n=34, type="paired two-sided")["result"]["power"]
    assert pairs == pytest.approx(TTestPower().power(0.5, 34, 0.05), rel=1e-9)
    # R: pwr.t.test(d = 0.5, power = 0.8, type = "paired") prints n = 33.36713.
    needed = ask("power.t", d=0.5, power=0.8, type="paired two-sided")["result"]["n_per_group"]
    assert needed == pytest.approx(33.36713, abs=5e-6)


@pytest.mark.parametrize("cutoff", [2.05, 1.0, -1.0])
def test_the_return_of_the_very_lowest_is_as_exact_as_that_of_the_rest(cutoff):
    from scipy import stats

    facts = {"mean": 3.6, "sd": 0.2, "cutoff": cutoff, "reliability": 0.5}
    z = (3.6 - cutoff) / 0.2
    found = ask("regression_to_mean.truncated", **facts)["result"]
    depth = math.exp(stats.norm.logpdf(z) - stats.norm.logsf(z))
    assert found["C_z"] == pytest.approx(depth, rel=1e-9)


def test_the_audit_by_name_finds_whose_answer_a_difference_gives_away():
    people = ["a", "b", "c", "d", "e", "f"]
    figures = [
        {"name": "all", "respondents": people, "value": 23 / 6},
        {"name": "without", "respondents": people[:-1], "value": 3.6},
    ]
    found = ask("privacy.audit", aggregates=figures, fewest=3, scale=[1, 5])["result"]
    assert found["is_safe"] is False
    assert found["findings"][0]["respondents"] == ["f"]
