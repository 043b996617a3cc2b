"""Goal attainment, by name."""

from collections.abc import Sequence
from typing import Any, Final

from driehoek.evidence.attainment import summarise, t_change, t_score, weighted_mean
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import number, numbers, wholes

LEVELS = "one level from -2 to +2 per goal, null where nobody rated it"
WEIGHTS = numbers("one weight per goal, 0 or more; none gives every goal the same", None)
RHO = number("how far the goals go together, 0 to 1", 0.3)


def _t_score(attainment: Sequence[int | None], weights: Sequence[float] | None, rho: float) -> dict[str, Any]:
    """A goal that nobody rated is left out with its weight, and the count says so."""
    light = summarise(attainment, weights)
    rated = [place for place, level in enumerate(attainment) if level is not None]
    levels = [level for level in attainment if level is not None]
    score = t_score(levels, None if weights is None else [weights[place] for place in rated], rho)
    return {"t_score": score, "reached": light.reached, "rated": light.rated, "goals": light.goals}


METHODS: Final = (
    Method(
        "gas.t_score",
        "How far goals were attained, as one number: 50 is exactly as agreed.",
        {"attainment": wholes(LEVELS, gaps=True), "weights": WEIGHTS, "rho": RHO},
        _t_score,
    ),
    Method(
        "gas.change",
        "The T score at the start, at the end, and the difference.",
        {
            "baseline": wholes("the level of every goal at the start, -2 to +2"),
            "achieved": wholes("the level of every goal at the end, -2 to +2"),
            "weights": WEIGHTS,
            "rho": RHO,
        },
        t_change,
    ),
    Method(
        "gas.light",
        "How many goals reached the agreed level or better; a T score only from three rated goals on.",
        {"attainment": wholes(LEVELS, gaps=True), "weights": WEIGHTS},
        summarise,
    ),
    Method(
        "gas.weighted_mean",
        "The mean level of the goals: 0 is as expected, whatever goals have to do with each other.",
        {"attainment": wholes(LEVELS, gaps=True), "weights": WEIGHTS},
        weighted_mean,
    ),
)
