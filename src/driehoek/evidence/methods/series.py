"""One figure over time, by name."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from driehoek.evidence.blocks import percent_change_in_blocks
from driehoek.evidence.course import levels, mean_shift, percent_change, pogo
from driehoek.evidence.interrupted import segmented_ar1, segmented_newey_west
from driehoek.evidence.methods.answering import Method, named
from driehoek.evidence.methods.reading import (
    Columns,
    WrongInput,
    choice,
    columns,
    number,
    numbers,
    text,
    whole,
)
from driehoek.evidence.overlap import baseline_corrected_tau, nap, tau_u
from driehoek.evidence.trend import theil_sen

BEFORE = numbers("the values before, in order of time", gaps=True)
AFTER = numbers("the values after, in order of time", gaps=True)
BETTER = choice("which way is better", "increase", "decrease", default="increase")
CONFIDENCE = number("how sure the interval is to be, between 0 and 1", 0.95)
AT_POINT = whole("for which point after the change the effect is given; none for the last", None)
SINCE = whole("what the time since the change is at its first point: 0 or 1", 1)
BOTH = {"A": BEFORE, "B": AFTER}


def _two_taus(A: Any, B: Any, improvement: Any) -> dict[str, Any]:  # noqa: N803 (names of the field)
    found, corrected = (
        tau_u(A, B, improvement=improvement),
        baseline_corrected_tau(A, B, improvement=improvement),
    )
    return {**named(corrected), "tau": found.tau, "tau_u": found.tau_u}


def _mean_shift(values: Any, dataset: Columns | None, column: str | None, time: str | None) -> Any:
    if dataset is None:
        if values is None:
            raise WrongInput("values is missing: give a list of numbers, or a dataset")
        return mean_shift(values)
    last = column or list(dataset)[-1]
    first = time or next(iter(dataset))
    years = [one for one in dataset.numbers(first) if one is not None] if first != last else None
    return mean_shift([one for one in dataset.numbers(last) if one is not None], years=years)


def _newey_west(
    A: Sequence[float | None] | None,  # noqa: N803
    B: Sequence[float | None] | None,  # noqa: N803
    dataset: Columns | None,
    y: str | None,
    first_post_index_1based: int | None,
    maxlags: int | None,
    at_point: int | None,
    since_starts_at: int,
) -> Any:
    if dataset is not None:
        if y is None or first_post_index_1based is None:
            raise WrongInput("y and first_post_index_1based belong to a dataset")
        values, split = _column(dataset, y), first_post_index_1based - 1
        A, B = values[:split], values[split:]  # noqa: N806
    if A is None or B is None:
        raise WrongInput("A and B are missing: give the values before and after, or a dataset")
    since: Any = since_starts_at
    return segmented_newey_west(A, B, maxlags=maxlags, at_point=at_point, since_starts_at=since)


def _column(dataset: Columns, y: str) -> list[float | None]:
    """A column, or its logarithm to base ten when it is asked for as log10(name)."""
    from math import log10

    if y.startswith("log10(") and y.endswith(")"):
        values = dataset.numbers(y[6:-1])
        if any(one is not None and one <= 0 for one in values):
            raise WrongInput("y: only what lies above 0 has a logarithm")
        return [None if one is None else log10(one) for one in values]
    return dataset.numbers(y)


def _renamed(function: Any) -> Any:
    """The field calls the phases A and B; our functions say before and after."""

    def works_out(**given: Any) -> Any:
        parts: Mapping[str, Any] = given
        return function(parts["A"], parts["B"], **{k: v for k, v in parts.items() if k not in BOTH})

    return works_out


METHODS: Final = (
    Method(
        "series.levels",
        "The level before and after, and the difference: a description and no more.",
        BOTH,
        _renamed(levels),
    ),
    Method(
        "nap",
        "In which share of all pairs the later value is the better one: one half is no change.",
        {**BOTH, "improvement": BETTER, "confidence": CONFIDENCE},
        _renamed(nap),
        remarks=("se", "ci"),
    ),
    Method(
        "tau_u",
        "Overlap of two phases, with and without the trend of the first taken off.",
        {**BOTH, "improvement": BETTER},
        _renamed(tau_u),
    ),
    Method(
        "tau_bc",
        "Overlap of two phases after the trend of the first was taken off, with its interval.",
        {**BOTH, "improvement": BETTER, "confidence": CONFIDENCE},
        _renamed(baseline_corrected_tau),
    ),
    Method(
        "tau_u_vs_bctau",
        "Overlap of two phases in three ways, so that a trend that was there already cannot hide.",
        {**BOTH, "improvement": BETTER},
        _two_taus,
    ),
    Method(
        "percent_change.log_response_ratio",
        "By how many percent the level changed, with an interval.",
        {**BOTH, "confidence": CONFIDENCE},
        _renamed(percent_change),
    ),
    Method(
        "percent_change.block_bootstrap",
        "The same from 12 values a phase on, drawn again in blocks so that neighbours stay together.",
        {**BOTH, "confidence": CONFIDENCE},
        _renamed(percent_change_in_blocks),
    ),
    Method(
        "pogo",
        "How many percent of the way from the first level to the goal was covered.",
        {**BOTH, "goal": number("the level that was agreed"), "confidence": CONFIDENCE},
        _renamed(pogo),
    ),
    Method(
        "theil_sen",
        "The slope that half of all pairs lie above, beside the least squares one.",
        {"x": numbers("moments", gaps=True), "y": numbers("values at these moments", gaps=True)},
        theil_sen,
    ),
    Method(
        "changepoint.mean_shift",
        "Where the level of a series changed most, if it did.",
        {
            "values": numbers("the series, in order of time", None),
            "dataset": columns("the series in a file"),
            "column": text("the column of the values; none for the last", None),
            "time": text("the column of the moments; none for the first", None),
        },
        _mean_shift,
    ),
    Method(
        "its.segmented_newey_west",
        "The jump and the bend of a series; these errors are too small for short series.",
        {
            "A": numbers("the values before, in order of time", None, gaps=True),
            "B": numbers("the values after, in order of time", None, gaps=True),
            "dataset": columns("the series in a file"),
            "y": text("the column of the values, or log10(column)", None),
            "first_post_index_1based": whole("the first row that lies after the change", None),
            "maxlags": whole("how many points the memory reaches; none for the usual number", None),
            "at_point": AT_POINT,
            "since_starts_at": SINCE,
        },
        _newey_west,
        remarks=("model",),
    ),
    Method(
        "its.segmented_ar1_reml",
        "The jump and the bend of a series of which each value remembers the one before.",
        {**BOTH, "at_point": AT_POINT, "since_starts_at": SINCE, "confidence": CONFIDENCE},
        _renamed(segmented_ar1),
        remarks=("model",),
    ),
)
