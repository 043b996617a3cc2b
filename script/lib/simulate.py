"""Simulate what is known by construction, and see how often the default methods are right."""

import sys

import numpy as np

from driehoek.evidence.certainty import of_raters
from driehoek.evidence.interrupted import segmented_ar1
from driehoek.evidence.proportions import wilson_interval
from driehoek.evidence.undefined import Undefined

RUNS = 1000
CHANGE, SPREAD, TOGETHER = 0.5, 0.8, 0.5


def main() -> int:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    rng = np.random.default_rng(2026)
    print(f"{runs} runs each; intervals at 95 %")
    print(f"{'':<44}{'found':>8}{'about':>10}")
    for n in (4, 5, 8):
        show(f"paired t, {n} raters: covers the change", raters(rng, runs, n, matched=True), "95 %")
    for n in (4, 8):
        show(f"Welch, {n} and {n} raters: covers the change", raters(rng, runs, n, matched=False), "95 %")
    for n, share in ((10, 0.8), (20, 0.8), (50, 0.3)):
        show(f"Wilson, {n} answers, share {share}: covers it", shares(rng, runs, n, share), "95 %")
    for n, memory, about in (
        (12, 0.0, "6 %"),
        (12, 0.3, "9 %"),
        (12, 0.6, "11 %"),
        (24, 0.3, "7 %"),
        (24, 0.6, "10 %"),
    ):
        found = effects(rng, runs, n, memory, jump=0.0)
        show(f"REML-AR(1), {n} a phase, memory {memory}: false alarm", found, about)
    for n, memory, about in ((12, 0.0, "65 %"), (24, 0.3, "77 %")):
        found = effects(rng, runs, n, memory, jump=2.0)
        show(f"REML-AR(1), {n} a phase, memory {memory}: sees 2 SD", found, about)
    return 0


def show(what: str, share: float, about: str) -> None:
    print(f"{what:<44}{share:>8.1%}{about:>10}", flush=True)


def raters(rng: np.random.Generator, runs: int, n: int, *, matched: bool) -> float:
    """How often the interval of a change holds the change that was put in."""
    covered = 0
    for _ in range(runs):
        common = rng.normal(0, SPREAD * np.sqrt(TOGETHER), n)
        own = rng.normal(0, SPREAD * np.sqrt(1 - TOGETHER), (2, n))
        before, after = 3.2 + common + own[0], 3.2 + CHANGE + common + own[1]
        if not matched:
            after = 3.2 + CHANGE + rng.normal(0, SPREAD, n)
        found = of_raters(
            before.tolist(), after.tolist(), matched=matched, form="absolute_change", direction="up", target=0
        )
        covered += found.low is not None and found.high is not None and found.low <= CHANGE <= found.high
    return covered / runs


def shares(rng: np.random.Generator, runs: int, n: int, share: float) -> float:
    """How often the interval of a share holds the share that was put in."""
    inside = 0
    for successes in rng.binomial(n, share, runs):
        low, high = wilson_interval(int(successes), n)
        inside += low <= share <= high
    return inside / runs


def effects(rng: np.random.Generator, runs: int, n: int, memory: float, *, jump: float) -> float:
    """How often a jump is found in a series with `memory`, where a jump of so many SD was put in."""
    from scipy.special import stdtrit

    limit, seen = stdtrit(2 * n - 4, 0.975), 0
    for _ in range(runs):
        noise = np.empty(2 * n)
        noise[0] = rng.normal()
        for at in range(1, 2 * n):
            noise[at] = memory * noise[at - 1] + np.sqrt(1 - memory**2) * rng.normal()
        noise[n:] += jump
        try:
            found = segmented_ar1(noise[:n].tolist(), noise[n:].tolist())
        except Undefined:
            continue
        seen += abs(found.b_post) > limit * found.se_post
    return seen / runs


if __name__ == "__main__":
    sys.exit(main())
