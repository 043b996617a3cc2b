"""Shares of people, counts and recommendation, by name."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from driehoek.evidence.counts import poisson_rate_ratio, volume_weighted_shares
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import choice, exact, exacts, flag, number, numbers, whole
from driehoek.evidence.recommendation import enps
from driehoek.evidence.shares import (
    agreed_share,
    clopper_pearson,
    difference_newcombe,
    mcnemar_exact,
    probability_of_share,
    wilson,
)

CONFIDENCE = number("how sure the interval is to be, between 0 and 1", 0.95)
YES, N = whole("how many said yes"), whole("how many answered")


def _agreed(
    scores: Sequence[Decimal], threshold: Decimal, target: Decimal, invited: int | None, confidence: float
) -> Any:
    return agreed_share(scores, threshold=threshold, target=target, invited=invited, confidence=confidence)


def _weighted(
    orders_pre: Any, on_time_pre: Any, orders_post: Any, on_time_post: Any, confidence: float
) -> Any:
    return volume_weighted_shares(
        volumes_pre=orders_pre,
        counted_pre=on_time_pre,
        volumes_post=orders_post,
        counted_post=on_time_post,
        confidence=confidence,
    )


def _chance(successes: int, n: int, target: Decimal, prior: Any) -> dict[str, float]:
    return {"prob_ge_target": probability_of_share(successes, n, target=target, prior=prior)}


METHODS: Final = (
    Method(
        "proportion.wilson",
        "A share of people with the interval that suits small groups.",
        {"successes": YES, "n": N, "confidence": CONFIDENCE},
        wilson,
    ),
    Method(
        "proportion.clopper_pearson",
        "A share of people with the interval that is never too narrow.",
        {"successes": YES, "n": N, "confidence": CONFIDENCE},
        clopper_pearson,
    ),
    Method(
        "proportion.difference_newcombe",
        "How two shares differ, with an interval.",
        {
            "x1": whole("how many said yes in the first group"),
            "n1": whole("how many answered in the first group"),
            "x2": whole("how many said yes in the second group"),
            "n2": whole("how many answered in the second group"),
            "confidence": CONFIDENCE,
        },
        difference_newcombe,
    ),
    Method(
        "proportion.chance",
        "The chance that the share is at least the target, given a stated belief beforehand.",
        {
            "successes": YES,
            "n": N,
            "target": exact("the share that was agreed"),
            "prior": choice("what is believed beforehand", "uniform", "jeffreys", default="uniform"),
        },
        _chance,
    ),
    Method(
        "proportion.mcnemar",
        "Whether more people changed to yes than to no, of people asked twice.",
        {"to_yes": whole("how many changed to yes"), "to_no": whole("how many changed to no")},
        mcnemar_exact,
    ),
    Method(
        "criterion.proportion",
        "Whether so many give at least such a score: in this group, and how sure for everybody.",
        {
            "scores": exacts("one score per person who answered"),
            "threshold": exact("from which score on somebody counts"),
            "target": exact("the share that was agreed"),
            "invited": whole("how many people were asked", None),
            "confidence": CONFIDENCE,
        },
        _agreed,
    ),
    Method(
        "enps",
        "The share that would recommend, less the share that would not, with its wide interval.",
        {
            "scores": exacts("marks from 0 to 10; others are counted and left out"),
            "confidence": CONFIDENCE,
            "is_adjusted": flag("the interval for small groups", False),
        },
        enps,
    ),
    Method(
        "poisson_rate_ratio",
        "How a number of events per unit changed, such as errors per order.",
        {
            "events_post": whole("how many after"),
            "exposure_post": number("out of how much after"),
            "events_pre": whole("how many before"),
            "exposure_pre": number("out of how much before"),
            "confidence": CONFIDENCE,
        },
        poisson_rate_ratio,
    ),
    Method(
        "kpi.volume_weighted_proportion",
        "A share of a volume before and after, in which a busy month weighs more than a quiet one.",
        {
            "orders_pre": numbers("the volume per period before", gaps=True),
            "on_time_pre": numbers("how much of it counted before", gaps=True),
            "orders_post": numbers("the volume per period after", gaps=True),
            "on_time_post": numbers("how much of it counted after", gaps=True),
            "confidence": CONFIDENCE,
        },
        _weighted,
    ),
)
