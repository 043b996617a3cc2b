"""What is counted: events per unit of exposure, and shares that weigh by their volume."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from driehoek.evidence.given import Numbers, check_confidence, placed, two_sided_t
from driehoek.evidence.undefined import Undefined

# scipy is imported inside the functions that need it: importing it takes two seconds.


@dataclass(frozen=True, slots=True)
class RateRatio:
    """The later rate by the earlier one; 0.5 is half as many per unit of exposure."""

    rate_ratio: float
    ci_low: float
    ci_high: float
    p: float
    rate_pre: float
    rate_post: float


@dataclass(frozen=True, slots=True)
class WeightedShares:
    """Percentages of everything together, beside the plain means of the periods.

    The dispersion is None with one period in each phase. The log odds ratio is None when a phase is all or
    nothing; its error and interval are None as well when the periods show no noise to judge by.
    """

    pooled_pre: float
    pooled_post: float
    mean_of_months_pre: float
    mean_of_months_post: float
    difference: float
    dispersion: float | None
    log_odds_ratio: float | None
    se_log_odds_ratio: float | None
    odds_ratio_low: float | None
    odds_ratio_high: float | None
    periods_pre: int
    periods_post: int


def poisson_rate_ratio(
    *,
    events_pre: int,
    exposure_pre: float,
    events_post: int,
    exposure_post: float,
    confidence: float = 0.95,
) -> RateRatio:
    """How the number of events per unit of exposure changed, such as errors per order.

    Parameters
    ----------
    events_pre, events_post : whole numbers of at least 0; events are independent of one another.
    exposure_pre, exposure_post : in the same unit, more than 0.
    confidence : of the interval, between 0 and 1.

    Returns
    -------
    RateRatio: rate_ratio of at least 0; with no events after it is 0 with an upper end above 0, for no
    events is no proof of none. p is two-sided: the sum over all outcomes as likely as this one or less.

    Raises
    ------
    Undefined : no events before, so that there is nothing to compare with.
    ValueError : a count that is not whole or negative, an exposure of 0 or less, confidence outside (0, 1).

    Source
    ------
    Exact, given the total: Clopper & Pearson (1934), Biometrika 26, 404-413; R poisson.test.

    Example
    -------
    >>> found = poisson_rate_ratio(events_pre=41, exposure_pre=3100, events_post=18, exposure_post=3000)
    >>> f"{found.rate_ratio:.3f} {found.ci_low:.3f} {found.ci_high:.3f}"
    '0.454 0.245 0.808'
    """
    for name, events in (("events_pre", events_pre), ("events_post", events_post)):
        if isinstance(events, bool) or not isinstance(events, int) or events < 0:
            raise ValueError(f"{name} is a whole number of at least 0, not {events!r}")
    for name, exposure in (("exposure_pre", exposure_pre), ("exposure_post", exposure_post)):
        if not math.isfinite(exposure) or exposure <= 0:
            raise ValueError(f"{name} is a finite number above 0, not {exposure!r}")
    check_confidence(confidence)
    if events_pre == 0:
        raise Undefined("no events before: a ratio has nothing to compare with")
    tail = (1 - confidence) / 2
    total, relative = events_pre + events_post, exposure_pre / exposure_post
    low = 0.0
    if events_post:
        low = _odds(tail, events_post, events_pre + 1) * relative
    ratio = events_post / events_pre * relative
    p = _as_unlikely(events_post, total, exposure_post / (exposure_pre + exposure_post))
    return RateRatio(
        rate_ratio=ratio,
        ci_low=low,
        ci_high=relative / _odds(tail, events_pre, events_post + 1),
        p=p,
        rate_pre=events_pre / exposure_pre,
        rate_post=events_post / exposure_post,
    )


def volume_weighted_shares(
    *,
    volumes_pre: Sequence[float | None],
    counted_pre: Sequence[float | None],
    volumes_post: Sequence[float | None],
    counted_post: Sequence[float | None],
    confidence: float = 0.95,
) -> WeightedShares:
    """A share of a volume before and after, such as orders on time, where a busy month weighs more.

    Parameters
    ----------
    volumes_pre, volumes_post : one for each period, more than 0; a period where a number is None is left out.
    counted_pre, counted_post : how many of each volume, from 0 to the volume.
    confidence : of the interval of the odds ratio, between 0 and 1.

    Returns
    -------
    WeightedShares: shares in percent, dispersion 1 where the periods differ as chance makes them; unrounded.

    Raises
    ------
    Undefined : a phase without a period.
    ValueError : lists of different length, a volume of 0 or less, more counted than there was.

    Source
    ------
    Quasi-binomial regression on the phase, dispersion = Pearson's chi-square by its degrees of freedom;
    McCullagh & Nelder (1989), Generalized Linear Models, 4.5. With one term for the phase the fit is the
    pooled share itself, so that nothing is left to iterate. The interval uses t with these degrees.

    Example
    -------
    >>> found = volume_weighted_shares(
    ...     volumes_pre=[120, 95, 140], counted_pre=[84, 66, 99],
    ...     volumes_post=[30, 160, 150], counted_post=[29, 133, 131])
    >>> f"{found.pooled_post:.1f} {found.mean_of_months_post:.1f}"
    '86.2 89.0'
    """
    check_confidence(confidence)
    before = _periods("pre", volumes_pre, counted_pre)
    after = _periods("post", volumes_post, counted_post)
    shares = [float(counted.sum() / volumes.sum()) for volumes, counted in (before, after)]
    plain = [float((counted / volumes).mean()) for volumes, counted in (before, after)]
    freedom = before[0].size + after[0].size - 2
    chi_square = sum(_chi_square(*phase, share) for phase, share in zip((before, after), shares, strict=True))
    dispersion = chi_square / freedom if freedom else None
    odds = se = low = high = None
    if all(0 < share < 1 for share in shares):
        odds = _log_odds(*after) - _log_odds(*before)
        # Periods with exactly the same share leave no noise; for rounding alone there is no error either.
        if dispersion is not None and dispersion > 1e-20:
            se = math.sqrt(dispersion * (_information(*before) + _information(*after)))
            half = two_sided_t(confidence, freedom) * se
            low, high = math.exp(odds - half), math.exp(odds + half)
    return WeightedShares(
        pooled_pre=100 * shares[0],
        pooled_post=100 * shares[1],
        mean_of_months_pre=100 * plain[0],
        mean_of_months_post=100 * plain[1],
        difference=100 * (shares[1] - shares[0]),
        dispersion=dispersion,
        log_odds_ratio=odds,
        se_log_odds_ratio=se,
        odds_ratio_low=low,
        odds_ratio_high=high,
        periods_pre=before[0].size,
        periods_post=after[0].size,
    )


def _as_unlikely(events: int, total: int, share: float) -> float:
    """The chance of everything that is as unlikely as this, or more so: both tails of a binomial."""
    from scipy.special import bdtr, bdtrc, gammaln

    def rarity(k: int) -> float:
        ways = float(gammaln(total + 1) - gammaln(k + 1) - gammaln(total - k + 1))
        return -(ways + k * math.log(share) + (total - k) * math.log1p(-share))

    # On its own side of the middle every step outwards is rarer, so the place is found by halving.
    here, middle = rarity(events) - 1e-7, total * share
    if events <= middle:
        far = range(math.floor(middle) + 1, total + 1)
        skipped = bisect_left(far, here, key=rarity)
        beyond = float(bdtrc(far[skipped] - 1, total, share)) if skipped < len(far) else 0.0
        return min(1.0, float(bdtr(events, total, share)) + beyond)
    far = range(math.ceil(middle) - 1, -1, -1)
    skipped = bisect_left(far, here, key=rarity)
    beyond = float(bdtr(far[skipped], total, share)) if skipped < len(far) else 0.0
    return min(1.0, float(bdtrc(events - 1, total, share)) + beyond)


def _odds(tail: float, a: float, b: float) -> float:
    from scipy.special import betainccinv, betaincinv

    # The rest from the other tail and not as 1 - share, which loses its digits near 1.
    return float(betaincinv(a, b, tail) / betainccinv(b, a, tail))


def _periods(
    phase: str, volumes: Sequence[float | None], counted: Sequence[float | None]
) -> tuple[Numbers, Numbers]:
    if len(volumes) != len(counted):
        raise ValueError(f"volumes_{phase} and counted_{phase} are equally long")
    pairs = [(one, other) for one, other in zip(volumes, counted, strict=True) if None not in (one, other)]
    whole = placed(f"volumes_{phase}", [one for one, _ in pairs])[1]
    part = placed(f"counted_{phase}", [other for _, other in pairs])[1]
    if not whole.size:
        raise Undefined(f"no period with a volume and a count in the {phase} phase")
    if whole.min() <= 0 or part.min() < 0 or (part > whole).any():
        raise ValueError(f"a volume is above 0 and a count from 0 to its volume, also in the {phase} phase")
    return whole, part


def _chi_square(volumes: Numbers, counted: Numbers, share: float) -> float:
    if not 0 < share < 1:
        return 0.0
    away = counted - volumes * share
    return float((away * away / volumes).sum()) / (share * (1 - share))


def _log_odds(volumes: Numbers, counted: Numbers) -> float:
    return float(np.log(counted.sum()) - np.log((volumes - counted).sum()))


def _information(volumes: Numbers, counted: Numbers) -> float:
    return float(1 / counted.sum() + 1 / (volumes - counted).sum())
