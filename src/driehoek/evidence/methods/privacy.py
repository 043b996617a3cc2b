"""What published figures give away, by name."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from driehoek.evidence.disclosure import Aggregate, audit
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import (
    WrongInput,
    answers,
    choice,
    flag,
    names,
    number,
    numbers,
    records,
    text,
    whole,
)
from driehoek.evidence.privacy import differencing, dp_mean, l_diversity

SCALE = numbers("the lowest and the highest answer")
_PARTS: Final = {
    "name": text("what the figure is called"),
    "respondents": names("whose answers are in it"),
    "kind": choice("what it is", "mean", "sum", "count", default="mean"),
    "value": number("as published", None),
    "at_least": number("of a count: from which answer it counts", None),
    "unit": number("to which it is rounded", 0.0),
}


def _ends(scale: Sequence[float]) -> tuple[float, float]:
    if len(scale) != 2:
        raise WrongInput("scale must be two numbers, the lowest and the highest answer")
    return scale[0], scale[1]


def _diversity(n: int, mean: float, scale: Sequence[float], sd: float | None, are_whole: bool) -> Any:
    return l_diversity(n=n, mean=mean, scale=_ends(scale), sd=sd, are_whole=are_whole)


def _dp_mean(n: int, lower: float, upper: float, epsilon: float, n_public: bool) -> Any:
    if not n_public:
        raise WrongInput("n_public must be true: this noise is for a number of answers that everybody knows")
    return dp_mean(n=n, lower=lower, upper=upper, epsilon=epsilon)


def _audit(
    aggregates: Sequence[Mapping[str, Any]],
    fewest: int,
    scale: Sequence[float],
    known: Mapping[str, float | None] | None,
    are_whole: bool,
) -> dict[str, Any]:
    figures = [_figure(one) for one in aggregates]
    found = audit(figures, fewest=fewest, scale=_ends(scale), known=known or {}, are_whole=are_whole)
    facts = {"findings": found.findings, "are_ranges_checked": found.are_ranges_checked}
    return {"is_safe": found.is_safe, **facts, "is_list_complete": found.is_list_complete}


def _figure(given: Mapping[str, Any]) -> Aggregate:
    parts = {name: part.take(name, given) for name, part in _PARTS.items()}
    return Aggregate(**parts | {"respondents": frozenset(parts["respondents"])})


METHODS: Final = (
    Method(
        "privacy.differencing",
        "What two means give away that differ by a few people.",
        {
            "mean_all": number("the mean of all"),
            "n_all": whole("how many in it"),
            "mean_without": number("the mean without some"),
            "n_without": whole("how many in it"),
        },
        differencing,
    ),
    Method(
        "privacy.l_diversity",
        "How many different answers can stand behind a mean.",
        {
            "n": whole("how many answered"),
            "mean": number("their mean"),
            "scale": SCALE,
            "sd": number("their spread, when it is shown too", None),
            "are_whole": flag("whether only whole numbers can be answered", True),
        },
        _diversity,
    ),
    Method(
        "privacy.dp_mean",
        "How much noise a mean needs before it gives nobody away, and how wide that is.",
        {
            "n": whole("how many answered"),
            "lower": number("the lowest answer"),
            "upper": number("the highest answer"),
            "epsilon": number("how much may leak; less is stricter"),
            "n_public": flag("whether everybody knows how many answered", True),
        },
        _dp_mean,
    ),
    Method(
        "privacy.audit",
        "Whether published figures together give away an answer, or the sum of too few people.",
        {
            "aggregates": records("name, respondents, kind, value, at_least and unit of every figure"),
            "fewest": whole("the smallest group of which something may be known"),
            "scale": SCALE,
            "known": answers("whose answers the reader knows: a person, and the answer or null", None),
            "are_whole": flag("whether only whole numbers can be answered", True),
        },
        _audit,
    ),
)
