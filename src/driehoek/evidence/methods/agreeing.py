"""How far raters and coders agree, by name."""

from collections.abc import Sequence
from typing import Any, Final

from driehoek.evidence.agreement import NULL_VARIANCES, average_deviation, awg, rwg, rwg_j
from driehoek.evidence.awg_items import awg_j
from driehoek.evidence.coders import krippendorff_alpha, weighted_kappa
from driehoek.evidence.coding_intervals import alpha_intervals, kappa_interval
from driehoek.evidence.methods.answering import Method, named
from driehoek.evidence.methods.reading import (
    Columns,
    Part,
    WrongInput,
    columns,
    label,
    labelled,
    labels,
    names,
    number,
    numbers,
    table,
    text,
    whole,
)

RATINGS = numbers("one score per rater", gaps=True)
SCALE = numbers("the lowest and the highest step of the scale")
CONFIDENCE = number("how sure the interval is to be, between 0 and 1", 0.95)
CODES = labelled("one row per coder, null where nothing was coded")
OPTIONS = whole("how many steps the scale has")
NULL = Part(
    "a variance, or one of " + ", ".join(NULL_VARIANCES),
    "how raters who choose blindly would spread",
    lambda value: value if isinstance(value, str) else float(value),
    "uniform",
)


def _rwg_j(
    ratings: Sequence[Sequence[float | None]] | None,
    dataset: Columns | None,
    group_column: str | None,
    group: Any,
    items: Sequence[str] | None,
    scale_options: int,
    null: Any,
) -> Any:
    if dataset is None:
        if ratings is None:
            raise WrongInput("ratings is missing: give rows of scores, or a dataset")
        return rwg_j(ratings, scale_options, null)
    scores = [dataset.numbers(item) for item in items or ()]
    if group_column is None or group_column not in dataset:
        raise WrongInput("group_column must be a column of the dataset")
    kept = [place for place, one in enumerate(dataset[group_column]) if one == str(group)]
    return rwg_j([[item[place] for item in scores] for place in kept], scale_options, null)


def _kappa(rater1: Any, rater2: Any, categories: Any, weights: Any, confidence: float) -> dict[str, Any]:
    found = weighted_kappa(rater1, rater2, categories, weights)
    sure = kappa_interval(rater1, rater2, categories, weights, confidence)
    return {**named(found), **named(sure)}


METHODS: Final = (
    Method(
        "rwg",
        "How far raters agree on one thing, beside raters who choose blindly: 1 is wholly.",
        {"ratings": RATINGS, "scale_options": OPTIONS, "null": NULL},
        rwg,
    ),
    Method(
        "rwg_j",
        "How far raters agree over several items, with the form that does not grow with their number.",
        {
            "ratings": table("one row per rater, one score per item", None, gaps=True),
            "dataset": columns("scores in a file, one row per rater"),
            "group_column": text("the column that names the group", None),
            "group": label("the group that is meant", None),
            "items": names("the columns of the items", None),
            "scale_options": OPTIONS,
            "null": NULL,
        },
        _rwg_j,
    ),
    Method(
        "awg",
        "How far raters agree, beside the most they could differ around this mean.",
        {"ratings": RATINGS, "scale": SCALE},
        awg,
    ),
    Method(
        "awg_j",
        "The same over several questions: the mean of awg, which does not grow with their number.",
        {"ratings": table("one row per rater, one score per question", gaps=True), "scale": SCALE},
        awg_j,
    ),
    Method(
        "ad",
        "How far raters lie from their mean and from their median, in steps of the scale.",
        {"ratings": RATINGS, "scale_options": OPTIONS},
        average_deviation,
    ),
    Method(
        "agreement.weighted_kappa",
        "How far two raters put the same things in the same ordered classes, chance taken off.",
        {
            "rater1": labels("one class per thing, null where missing"),
            "rater2": labels("one class per thing, in the same order"),
            "categories": labels("every class, in order"),
            "weights": text("unweighted, linear or quadratic", "quadratic"),
            "confidence": CONFIDENCE,
        },
        _kappa,
    ),
    Method(
        "krippendorff_alpha",
        "How far any number of coders agree, with gaps: nominal, ordinal, interval and ratio.",
        {"rows_are_raters": CODES},
        krippendorff_alpha,
    ),
    Method(
        "krippendorff_alpha.interval",
        "Between what alpha may lie, by drawing the coded things again 2000 times, the same draws each time.",
        {"rows_are_raters": CODES, "confidence": CONFIDENCE},
        alpha_intervals,
    ),
)
