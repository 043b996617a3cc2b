"""How many people are needed, and what a staggered start can show."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final, Literal

from driehoek.evidence.undefined import Undefined

# scipy is imported inside the functions that need it: importing it takes two seconds.

Design = Literal["two-sample", "one-sample"]

MOST_PEOPLE: Final = 1e7
MOST_PERIODS: Final = 1000
CERTAIN: Final = 1e4


@dataclass(frozen=True, slots=True)
class StaggeredStart:
    """The power of a stepped wedge, and the standard error of its effect."""

    power: float
    se: float
    clusters: int
    periods: int


def power_t(
    *,
    n: float,
    d: float,
    alpha: float = 0.05,
    design: Design = "two-sample",
    is_one_sided: bool = False,
) -> float:
    """How likely a t test is to find an effect of size d with n people (in each group, if there are two).

    Parameters
    ----------
    n : at least 2; need not be whole.
    d : the standardised effect; its sign does not matter. For "one-sample" the mean change by the spread of
        the changes.
    alpha : between 0 and 1.

    Returns
    -------
    float in [0, 1], unrounded; without is_one_sided a finding on either side counts.

    Raises
    ------
    ValueError : an argument out of range.

    Source
    ------
    Cohen (1988); noncentral t as R pwr::pwr.t.test.

    Example
    -------
    >>> f"{power_t(n=64, d=0.5):.3f}"
    '0.801'
    """
    if design not in ("two-sample", "one-sample"):
        raise ValueError(f'design is "two-sample" or "one-sample", not {design!r}')
    if not 0 < alpha < 1:
        raise ValueError(f"alpha lies between 0 and 1, not {alpha}")
    if not math.isfinite(d) or not 2 <= n <= MOST_PEOPLE:
        raise ValueError(f"d is a finite number, and n from 2 to {MOST_PEOPLE:.0f}")
    from scipy import stats

    groups = 2 if design == "two-sample" else 1
    freedom, centre = groups * (n - 1), abs(d) * math.sqrt(n / groups)
    limit = float(stats.t.isf(alpha if is_one_sided else alpha / 2, freedom))
    if centre > CERTAIN * limit:  # scipy gives no number where the answer is 1 beyond any digit
        return 1.0
    found = float(stats.nct.sf(limit, freedom, centre))
    # The wrong side: past a centre of 5 it adds less than 1e-9, and there scipy gives no number either.
    if not is_one_sided and centre < 5:
        found += float(stats.nct.sf(limit, freedom, -centre))
    return min(max(found, 0.0), 1.0)


def people_needed(
    *,
    d: float,
    power: float = 0.8,
    alpha: float = 0.05,
    design: Design = "two-sample",
    is_one_sided: bool = False,
    r_pre_post: float = 0.0,
    people_per_team: float = 1.0,
    icc: float = 0.0,
) -> float:
    """How many people (in each group, if there are two) a t test needs to find an effect of size d.

    Parameters
    ----------
    d, alpha, design, is_one_sided : as for `power_t`; d not 0.
    power : above alpha and below 1.
    r_pre_post : correlation with a measurement before; correcting for it leaves 1 - r^2 of the people.
    people_per_team, icc : people in teams of this size (at least 1) that resemble one another by icc
        (0 to 1) are worth less: times 1 + (size - 1) icc.

    Returns
    -------
    float, not rounded up; 2 before the factors is the least there is.

    Raises
    ------
    Undefined : an effect of 0, or one so small that more than ten million would be needed.
    ValueError : an argument out of range.

    Source
    ------
    Cohen (1988), R pwr::pwr.t.test; Borm, Fransen & Lemmens (2007), J Clin Epidemiol 60, 1234-1238.

    Example
    -------
    >>> f"{people_needed(d=0.5):.2f}"
    '63.77'
    """
    if not alpha < power < 1:
        raise ValueError(f"power lies above alpha and below 1, not {power}")
    if not -1 < r_pre_post < 1 or not 0 <= icc <= 1 or not 1 <= people_per_team < math.inf:
        raise ValueError("r_pre_post lies between -1 and 1, icc from 0 to 1, and a team has 1 person or more")

    def shortfall(n: float) -> float:
        return power_t(n=n, d=d, alpha=alpha, design=design, is_one_sided=is_one_sided) - power

    if d == 0 or shortfall(MOST_PEOPLE) < 0:
        raise Undefined("the effect is so small that more than ten million people would be needed")
    from scipy.optimize import brentq

    n = 2.0 if shortfall(2) >= 0 else float(brentq(shortfall, 2, MOST_PEOPLE, xtol=1e-9))
    return n * (1 - r_pre_post**2) * (1 + (people_per_team - 1) * icc)


def stepped_wedge(
    *,
    clusters_per_sequence: Sequence[int],
    periods: int,
    n_per_cluster_period: float,
    mu0: float,
    mu1: float,
    tau: float,
    sigma: float | None = None,
    alpha: float = 0.05,
) -> StaggeredStart:
    """The power of a design in which groups of teams start one after the other, until all have started.

    Sequence 1 starts in period 2, sequence 2 in period 3, and so on.

    Parameters
    ----------
    clusters_per_sequence : teams that start in each period; at least 1 each.
    periods : number of measurements, at least one more than there are sequences.
    n_per_cluster_period : people measured in each team each time, more than 0.
    mu0, mu1 : the level without and with; shares from 0 to 1 when sigma is None.
    tau : spread of the levels between teams, at least 0.
    sigma : spread between people; None for shares, sqrt(m (1 - m)) with m the mean of mu0 and mu1.
    alpha : two-sided, between 0 and 1.

    Returns
    -------
    StaggeredStart, unrounded; power in [0, 1], a finding on either side counts.

    Raises
    ------
    Undefined : no spread at all, or a design without two different sequences and so without comparison.
    ValueError : an argument out of range.

    Source
    ------
    Hussey & Hughes (2007), Contemporary Clinical Trials 28, 182-191, equations 8 and 9, with both sides as
    R swCRTdesign.
    Takes the effect as immediate and equal in every period; under 6 teams only permutation is honest.

    Example
    -------
    >>> found = stepped_wedge(clusters_per_sequence=[6, 6, 6, 6], periods=5, n_per_cluster_period=120,
    ...                       mu0=0.05, mu1=0.035, tau=0.01)
    >>> f"{found.power:.4f}"
    '0.7862'
    """
    numbers = (n_per_cluster_period, mu0, mu1, tau, 1 if sigma is None else sigma)
    if not all(math.isfinite(one) for one in numbers) or n_per_cluster_period <= 0 or tau < 0:
        raise ValueError("people, levels and spreads are finite, people above 0 and spreads at least 0")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha lies between 0 and 1, not {alpha}")
    if not clusters_per_sequence or min(clusters_per_sequence) < 1:
        raise ValueError("every sequence has at least one team")
    if periods > MOST_PERIODS:
        raise ValueError(f"more than {MOST_PERIODS} periods are no study")
    if periods <= len(clusters_per_sequence):
        raise ValueError("there is one period more than there are sequences, or several more")
    if sigma is None and not (0 <= mu0 <= 1 and 0 <= mu1 <= 1):
        raise ValueError("without sigma the levels are shares from 0 to 1")
    middle = (mu0 + mu1) / 2
    noise = (middle * (1 - middle) if sigma is None else sigma * sigma) / n_per_cluster_period
    started = [periods - first for first in range(1, len(clusters_per_sequence) + 1)]
    teams, between = sum(clusters_per_sequence), tau * tau
    in_period = [sum(clusters_per_sequence[:period]) for period in range(periods)]
    u = sum(in_period)
    w = sum(one * one for one in in_period)
    v = sum(count * one * one for count, one in zip(clusters_per_sequence, started, strict=True))
    bottom = (teams * u - w) * noise + (u * u + teams * periods * u - periods * w - teams * v) * between
    if bottom <= 0 or noise == 0:
        raise Undefined("no comparison or no spread: the error of the effect does not exist")
    se = math.sqrt(teams * noise * (noise + periods * between) / bottom)
    normal = NormalDist()
    limit, distance = normal.inv_cdf(1 - alpha / 2), abs(mu1 - mu0) / se
    power = normal.cdf(distance - limit) + normal.cdf(-distance - limit)
    return StaggeredStart(power, se, teams, periods)
