"""The second question about a criterion, by name: how sure is it?"""

from collections.abc import Sequence
from typing import Any, Final

from driehoek.evidence.certainty import FEWEST_ANSWERED, Certainty, of_raters, of_share
from driehoek.evidence.certainty_of_series import of_counts, of_series
from driehoek.evidence.criteria import FORMS, Direction, Form
from driehoek.evidence.methods.answering import Method, named
from driehoek.evidence.methods.reading import WrongInput, choice, flag, number, numbers, whole

Values = Sequence[float | None]


def certainty(
    *,
    form: Form,
    direction: Direction,
    target: float,
    confidence: float,
    baseline: float | None,
    pre_by_rater: Values | None,
    post_by_rater: Values | None,
    pre: Values | None,
    post: Values | None,
    matched: bool,
    A: Values | None,  # noqa: N803 (names of the field)
    B: Values | None,  # noqa: N803
    scores: Values | None,
    threshold: float | None,
    successes: int | None,
    n: int | None,
    invited: int | None,
    minimum_response: float,
    events_pre: int | None,
    exposure_pre: float | None,
    events_post: int | None,
    exposure_post: float | None,
) -> Certainty:
    """The kind of data decides the method; exactly one kind is given."""
    facts: dict[str, Any] = {"form": form, "direction": direction, "target": target, "confidence": confidence}
    kinds = {
        "scores of the same raters (post_by_rater)": post_by_rater,
        "scores of raters (post)": post,
        "a series (A and B)": B,
        "answers of people (scores, or successes and n)": scores if successes is None else (successes,),
        "counts (events_post and exposure_post)": None if events_post is None else (events_post,),
    }
    if sum(one is not None for one in kinds.values()) != 1:
        raise WrongInput(f"give one kind of data: {'; '.join(kinds)}")
    if post_by_rater is not None:
        return of_raters(pre_by_rater or (), post_by_rater, matched=True, **facts)
    if post is not None:
        return of_raters(pre or (), post, matched=matched, **facts)
    if B is not None:
        return of_series(A or (), B, baseline=baseline, **facts)
    if events_post is not None:
        if exposure_post is None:
            raise WrongInput("exposure_post is missing: out of how much was counted")
        return of_counts(events_pre or 0, exposure_pre or 0, events_post, exposure_post, **facts)
    return _share(facts, scores, threshold, successes, n, invited, minimum_response)


def _share(
    facts: dict[str, Any],
    scores: Values | None,
    threshold: float | None,
    successes: int | None,
    n: int | None,
    invited: int | None,
    minimum_response: float,
) -> Certainty:
    if facts["form"] != "share_at_least" or facts["direction"] != "up":
        raise WrongInput("form must be share_at_least with direction up for answers of people")
    if scores is not None:
        if threshold is None:
            raise WrongInput("threshold is missing: from which score on somebody counts")
        known = [one for one in scores if one is not None]
        successes, n = sum(one >= threshold for one in known), len(known)
    if successes is None or n is None:
        raise WrongInput("n is missing: how many people answered")
    return of_share(
        successes,
        n,
        target=facts["target"],
        invited=invited,
        minimum_response=minimum_response,
        confidence=facts["confidence"],
    )


def _said(**given: Any) -> dict[str, Any]:
    found = certainty(**given)
    interval = None if found.low is None else [found.low, found.high]
    return {**named(found), "interval": interval}


def _values(meaning: str) -> Any:
    return numbers(meaning, None, gaps=True)


METHODS: Final = (
    Method(
        "verdict.certainty",
        "How sure is it that what lies behind the numbers meets the target?",
        {
            "form": choice("what is compared with the target", *FORMS),
            "direction": choice("which way is better", "up", "down", default="up"),
            "target": number(
                "the size of the change (a fraction for relative_change), the level or the share"
            ),
            "confidence": number("how sure the interval is to be, between 0 and 1", 0.95),
            "baseline": number("the registered start, for a change of a series", None),
            "pre_by_rater": _values("one score per rater before; the same raters, in the same order"),
            "post_by_rater": _values("one score per rater after"),
            "pre": _values("scores of raters before"),
            "post": _values("scores of raters after, not the same people unless matched says so"),
            "matched": flag("whether pre and post are the same raters in the same order", False),
            "A": _values("a figure over time, before"),
            "B": _values("a figure over time, after"),
            "scores": _values("one score per person who answered"),
            "threshold": number("from which score on somebody counts", None),
            "successes": whole("instead of scores: how many count", None),
            "n": whole("instead of scores: how many answered", None),
            "invited": whole("how many people were asked", None),
            "minimum_response": number("the share of answers below which nothing is said", FEWEST_ANSWERED),
            "events_pre": whole("how many were counted before", None),
            "exposure_pre": number("out of how much, before", None),
            "events_post": whole("how many were counted after", None),
            "exposure_post": number("out of how much, after", None),
        },
        _said,
    ),
)
