"""What can be known before anything is agreed, by name."""

from typing import Any, Final

from driehoek.evidence.beforehand import ceiling, min_successes
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import choice, number, whole
from driehoek.evidence.planning import chance_by_itself, detectable_change, share_by_itself
from driehoek.evidence.proportions import fewest_answers

CONFIDENCE = number("how sure the interval is to be, between 0 and 1", 0.95)
SPREAD = number("how people differ, as a standard deviation")
N_BEFORE, N_AFTER = whole("how many people before"), whole("how many people after")


def _chance_alone(**given: Any) -> dict[str, float]:
    return {"chance": chance_by_itself(**given)}


def _share_alone(**given: Any) -> dict[str, float]:
    return {"chance": share_by_itself(**given)}


def _detectable(**given: Any) -> dict[str, float]:
    return {"detectable_change": detectable_change(**given)}


def _fewest(target: float, confidence: float) -> dict[str, int]:
    return {"n": fewest_answers(target, confidence)}


METHODS: Final = (
    Method(
        "planning.ceiling",
        "Whether the scale has room for the change that is asked.",
        {
            "pre": number("the score at the start"),
            "scale_max": number("the highest score"),
            "target_relative": number("the change that is asked, as a fraction"),
            "mdc95": number("the smallest change that is more than noise", None),
        },
        ceiling,
    ),
    Method(
        "planning.min_successes",
        "How many must say yes before the share is shown.",
        {
            "n": whole("how many answer"),
            "target": number("the share that was agreed"),
            "confidence": CONFIDENCE,
        },
        min_successes,
        remarks=("method",),
    ),
    Method(
        "planning.fewest_answers",
        "How many must answer before the share can be shown at all.",
        {"target": number("the share that is asked, between 0 and 1"), "confidence": CONFIDENCE},
        _fewest,
    ),
    Method(
        "planning.chance_alone",
        "How often a mean reaches the target though nothing changes, with other people asked each time.",
        {
            "form": choice("what is compared with the target", "relative_change", "absolute_change", "level"),
            "baseline": number("the true mean, both times"),
            "target": number("a rise: a fraction for relative_change, a size, or the level"),
            "spread": SPREAD,
            "n_before": N_BEFORE,
            "n_after": N_AFTER,
        },
        _chance_alone,
    ),
    Method(
        "planning.share_alone",
        "How often a share reaches the target though nothing changes.",
        {
            "baseline": number("the true share, from 0 to 1"),
            "target": number("the share that is asked"),
            "n": whole("how many answer"),
        },
        _share_alone,
    ),
    Method(
        "planning.detectable_change",
        "The smallest difference between two means that is more than chance.",
        {"spread": SPREAD, "n_before": N_BEFORE, "n_after": N_AFTER, "confidence": CONFIDENCE},
        _detectable,
    ),
)
