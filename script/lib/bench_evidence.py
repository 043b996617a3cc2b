"""What the arithmetic of the evidence costs, beside plain numpy or statsmodels on the same numbers.

Plain means one call on floats, without the rules: no groups too small to show, no exact fractions, no window,
no reasons. The ratio is what those rules cost.
"""

import sys
import tracemalloc
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

import numpy as np
from scipy.optimize import linprog

from driehoek.evidence.baseline import BaselineWindow, Before
from driehoek.evidence.certainty_of_criterion import certainty_of
from driehoek.evidence.criteria import CriterionTerms, Observation, judge
from driehoek.evidence.disclosure import Aggregate, audit
from driehoek.evidence.interrupted import segmented_ar1
from driehoek.evidence.profile import Answer, Asked, profile

GROUPS = ("peers", "reports", "others")
STARTS = date(2026, 1, 1)
SCALE = (1.0, 5.0)


@dataclass(frozen=True)
class Job:
    """Something to time: ours, the plain call, and how many seconds ours may take."""

    name: str
    ours: Callable[[], object]
    plain: Callable[[], object]
    allowed: float


def main() -> int:
    warnings.simplefilter("ignore")  # statsmodels says much about an index that is not there
    rng = np.random.default_rng(2026)
    jobs = [report(rng), verdicts(rng), sureness(rng), effect(rng), release(rng)]
    print(f"{'evidence':46}{'s':>7}{'allowed':>9}{'plain s':>10}{'ratio':>8}{'MB':>7}")
    late = 0
    for job in jobs:
        ours, theirs, megabytes = seconds(job.ours), seconds(job.plain), peak(job.ours)
        late += ours > job.allowed
        print(
            f"{job.name:46}{ours:7.2f}{job.allowed:9.0f}{theirs:10.4f}{ours / theirs:8.1f}{megabytes:7.1f}",
            flush=True,
        )
    return 1 if late else 0


def report(rng: np.random.Generator) -> Job:
    """A 360 report over 100,000 ratings: 5,000 people, 20 items."""
    items = [f"item {number}" for number in range(20)]
    behaviours = {f"behaviour {n}": items[4 * n : 4 * n + 4] for n in range(5)}
    asked = Asked(behaviours, 1, 5, groups=GROUPS)
    table = rng.integers(1, 6, (5000, len(items)))
    answers = [
        Answer(GROUPS[at % 3], dict(zip(items, map(int, row), strict=True))) for at, row in enumerate(table)
    ]
    floats = [table[at::3].astype(float) for at in range(3)]

    def plain() -> object:
        return [(group.mean(axis=0), group.std(axis=0, ddof=1)) for group in floats]

    return Job(
        "360 report over 100,000 ratings", lambda: profile(answers, asked, shuffle=list.sort), plain, 1
    )


def criteria(rng: np.random.Generator, values: int) -> list[tuple[CriterionTerms, list[Observation]]]:
    """10,000 criteria that go down by 15 percent, with so many values before the window and inside it."""
    found = []
    days = [STARTS + timedelta(days=14 * at) for at in range(-values, values)]
    for row in rng.integers(200, 600, (10_000, 2 * values)):
        numbers = [(on, Decimal(int(one)) / 100) for on, one in zip(days, row, strict=True)]
        earlier = BaselineWindow(days[0], days[values - 1], tuple(Before(*one) for one in numbers[:values]))
        terms = CriterionTerms(
            "relative_change",
            "down",
            Decimal("0.15"),
            STARTS,
            date(2026, 6, 30),
            baseline=earlier.mean,
            measured_before=earlier,
        )
        found.append((terms, [Observation(*one) for one in numbers[values:]]))
    return found


def as_floats(kept: list[tuple[CriterionTerms, list[Observation]]]) -> np.ndarray:
    """A row per criterion, first what was measured before."""
    rows = []
    for terms, seen in kept:
        assert terms.measured_before is not None, "all of these have a baseline"
        rows.append(
            [float(one.value) for one in terms.measured_before.values] + [float(one.value) for one in seen]
        )
    return np.array(rows)


def verdicts(rng: np.random.Generator) -> Job:
    """Reached or not, exactly, for 10,000 criteria."""
    kept = criteria(rng, 8)
    floats = as_floats(kept)
    today = date(2026, 7, 10)

    def plain() -> object:
        return [row[-1] / row[:8].mean() - 1 <= -0.15 for row in floats]

    return Job("verdicts for 10,000 criteria", lambda: [judge(*one, today) for one in kept], plain, 10)


def sureness(rng: np.random.Generator) -> Job:
    """And how sure that is, of as many."""
    kept = criteria(rng, 8)
    floats = as_floats(kept)
    today = date(2026, 7, 10)

    def plain() -> object:
        return [
            (row[8:].mean() - row[:8].mean(), np.sign(np.subtract.outer(row[8:], row[:8])).sum())
            for row in floats
        ]

    def ours() -> object:
        return [certainty_of(*one, judge(*one, today)) for one in kept]

    return Job("verdicts for 10,000 criteria, and how sure", ours, plain, 10)


def effect(rng: np.random.Generator) -> Job:
    """One long series, 50 values a phase, as segmented regression with memory."""
    before, after = rng.normal(10, 1, 50).tolist(), rng.normal(9, 1, 50).tolist()
    at = np.arange(100.0)
    phase = (at >= 50).astype(float)
    design = np.column_stack([np.ones(100), at, phase, phase * (at - 50)])

    def plain() -> object:
        from statsmodels.regression.linear_model import GLSAR

        return GLSAR(np.array(before + after), design, rho=1).iterative_fit(10)

    plain()  # what it imports is no arithmetic
    return Job("segmented regression, 2 × 50 values", lambda: segmented_ar1(before, after), plain, 1)


def release(rng: np.random.Generator) -> Job:
    """Whether 200 figures together give an answer away: 20 teams of five, and groups across them."""
    people = [f"person {number:03}" for number in range(100)]
    answers = rng.integers(1, 6, 100).astype(float)
    figures, rows = [], []
    for number in range(200):
        chosen = rng.choice(100, size=int(rng.integers(12, 60)), replace=False) if number % 4 == 0 else None
        if chosen is None:
            at = number % 20
            chosen = np.arange(5 * at, 5 * at + 5)
        inside = frozenset(people[one] for one in chosen)
        figures.append(Aggregate(f"figure {number}", inside, "mean", float(answers[chosen].mean())))
        row = np.zeros(100)
        row[chosen] = 1 / len(chosen)
        rows.append(row)
    matrix = np.array(rows)
    published = matrix @ answers

    def plain() -> object:
        rank = np.linalg.matrix_rank(matrix)
        told = [np.linalg.matrix_rank(np.vstack([matrix, unit])) == rank for unit in np.eye(100)]
        ends = linprog(np.eye(100)[0], A_eq=matrix, b_eq=published, bounds=SCALE, method="highs")
        return told, ends

    return Job(
        "audit of 200 published figures, 100 people", lambda: audit(figures, fewest=5, scale=SCALE), plain, 5
    )


def seconds(do: Callable[[], object], rounds: int = 3) -> float:
    """The quickest of a few: everything else is somebody else's work on this machine."""
    found = []
    for _round in range(rounds):
        start = perf_counter()
        do()
        found.append(perf_counter() - start)
    return min(found)


def peak(do: Callable[[], object]) -> float:
    """The megabytes it takes at most, besides what it was given."""
    tracemalloc.start()
    do()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 2**20


if __name__ == "__main__":
    sys.exit(main())
