"""Whatever is asked, the answer is a finite number or a reason: never a crash, a NaN or a long wait."""

import json
import random
import warnings
from decimal import Decimal

import pytest

from driehoek.evidence.methods import METHODS, answer_one
from tests.evidence.asked import BEFORE, FIGURES, QUESTIONS, SERIES

ODD = [
    *(None, True, False, 0, -1, 2, 3.0, Decimal("0.5"), 10**30, 10**400),
    *(Decimal(one) for one in ("1e308", "-1e308", "1e-308", "1e-320", "1e400", "0E-400", "1E+5000")),
    *("", "abc", "3", "NaN", "Infinity", "1e5", "-0", "1_000", "\u0663", "\ud800", "0." + "1" * 60),
    *("2026-02-29", "2028-02-29", "0001-01-01", "9999-12-31", "2026-02-01T10:00"),
    *([], {}, [None], [[]], [1], [Decimal("1e308")] * 3, [0] * 5, ["a"], [[1, 2], [3, 4]], [[1], [2, 3]]),
    *({"a": 1}, {"a": []}, {"a": [1, 2, 3]}, [{"a": 1}]),
]
SIZES = (-1, 0, 1000, Decimal("0.001"), Decimal("1e150"), Decimal("1e-150"), Decimal("1e300"))


def is_number(value):
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def spoiled(value, rng):
    """The same with something wrong somewhere in it."""
    if isinstance(value, dict) and value and rng.random() < 0.75:
        return value | {(name := rng.choice(list(value))): spoiled(value[name], rng)}
    if isinstance(value, list) and value and rng.random() < 0.75:
        at, size = rng.randrange(len(value)), rng.choice(SIZES)
        ways = [
            [*value[:at], spoiled(value[at], rng), *value[at + 1 :]],
            value[:at],
            [value[0]] * len(value),
            value + value,
            rng.sample(value, len(value)),
            [Decimal(str(one)) * size if is_number(one) else one for one in value],
        ]
        return rng.choice(ways)
    if is_number(value) and rng.random() < 0.5:
        return Decimal(str(value)) * rng.choice(SIZES)
    return rng.choice(ODD)


def test_there_is_a_question_that_works_for_every_method():
    assert {method for method, _given in QUESTIONS} == set(METHODS)
    answers = [answer_one({"method": method, "input": given}, METHODS) for method, given in QUESTIONS]
    refused = [one for one in answers if "undefined" in one]
    assert {one["method"] for one in refused} <= {"gas.t_score", "rwg", "awg"}  # known to be undefined


@pytest.mark.parametrize("seed", range(6))
def test_spoiled_input_is_answered_with_a_finite_number_or_a_reason(seed):
    rng = random.Random(seed)
    for _ in range(500):
        method, given = rng.choice(QUESTIONS)
        asked = dict(given)
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            name = rng.choice([*given, rng.choice(list(METHODS[method].takes))])
            asked[name] = spoiled(asked.get(name), rng)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            answer = answer_one({"method": method, "input": asked}, METHODS)
        json.dumps(answer, allow_nan=False)
        assert ("result" in answer) != bool(answer.get("undefined") and answer["reason"]), (method, asked)


@pytest.mark.parametrize(
    ("method", "given", "says"),
    [
        ("agreement.weighted_kappa", {"rater1": 3, "rater2": [1], "categories": [1, 2]}, "rater1 must be"),
        (
            "agreement.weighted_kappa",
            {"rater1": [1], "rater2": [1], "categories": True},
            "categories must be",
        ),
        ("krippendorff_alpha", {"rows_are_raters": 0}, "rows_are_raters must be"),
        ("krippendorff_alpha", {"rows_are_raters": [[True, False], [True, True]]}, "rows_are_raters must be"),
        ("icc.bliese", {"values": [1, 2], "groups": [[1], "a"]}, "groups must be"),
        ("proportion.mcnemar", {"to_yes": 8, "to_no": 10**30}, "to_no must be a whole number"),
        ("privacy.audit", {"aggregates": FIGURES, "fewest": 3, "scale": [1, 5], "known": 3}, "known must be"),
        ("series.levels", {"A": [Decimal("1e308"), Decimal("-1e308")], "B": [1]}, "too large"),
        ("its.segmented_ar1_reml", {**SERIES, "B": [Decimal("1e300") * one for one in SERIES["B"]]}, "large"),
        (
            "power.stepped_wedge",
            {
                "clusters_per_sequence": [6, 6],
                "periods": 10**9,
                "n_per_cluster_period": 9,
                "mu0": 0,
                "mu1": 1,
                "tau": 1,
            },
            "periods",
        ),
    ],
)
def test_what_cannot_be_read_is_named(method, given, says):
    answer = answer_one({"method": method, "input": given}, METHODS)
    assert answer["undefined"] is True
    assert says in answer["reason"]


def test_a_milliard_is_counted_without_going_through_them_one_by_one():
    def ask(method, **given):
        return answer_one({"method": method, "input": given}, METHODS)["result"]

    # Of n answers the smallest k solves a quadratic: about n t + z sqrt(n t (1 - t)).
    k = ask("planning.min_successes", n=10**9, target=Decimal("0.8"))["k"]
    assert k == pytest.approx(8e8 + 1.959964 * (1e9 * 0.16) ** 0.5, abs=3)
    found = ask(
        "poisson_rate_ratio", events_pre=10**8, exposure_pre=1, events_post=10**8 + 30_000, exposure_post=1
    )
    assert found["p"] == pytest.approx(0.0339, abs=0.0005)  # normal: z = 30000 / sqrt(2e8)
    assert ask("privacy.audit", aggregates=FIGURES, fewest=10**9, scale=[1, 5])["is_safe"] is False


def test_the_same_class_written_as_4_and_as_4_point_0_is_one_class():
    given = {"rater1": [1, Decimal("2.0"), 3], "rater2": [1, 2, Decimal("3.0")], "categories": [1, 2, 3]}
    assert answer_one({"method": "agreement.weighted_kappa", "input": given}, METHODS)["result"]["kappa"] == 1


def test_a_list_of_ten_thousand_questions_is_answered_in_its_order():
    asked = [
        {"id": at, "method": "series.levels", "input": {"A": BEFORE, "B": [at, at + 1]}}
        for at in range(10_000)
    ]
    answers = [answer_one(one, METHODS) for one in asked]
    assert [one["id"] for one in answers] == list(range(10_000))
    assert answers[7]["result"]["difference"] == pytest.approx(7.5 - 3.2)
