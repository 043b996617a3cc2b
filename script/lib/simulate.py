"""Simulate what is known by construction, see how often the default methods are right, and compare that with
what was found before: `about` is the figure of the research behind docs/evidence.md, where there is one."""

import math
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from driehoek.evidence.blocks import percent_change_in_blocks
from driehoek.evidence.certainty import of_raters
from driehoek.evidence.coding_intervals import kappa_interval
from driehoek.evidence.counts import poisson_rate_ratio
from driehoek.evidence.course import percent_change
from driehoek.evidence.interrupted import segmented_ar1, segmented_newey_west
from driehoek.evidence.proportions import wilson_interval
from driehoek.evidence.shares import difference_newcombe
from driehoek.evidence.undefined import Undefined

RUNS = 4000
CHANGE, SPREAD, TOGETHER = 0.5, 0.8, 0.5
# Points a phase, memory, and what was found before: two means, Newey-West, REML, and REML seeing 2 SD.
SERIES = (
    (6, 0.0, 0.05, 0.20, 0.10, 0.40),
    (6, 0.3, 0.13, 0.27, 0.12, 0.41),
    (8, 0.3, 0.13, 0.25, 0.12, 0.46),
    (12, 0.0, 0.06, 0.15, 0.06, 0.65),
    (12, 0.3, 0.14, 0.20, 0.09, 0.56),
    (12, 0.6, 0.32, 0.28, 0.11, 0.62),
    (24, 0.3, 0.16, 0.17, 0.07, 0.77),
    (24, 0.6, 0.32, 0.23, 0.10, 0.74),
    (36, 0.3, None, None, 0.06, 0.91),
)
# The other side of a comparison was simulated too, with 3000 runs, and printed in whole percents.
BEFORE, ROUNDED = 3000, 0.005
Random = np.random.Generator
Line = tuple[str, float, int, float | None]


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng, began = np.random.default_rng(2026), time.monotonic()
    print(f"{runs} runs each; intervals at 95 %; between brackets where the true share lies")
    print(f"{'':<62}{'found':>7}{'':>16}{'about':>7}")
    off = 0
    for part in (chance_alone, of_few_raters, of_shares, of_counts, of_coders, of_series, of_percent):
        for line in part(rng, runs):
            off += show(*line)
    print(f"{time.monotonic() - began:.0f} seconds; {off} lines differ more than chance explains")
    return 1 if off else 0


def show(what: str, share: float, runs: int, about: float | None) -> bool:
    """Print one line; whether it differs from what was found before by more than chance."""
    half = 1.96 * math.sqrt(share * (1 - share) / runs)
    low, high = max(0.0, share - half), min(1.0, share + half)
    known = "" if about is None else f"{about:>7.0%}"
    off = about is not None and abs(share - about) > ROUNDED + 3.3 * noise(share, runs, about)
    print(
        f"{what:<62}{share:>7.1%} ({low:>5.1%} -{high:>6.1%}){known}{'  <- differs' if off else ''}",
        flush=True,
    )
    return off


def noise(share: float, runs: int, about: float) -> float:
    """The standard error of the difference between two simulations of the same thing."""
    common = (share * runs + about * BEFORE) / (runs + BEFORE)
    return math.sqrt(common * (1 - common) * (1 / runs + 1 / BEFORE))


def chance_alone(rng: Random, runs: int) -> Iterator[Line]:
    """How often 15 % is reached though nothing changes."""
    many = 25 * runs
    for n, about in ((1, 0.33), (3, 0.23), (5, 0.19), (8, 0.15), (12, 0.10)):
        means = np.clip(np.rint(rng.normal(3.2, SPREAD, (2, many, n))), 1, 5).mean(axis=2)
        rises = float((means[1] >= 1.15 * means[0] - 1e-9).mean())
        yield f"nothing changes, {n} new raters each time: rises 15 %", rises, many, about
    true = rng.normal(3.6, 0.5 * math.sqrt(0.6), 10 * many)
    first, second = true + rng.normal(0, 0.5 * math.sqrt(0.4), (2, 10 * many))
    chosen = first < 3
    rises = float((second[chosen] >= 1.15 * first[chosen]).mean())
    yield "nothing changes, only who scored under 3: rises 15 %", rises, int(chosen.sum()), 0.43


