"""How reliable raters and questionnaires are, by name."""

from collections.abc import Sequence
from typing import Any, Final

from driehoek.evidence.group_icc import bliese
from driehoek.evidence.icc import shrout_fleiss, shrout_fleiss_interval
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import (
    Columns,
    WrongInput,
    choice,
    columns,
    labels,
    names,
    number,
    numbers,
    table,
    text,
    whole,
)
from driehoek.evidence.omega import mcdonald_omega, omega_from_scores
from driehoek.evidence.reliability import (
    cronbach_alpha,
    error_of_a_mean_of_raters,
    spearman_brown,
    standard_error_of_measurement,
    two_item_reliability,
)

FORMS = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")
CONFIDENCE = number("how sure the interval is to be, between 0 and 1", 0.95)
TARGETS = table("one row per person who is rated, one score per rater", gaps=True)


def _bliese(
    values: Any, groups: Any, dataset: Columns | None, outcome: Any, group: Any, group_size: Any
) -> Any:
    if dataset is None:
        if values is None or groups is None:
            raise WrongInput("values and groups are missing: give both lists, or a dataset")
        return bliese(values, groups, group_size)
    if outcome is None or group is None or group not in dataset:
        raise WrongInput("outcome and group must be columns of the dataset")
    return bliese(dataset.numbers(outcome), dataset[group], group_size)


def _rows(
    rows: Sequence[Sequence[float | None]] | None, dataset: Columns | None, items: Sequence[str] | None
) -> Sequence[Sequence[float | None]]:
    """One row per person who answered, from the input or from a file."""
    if rows is not None:
        return rows
    if dataset is None:
        raise WrongInput("rows is missing: give rows of scores, or a dataset")
    chosen = [dataset.numbers(item) for item in items or dataset]
    return list(zip(*chosen, strict=True))


def _alpha(rows: Any, dataset: Any, items: Any, confidence: float) -> Any:
    return cronbach_alpha(_rows(rows, dataset, items), confidence)


def _omega(loadings: Any, uniquenesses: Any, rows: Any, dataset: Any, items: Any) -> Any:
    if loadings is not None and uniquenesses is not None:
        return mcdonald_omega(loadings, uniquenesses)
    return omega_from_scores(_rows(rows, dataset, items))


def _spearman_brown(reliability: float, factor: float) -> dict[str, float]:
    return {"reliability": spearman_brown(reliability, factor)}


_ITEMS: Final = {
    "rows": table("one row per person, one score per item", None, gaps=True),
    "dataset": columns("scores in a file, one row per person"),
    "items": names("the columns of the items; none for all", None),
}

METHODS: Final = (
    Method(
        "icc.shrout_fleiss",
        "How far raters tell people apart in the same way, in the six forms.",
        {"ratings_rows_are_targets": TARGETS},
        shrout_fleiss,
    ),
    Method(
        "icc.shrout_fleiss_ci",
        "One of the six forms with its interval.",
        {
            "ratings_rows_are_targets": TARGETS,
            "form": choice("which of the six", *FORMS),
            "confidence": CONFIDENCE,
        },
        shrout_fleiss_interval,
    ),
    Method(
        "icc.bliese",
        "How far people in one group resemble each other, and how reliable the mean of a group is.",
        {
            "values": numbers("one score per person", None, gaps=True),
            "groups": labels("the group of each person", None),
            "dataset": columns("scores in a file, one row per person"),
            "outcome": text("the column of the scores", None),
            "group": text("the column of the groups", None),
            "group_size": choice("which size stands for all", "mean", "n0", default="mean"),
        },
        _bliese,
    ),
    Method(
        "cronbach_alpha",
        "How far items measure the same; a negative number says that one is turned round.",
        {**_ITEMS, "confidence": CONFIDENCE},
        _alpha,
    ),
    Method(
        "two_item_reliability",
        "How reliable two items are together.",
        {
            "item1": numbers("scores on the first item", gaps=True),
            "item2": numbers("scores on the second item", gaps=True),
        },
        two_item_reliability,
    ),
    Method(
        "mcdonald_omega",
        "How much of a sum score is the one thing behind it.",
        {
            "loadings": numbers("of each item on the one factor", None),
            "uniquenesses": numbers("what is of each item alone", None),
            **_ITEMS,
        },
        _omega,
    ),
    Method(
        "spearman_brown",
        "The reliability of so many times as many raters or items.",
        {"reliability": number("of one, 0 to 1"), "factor": number("how many times as many")},
        _spearman_brown,
    ),
    Method(
        "standard_error_of_measurement",
        "How far one score lies from the true one, give or take.",
        {"sd": number("the spread of people"), "reliability": number("0 to 1")},
        standard_error_of_measurement,
    ),
    Method(
        "standard_error_of_measurement.of_a_mean",
        "The same for the mean of so many raters.",
        {"sd_within": number("how raters of one person differ"), "k": whole("how many raters")},
        error_of_a_mean_of_raters,
    ),
)
