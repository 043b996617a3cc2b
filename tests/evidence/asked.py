"""One question that works for every method: the known answers, and these for what none of them asks."""

import json
from decimal import Decimal
from pathlib import Path

GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text(), parse_float=Decimal)

BEFORE, AFTER = [3, 4, 3, 2, 4], [4, 4, 4, 3, 5]
SERIES = {"A": [3, 4, 3, 2, 4, 5, 4, 3, 4, 3, 4, 2, 3], "B": [5, 4, 5, 6, 5, 4, 6, 7, 5, 4, 6, 5, 6]}
ROWS = [[1, 2, 1], [2, 2, 3], [3, 4, 3], [4, 5, 4], [1, 1, 2], [5, 4, 5]]
MANY_ROWS = [
    [1, 2, 1],
    [2, 1, 1],
    [2, 2, 3],
    [3, 3, 2],
    [4, 3, 3],
    [3, 4, 4],
    [5, 4, 5],
    [4, 5, 5],
    [1, 1, 2],
]
ONE_PERSON = {"pre": 32, "post": 47, "mean_pre": 40, "sd_pre": 7, "reliability": Decimal("0.8")}
RISE = {"form": "absolute_change", "direction": "up", "target": Decimal("0.2")}
SHARE = {"form": "share_at_least", "target": Decimal("0.8"), "invited": 26}
COUNTS = {"events_pre": 41, "exposure_pre": 3100, "events_post": 18, "exposure_post": 3000}
FIGURES = [
    {"name": "all", "respondents": ["a", "b", "c", "d", "e", "f"], "value": Decimal("3.5")},
    {"name": "without", "respondents": ["a", "b", "c", "d", "e"], "value": Decimal("3.6")},
]
WINDOW = {"start": "2026-01-31", "months": 1, "today": "2026-06-01"}

OTHERS = [
    ("gas.light", {"attainment": [0, 1, -1], "weights": [1, 2, 3]}),
    ("gas.weighted_mean", {"attainment": [0, 1, -1], "weights": [1, 2, 3]}),
    ("planning.fewest_answers", {"target": Decimal("0.8")}),
    (
        "planning.chance_alone",
        {"form": "relative_change", "baseline": 3, "target": Decimal("0.15")}
        | {"spread": Decimal("0.8"), "n_before": 5, "n_after": 5},
    ),
    ("planning.share_alone", {"baseline": Decimal("0.5"), "target": Decimal("0.8"), "n": 5}),
    ("planning.detectable_change", {"spread": Decimal("0.8"), "n_before": 6, "n_after": 6}),
    ("ad", {"ratings": BEFORE, "scale_options": 5}),
    ("rwg_j", {"ratings": ROWS, "scale_options": 5}),
    ("rci.edwards_nunnally", ONE_PERSON),
    ("rci.gulliksen_lord_novick", ONE_PERSON),
    (
        "rci.hageman_arrindell",
        ONE_PERSON | {"mean_post": 45, "sd_post": 7, "correlation": Decimal("0.5")},
    ),
    (
        "rci.practice_adjusted",
        {"pre": 32, "post": 47, "practice_gain": 2, "sd_pre": 7, "reliability": Decimal("0.8")},
    ),
    ("minimal_detectable_change.of_means", {"sd_within": Decimal("0.8"), "k_before": 4, "k_after": 5}),
    ("individual.welch", {"pre": BEFORE, "post": AFTER}),
    (
        "individual.posterior",
        {"pre_by_rater": BEFORE, "post_by_rater": AFTER, "threshold": Decimal("0.3")},
    ),
    ("individual.self_minus_others", {"self_score": 4, "others": BEFORE}),
    ("icc.bliese", {"values": [1, 2, 3, 4, 5, 6], "groups": ["a", "a", "b", "b", "c", "c"]}),
    ("awg_j", {"ratings": ROWS[:4], "scale": [0, 6]}),
    ("krippendorff_alpha.interval", {"rows_are_raters": [[1, 2, 3, 2] * 5, [1, 2, 3, 3] * 5]}),
    ("self_other_agreement", {"self_scores": BEFORE * 2, "others": [*AFTER, *BEFORE]}),
    ("percent_change.block_bootstrap", SERIES),
    ("cronbach_alpha", {"rows": ROWS}),
    ("two_item_reliability", {"item1": [1, 2, 3, 4], "item2": [2, 2, 4, 5]}),
    ("mcdonald_omega", {"rows": MANY_ROWS}),
    ("spearman_brown", {"reliability": Decimal("0.35"), "factor": 8}),
    ("standard_error_of_measurement.of_a_mean", {"sd_within": Decimal("0.8"), "k": 4}),
    ("series.levels", SERIES),
    ("tau_bc", SERIES),
    ("changepoint.mean_shift", {"values": [1, 2] * 6 + [8, 9] * 6}),
    ("its.segmented_newey_west", SERIES),
    ("proportion.chance", {"successes": 16, "n": 20, "target": Decimal("0.8")}),
    ("proportion.mcnemar", {"to_yes": 8, "to_no": 2}),
    ("privacy.audit", {"aggregates": FIGURES, "fewest": 3, "scale": [1, 5], "known": {"a": None}}),
    (
        "roi.phillips",
        {"claims": [{"annual_value": 100, "attribution": Decimal("0.5"), "confidence": 1}], "costs": 30},
    ),
    ("roi.break_even", {"costs": 1000, "value_of_one": 10}),
    ("verdict.certainty", RISE | {"pre_by_rater": BEFORE, "post_by_rater": AFTER}),
    ("verdict.certainty", RISE | {"form": "relative_change", "pre": BEFORE, "post": AFTER}),
    ("verdict.certainty", RISE | {"form": "level", "post": AFTER}),
    ("verdict.certainty", RISE | SERIES),
    ("verdict.certainty", RISE | {name: values[:6] for name, values in SERIES.items()}),
    ("verdict.certainty", SHARE | {"scores": [8] * 16 + [5] * 4, "threshold": 7}),
    ("verdict.certainty", SHARE | {"successes": 16, "n": 20}),
    (
        "verdict.certainty",
        COUNTS | {"form": "relative_change", "direction": "down", "target": Decimal("0.5")},
    ),
    (
        "verdict.criterion",
        WINDOW
        | {"form": "level", "target": "5", "weighted": True}
        | {"observations": [{"on": "2026-02-01", "value": 9, "out_of": 10}]},
    ),
]

QUESTIONS = [(case["method"], case["input"]) for case in GOLDEN] + OTHERS
