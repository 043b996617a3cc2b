"""What it cost beside what it is said to have brought, by name."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import WrongInput, number, records
from driehoek.evidence.worth import Claim, adjusted, break_even, phillips

_PARTS: Final = ("annual_value", "attribution", "confidence")


def _phillips(benefits: float | None, claims: Sequence[Mapping[str, Any]] | None, costs: float) -> Any:
    if (benefits is None) == (claims is None):
        raise WrongInput("give benefits, or claims of which they are the sum")
    if claims is not None:
        read = [Claim(**{name: number("").take(name, one) for name in _PARTS}) for one in claims]
        benefits = adjusted(read)
    assert benefits is not None
    return phillips(benefits, costs)


def _break_even(costs: float, value_of_one: float) -> dict[str, float]:
    return {"at_least": break_even(costs, value_of_one)}


METHODS: Final = (
    Method(
        "roi.phillips",
        "Return on investment as it is usually told: an index of claims, and no proof of an effect.",
        {
            "benefits": number("what it brought in a year", None),
            "claims": records("instead: annual_value, attribution and confidence of each", None),
            "costs": number("all it cost"),
        },
        _phillips,
    ),
    Method(
        "roi.break_even",
        "How many of something a year it must bring to pay for itself.",
        {"costs": number("all it cost"), "value_of_one": number("what one of them is worth")},
        _break_even,
    ),
)