def of_few_raters(rng: Random, runs: int) -> Iterator[Line]:
    """How often the interval of a change holds the change that was put in."""
    for n in (4, 5, 8):
        yield f"paired t, {n} raters: covers the change", raters(rng, runs, n, matched=True), runs, 0.95
    for n in (4, 8):
        # With four a side Welch is known to be somewhat too wide, which nobody is harmed by.
        about = None if n == 4 else 0.95
        yield (
            f"Welch, {n} and {n} raters: covers the change",
            raters(rng, runs, n, matched=False),
            runs,
            about,
        )
    for n, about in ((3, 0.76), (5, 0.84), (8, 0.88)):
        drawn = [percentile_covers(rng, n) for _ in range(runs)]
        yield f"percentile bootstrap (not offered), {n} raters: covers it", float(np.mean(drawn)), runs, about


def raters(rng: Random, runs: int, n: int, *, matched: bool) -> float:
    covered = 0
    for _ in range(runs):
        common = rng.normal(0, SPREAD * math.sqrt(TOGETHER), n)
        own = rng.normal(0, SPREAD * math.sqrt(1 - TOGETHER), (2, n))
        before, after = 3.2 + common + own[0], 3.2 + CHANGE + common + own[1]
        if not matched:
            after = 3.2 + CHANGE + rng.normal(0, SPREAD, n)
        found = of_raters(
            before.tolist(), after.tolist(), matched=matched, form="absolute_change", direction="up", target=0
        )
        covered += found.low is not None and found.high is not None and found.low <= CHANGE <= found.high
    return covered / runs


def percentile_covers(rng: Random, n: int) -> bool:
    means = rng.normal(0, 1, n)[rng.integers(0, n, (500, n))].mean(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return bool(low <= 0 <= high)


def of_shares(rng: Random, runs: int) -> Iterator[Line]:
    """How often the interval of a share, or of two shares, holds what was put in. The counts are whole, so an
    interval covers a little more or less than it says; what it covers exactly is known without simulation."""
    for n, share in ((10, 0.8), (20, 0.8), (50, 0.3)):
        hits = [covers(wilson_interval(int(k), n), share) for k in rng.binomial(n, share, runs)]
        about = exactly(n, share, lambda k, n=n: wilson_interval(k, n))
        yield f"Wilson, {n} answers, share {share}: covers it", float(np.mean(hits)), runs, about
    pairs = zip(rng.binomial(40, 0.7, runs), rng.binomial(40, 0.5, runs), strict=True)
    found = [difference_newcombe(int(x), 40, int(y), 40) for x, y in pairs]
    hits = [covers((one.low, one.high), 0.2) for one in found]
    yield "Newcombe, 40 and 40 answers, 0.7 and 0.5: covers it", float(np.mean(hits)), runs, None


def covers(interval: tuple[float, float], true: float) -> bool:
    return interval[0] <= true <= interval[1]


def exactly(n: int, share: float, interval: Callable[[int], tuple[float, float]]) -> float:
    inside = (k for k in range(n + 1) if covers(interval(k), share))
    return sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in inside)


def of_counts(rng: Random, runs: int) -> Iterator[Line]:
    """An exact interval covers at least what it says."""
    counts = zip(rng.poisson(40, runs), rng.poisson(20, runs), strict=True)
    hits = []
    for before, after in counts:
        found = poisson_rate_ratio(
            events_pre=int(before), exposure_pre=3000, events_post=int(after), exposure_post=3000
        )
        hits.append(covers((found.ci_low, found.ci_high), 0.5))
    yield "exact rate ratio, 40 and 20 errors: covers it (95 % or more)", float(np.mean(hits)), runs, None


