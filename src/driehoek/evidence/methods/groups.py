"""Effects in groups, what a test needs, and what comes by itself, by name."""

from typing import Any, Final

from driehoek.evidence.beforehand import truncated_return
from driehoek.evidence.effects import hedges_g, paired_effect
from driehoek.evidence.groups import ancova_did, multiple_comparisons
from driehoek.evidence.methods.answering import Method
from driehoek.evidence.methods.reading import WrongInput, choice, number, numbers, text, whole, wholes
from driehoek.evidence.power import people_needed, power_t, stepped_wedge

CONFIDENCE = number("how sure the interval is to be, between 0 and 1", 0.95)
ALPHA = number("how often chance alone may pass for an effect", 0.05)
DESIGNS = ("two-sample", "one-sample", "paired")


def _power(
    d: float,
    alpha: float,
    power: float | None,
    n: float | None,
    type: str,
    r_pre_post: float,
    people_per_team: float,
    icc: float,
) -> dict[str, float]:
    """How many people for this power, or the power of so many."""
    words = type.split()
    design: Any = next((one for one in DESIGNS if one in words), None)
    if design is None:
        raise WrongInput(f"type must name one of {', '.join(DESIGNS)}")
    design = "one-sample" if design == "paired" else design  # of the changes: one number per person
    facts: dict[str, Any] = {"d": d, "alpha": alpha, "design": design, "is_one_sided": "one-sided" in words}
    if n is not None:
        return {"power": power_t(n=n, **facts)}
    wanted = 0.8 if power is None else power
    shaped: dict[str, Any] = {"r_pre_post": r_pre_post, "people_per_team": people_per_team, "icc": icc}
    return {"n_per_group": people_needed(power=wanted, **facts, **shaped)}


def _numbers(meaning: str) -> Any:
    return numbers(meaning, gaps=True)


METHODS: Final = (
    Method(
        "effect.paired",
        "How large the change of the same people is, in their own spread.",
        {"pre": _numbers("scores before"), "post": _numbers("scores after"), "confidence": CONFIDENCE},
        paired_effect,
    ),
    Method(
        "effect.hedges_g",
        "How far two groups lie apart, in their common spread.",
        {
            "treated": _numbers("scores of the one group"),
            "control": _numbers("scores of the other group"),
            "confidence": CONFIDENCE,
        },
        hedges_g,
    ),
    Method(
        "ancova_did",
        "What a group gained beside another, in the two ways that answer two questions.",
        {
            "treated_pre": _numbers("scores of the one group before"),
            "treated_post": _numbers("scores of the one group after"),
            "control_pre": _numbers("scores of the other group before"),
            "control_post": _numbers("scores of the other group after"),
            "confidence": CONFIDENCE,
        },
        ancova_did,
    ),
    Method(
        "multiple_comparisons",
        "What is left of several tests when one counts how many there were.",
        {"p": _numbers("one p value per test; null is no test"), "alpha": ALPHA},
        multiple_comparisons,
    ),
    Method(
        "power.t",
        "How many people a comparison needs, or what so many can show.",
        {
            "d": number("the effect one wants to see, in spreads"),
            "alpha": ALPHA,
            "power": number("how often it is to be seen when it is there", None),
            "n": number("instead of power: how many people per group", None),
            "type": text("two-sample, one-sample or paired; two-sided or one-sided", "two-sample two-sided"),
            "r_pre_post": number("how far before and after go together, when before is used", 0.0),
            "people_per_team": number("how many people are in a team", 1.0),
            "icc": number("how far people of one team are alike", 0.0),
        },
        _power,
    ),
    Method(
        "power.stepped_wedge",
        "What groups that start one after the other can show.",
        {
            "clusters_per_sequence": wholes("how many groups start at each step"),
            "periods": whole("how many periods are measured"),
            "n_per_cluster_period": number("people per group and period"),
            "mu0": number("the level without"),
            "mu1": number("the level with"),
            "tau": number("how groups differ, as a standard deviation"),
            "sigma": number("how people differ; none for a share", None),
            "alpha": ALPHA,
        },
        stepped_wedge,
    ),
    Method(
        "regression_to_mean.truncated",
        "How much people who were chosen for a low or high score move by themselves.",
        {
            "mean": number("the mean of everybody"),
            "sd": number("the spread of everybody"),
            "cutoff": number("where they were chosen"),
            "selected": choice("who were chosen", "below", "above", default="below"),
            "reliability": number("reliability of one measurement, 0 to 1"),
            "n_baseline": whole("how many measurements they were chosen on", 1),
        },
        truncated_return,
    ),
)
