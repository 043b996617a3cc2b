"""The change of one person, by name."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from driehoek.evidence.adjusted_change import (
    edwards_nunnally,
    gulliksen_lord_novick,
    hageman_arrindell,
    practice_adjusted,
)
from driehoek.evidence.feedback import aggregate360
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import (
    WrongInput,
    choice,
    flag,
    groups,
    number,
    numbers,
    whole,
)
from driehoek.evidence.posterior import SCEPTICAL_SD, posterior
from driehoek.evidence.raters import paired_t, self_minus_others, welch
from driehoek.evidence.reliable_change import (
    cutoffs,
    jacobson_truax,
    jacobson_truax_changes,
    kelley,
    minimal_detectable_change,
    minimal_detectable_change_of_means,
)
from driehoek.evidence.self_and_others import self_other_agreement

PRE, POST = number("the score before"), number("the score after")
SD_PRE = number("the spread of people before, as a standard deviation")
RELIABILITY = number("reliability of one measurement, 0 to 1")
MEAN_PRE = number("the mean of people before")
CONFIDENCE = number("how sure the interval is to be, between 0 and 1", 0.95)
BEFORE = numbers("one score per rater before, in the same order", gaps=True)
AFTER = numbers("one score per rater after", gaps=True)


def _reliable_change(
    pre: float | None,
    post: float | None,
    changes: Sequence[float | None] | None,
    sd_pre: float,
    reliability: float,
) -> Any:
    if changes is not None:
        return jacobson_truax_changes(changes, sd_pre=sd_pre, reliability=reliability)
    if pre is None or post is None:
        raise WrongInput("pre and post are missing: give both, or a list of changes")
    return jacobson_truax(pre, post, sd_pre=sd_pre, reliability=reliability)


def _around(
    ratings_by_group: Mapping[str, Sequence[float]], minimum_n: int, exclude_self: bool, hide_unanimous: bool
) -> dict[str, Any]:
    if not exclude_self:
        raise WrongInput("exclude_self must be true: a person is never one of the others")
    found = aggregate360(ratings_by_group, minimum_n, hide_unanimous=hide_unanimous)
    return {**found.by_name(), "counts": found.counts}


METHODS: Final = (
    Method(
        "rci.jacobson_truax",
        "Whether a change is larger than the measurement error of two scores.",
        {
            "pre": number("the score before", None),
            "post": number("the score after", None),
            "changes": numbers("instead of pre and post: a list of changes", None, gaps=True),
            "sd_pre": SD_PRE,
            "reliability": RELIABILITY,
        },
        _reliable_change,
    ),
    Method(
        "rci.cutoffs",
        "Where one group ends and the other begins, in three ways; of use with real norm groups only.",
        {
            "mean_dysfunctional": number("the mean of the first group"),
            "sd_dysfunctional": number("the spread of the first group"),
            "mean_functional": number("the mean of the second group"),
            "sd_functional": number("the spread of the second group"),
            "higher_is_better": flag("whether more is better", True),
        },
        cutoffs,
    ),
    Method(
        "rci.edwards_nunnally",
        "Whether a score lies outside what the true score before would give again.",
        {"pre": PRE, "post": POST, "mean_pre": MEAN_PRE, "sd_pre": SD_PRE, "reliability": RELIABILITY},
        edwards_nunnally,
    ),
    Method(
        "rci.gulliksen_lord_novick",
        "Whether a score lies outside what is predicted from the score before.",
        {"pre": PRE, "post": POST, "mean_pre": MEAN_PRE, "sd_pre": SD_PRE, "reliability": RELIABILITY},
        gulliksen_lord_novick,
    ),
    Method(
        "rci.hageman_arrindell",
        "Whether a change is reliable, given how reliable differences are.",
        {
            "pre": PRE,
            "post": POST,
            "mean_pre": MEAN_PRE,
            "sd_pre": SD_PRE,
            "mean_post": number("the mean of people after"),
            "sd_post": number("the spread of people after"),
            "correlation": number("how far before and after go together, -1 to 1"),
            "reliability": RELIABILITY,
        },
        hageman_arrindell,
    ),
    Method(
        "rci.practice_adjusted",
        "Whether a change is larger than error and what doing it twice gives.",
        {
            "pre": PRE,
            "post": POST,
            "practice_gain": number("what people gain by doing it again"),
            "sd_pre": SD_PRE,
            "reliability": RELIABILITY,
        },
        practice_adjusted,
    ),
    Method(
        "kelley",
        "The score one expects behind a score: drawn towards the mean of the group.",
        {
            "observed": number("the score"),
            "group_mean": number("the mean of the group"),
            "sd": number("the spread of the group"),
            "reliability": RELIABILITY,
        },
        kelley,
    ),
    Method(
        "minimal_detectable_change",
        "The smallest change of one score that is more than measurement error.",
        {"sd": number("the spread of people"), "reliability": RELIABILITY},
        minimal_detectable_change,
    ),
    Method(
        "minimal_detectable_change.of_means",
        "The same for means of raters who are drawn anew each time.",
        {
            "sd_within": number("how raters of one person differ"),
            "k_before": whole("how many raters before"),
            "k_after": whole("how many raters after"),
        },
        minimal_detectable_change_of_means,
    ),
    Method(
        "individual.paired_t",
        "The mean change that the same raters saw, with an interval over raters.",
        {"pre_by_rater": BEFORE, "post_by_rater": AFTER, "confidence": CONFIDENCE},
        paired_t,
    ),
    Method(
        "individual.welch",
        "The change between raters who are not the same people.",
        {
            "pre": numbers("scores before", gaps=True),
            "post": numbers("scores after", gaps=True),
            "confidence": CONFIDENCE,
        },
        welch,
    ),
    Method(
        "individual.posterior",
        "The chance that the change is at least so much, given a stated belief beforehand.",
        {
            "pre_by_rater": BEFORE,
            "post_by_rater": AFTER,
            "threshold": number("the change that is asked about"),
            "prior": choice("what is believed beforehand", "reference", "weak", "sceptical", default="weak"),
            "scale_of_spread": number("of the weak prior: about how raters differ", 1.0),
            "sd_of_change": number("of the sceptical prior: about how much people change", SCEPTICAL_SD),
            "higher_is_better": flag("whether more is better", True),
            "confidence": CONFIDENCE,
        },
        posterior,
    ),
    Method(
        "individual.self_minus_others",
        "How much higher or lower somebody scores than others do.",
        {
            "self_score": number("the own score"),
            "others": numbers("the scores of others", gaps=True),
            "confidence": CONFIDENCE,
        },
        self_minus_others,
    ),
    Method(
        "self_other_agreement",
        "Who of a group rates themselves above, like or below the others; for research, and no mark.",
        {
            "self_scores": numbers("the own score of each person", gaps=True),
            "others": numbers("the mean of the others, for the same people", gaps=True),
            "centre": choice("around what the limits lie", "mean", "zero", default="mean"),
        },
        self_other_agreement,
    ),
    Method(
        "aggregate360",
        "Means per group of raters, without what would give a small group away.",
        {
            "ratings_by_group": groups("scores per group: self, manager, peers, reports, others"),
            "minimum_n": whole("fewest raters in a group that is shown", 3),
            "exclude_self": flag("self is never one of the others", True),
            "hide_unanimous": flag("hide also a group in which everybody answered the same", False),
        },
        _around,
    ),
)