def of_coders(rng: Random, runs: int) -> Iterator[Line]:
    """The large-sample error of kappa, for few and for many things."""
    chance = np.array([[0.25, 0.05, 0.02], [0.06, 0.24, 0.06], [0.01, 0.06, 0.25]])
    apart = np.abs(np.subtract.outer(np.arange(3), np.arange(3))) ** 2
    expected = np.outer(chance.sum(axis=1), chance.sum(axis=0))
    true = 1 - (chance * apart).sum() / (expected * apart).sum()
    for n in (30, 100):
        hits = []
        for cells in rng.choice(9, (runs, n), p=chance.ravel()):
            found = kappa_interval((cells // 3).tolist(), (cells % 3).tolist(), [0, 1, 2])
            hits.append(found.ci_low is not None and covers((found.ci_low, found.ci_high or 1), true))
        yield f"weighted kappa, {n} things: covers it", float(np.mean(hits)), runs, None


def of_series(rng: Random, runs: int) -> Iterator[Line]:
    """How often a jump is found in a series that remembers: where there is none, and where it is 2 SD."""
    for n, memory, means, robust, alarm, sees in SERIES:
        found = effects(rng, runs, n, memory)
        known = {
            "two means: false alarm": means,
            "Newey-West: false alarm": robust,
            "REML-AR(1): false alarm": alarm,
            "REML-AR(1): sees 2 SD": sees,
            "REML-AR(1): has no answer, left out above": None,
        }
        for (what, about), share in zip(known.items(), found, strict=True):
            yield f"{n} a phase, memory {memory}, {what}", float(share), runs, about


def effects(rng: Random, runs: int, n: int, memory: float) -> list[float]:
    from scipy.special import stdtrit

    seen, answered, limit = np.zeros(4), 0, float(stdtrit(2 * n - 4, 0.975))
    of_means = float(stdtrit(2 * n - 2, 0.975))
    for _ in range(runs):
        noise = remembering(rng, 2 * n, memory)
        before, after = noise[:n], noise[n:]
        error = math.sqrt((before.var(ddof=1) + after.var(ddof=1)) / n)
        seen[0] += abs(after.mean() - before.mean()) > of_means * error
        robust = segmented_newey_west(before.tolist(), after.tolist())
        seen[1] += abs(robust.b_post) > limit * robust.se_post_nw_smallsample
        try:
            found = segmented_ar1(before.tolist(), after.tolist())
        except Undefined:
            continue
        answered += 1
        seen[2] += abs(found.b_post) > limit * found.se_post
        # A jump of 2 SD adds just that to the estimate, and nothing to its error.
        seen[3] += abs(found.b_post + 2) > limit * found.se_post
    return [*(seen[:2] / runs), *(seen[2:] / max(answered, 1)), 1 - answered / runs]


def remembering(rng: Random, length: int, memory: float) -> np.ndarray:
    noise = rng.normal(size=length)
    noise[1:] *= math.sqrt(1 - memory**2)
    for at in range(1, length):
        noise[at] += memory * noise[at - 1]
    return noise


def of_percent(rng: Random, runs: int) -> Iterator[Line]:
    """A change of 30 % in a series around 50: whether the two intervals of a percentage hold it."""
    some = max(1, runs // 4)
    for n, memory in ((12, 0.0), (12, 0.3), (24, 0.3), (60, 0.3)):
        plain = drawn = 0
        for _ in range(some):
            noise = 6 * remembering(rng, 2 * n, memory)
            before, after = (50 + noise[:n]).tolist(), (65 + noise[n:]).tolist()
            one, other = percent_change(before, after), percent_change_in_blocks(before, after)
            plain += one.percent_ci_low is not None and covers(
                (one.percent_ci_low, one.percent_ci_high or 0), 30
            )
            drawn += covers((other.percent_ci_low, other.percent_ci_high), 30)
        yield f"{n} a phase, memory {memory}, log ratio: covers 30 %", plain / some, some, None
        yield f"{n} a phase, memory {memory}, in blocks: covers 30 %", drawn / some, some, None


if __name__ == "__main__":
    sys.exit(main())
