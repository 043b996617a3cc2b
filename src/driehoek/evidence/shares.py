"""Shares of people beyond one interval: differences, an agreed share, changes of mind."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal

from driehoek.evidence.given import Exact, check_confidence, exact
from driehoek.evidence.proportions import wilson_interval
from driehoek.evidence.undefined import Undefined

# scipy is imported inside the functions that need it: importing it takes two seconds.

Prior = Literal["uniform", "jeffreys"]

PRIORS: Final = {"uniform": 1.0, "jeffreys": 0.5}


@dataclass(frozen=True, slots=True)
class Share:
    """A share and its interval, each in [0, 1]."""

    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """The first share minus the second, in [-1, 1]."""

    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class AgreedShare:
    """The share that reached a threshold, beside the share that was agreed.

    `manski_low` and `manski_high` are the shares of all invited if every silent one had answered no, or yes.
    Everybody answered: there is nothing to estimate, so interval, `lower_bound_meets` and the probabilities
    are None. Without a number of invited, so are the response rate and Manski's bounds.
    """

    successes: int
    n: int
    p: float
    low: float | None
    high: float | None
    point_estimate_meets: bool
    lower_bound_meets: bool | None
    prob_ge_target_uniform_prior: float | None
    prob_ge_target_jeffreys_prior: float | None
    response_rate: float | None
    manski_low: float | None
    manski_high: float | None
    is_whole_population: bool


@dataclass(frozen=True, slots=True)
class ChangedSides:
    """How many went from no to yes and from yes to no, and the p of McNemar's exact test."""

    p: float
    to_yes: int
    to_no: int


def wilson(successes: int, n: int, *, confidence: float = 0.95) -> Share:
    """The share and its Wilson interval; raises as `proportions.wilson_interval`.

    Source: Wilson (1927), JASA 22, 209-212.

    >>> f"{wilson(0, 20).high:.4f}"
    '0.1611'
    """
    _check_count(successes, n)
    return Share(successes / n, *wilson_interval(successes, n, confidence))


def clopper_pearson(successes: int, n: int, *, confidence: float = 0.95) -> Share:
    """The share and an interval that holds it at least as often as promised, and so is wide.

    Parameters
    ----------
    successes, n, confidence : as for `wilson`.

    Raises
    ------
    ValueError : n below 1, successes outside 0..n, or confidence outside (0, 1).

    Source
    ------
    Clopper & Pearson (1934), Biometrika 26, 404-413; R binom::binom.confint(methods = "exact").

    Example
    -------
    >>> found = clopper_pearson(17, 20)
    >>> f"{found.low:.3f} {found.high:.3f}"
    '0.621 0.968'
    """
    _check_count(successes, n)
    check_confidence(confidence)
    from scipy import stats

    tail, fails = (1 - confidence) / 2, n - successes
    low = float(stats.beta.ppf(tail, successes, fails + 1)) if successes else 0.0
    high = float(stats.beta.isf(tail, successes + 1, fails)) if fails else 1.0
    return Share(successes / n, low, high)


def difference_newcombe(x1: int, n1: int, x2: int, n2: int, *, confidence: float = 0.95) -> ShareDifference:
    """The share x1 / n1 minus the share x2 / n2 of other people, with an interval that stays in [-1, 1].

    Raises ValueError as `wilson`.

    Source
    ------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10: from the two Wilson intervals.

    Example
    -------
    >>> found = difference_newcombe(56, 70, 48, 80)
    >>> f"{found.low:.4f} {found.high:.4f}"
    '0.0524 0.3339'
    """
    one, two = wilson(x1, n1, confidence=confidence), wilson(x2, n2, confidence=confidence)
    difference = (x1 * n2 - x2 * n1) / (n1 * n2)
    low = difference - math.hypot(one.p - one.low, two.high - two.p)
    high = difference + math.hypot(one.high - one.p, two.p - two.low)
    return ShareDifference(difference, max(low, -1.0), min(high, 1.0))


def probability_of_share(successes: int, n: int, *, target: Exact, prior: Prior = "uniform") -> float:
    """How likely it is that the share behind the answers is `target` or more.

    Parameters
    ----------
    successes, n : as for `wilson`, but n may be 0: then it is the prior alone that speaks.
    target : a share from 0 to 1.
    prior : "uniform", every share as likely as another; or "jeffreys", Beta(1/2, 1/2).

    Returns
    -------
    float in [0, 1], unrounded.

    Raises
    ------
    ValueError : successes outside 0..n, target outside [0, 1] or another prior.

    Source
    ------
    Beta posterior of a binomial share; Gelman et al. (2013), Bayesian Data Analysis, 2.4.

    Example
    -------
    >>> f"{probability_of_share(16, 20, target=0.8):.3f}"
    '0.414'
    """
    if prior not in PRIORS:
        raise ValueError(f'prior is "uniform" or "jeffreys", not {prior!r}')
    _check_count(successes, n, fewest=0)
    from scipy import stats

    own = PRIORS[prior]
    return float(stats.beta.sf(float(_target(target)), successes + own, n - successes + own))


def agreed_share(
    scores: Iterable[Exact | None],
    *,
    threshold: Exact,
    target: Exact,
    invited: int | None = None,
    confidence: float = 0.95,
) -> AgreedShare:
    """How many gave `threshold` or more, whether that is the agreed share, and how sure one can be of it.

    Parameters
    ----------
    scores : one for each person; None is no answer and not in n.
    threshold : the lowest score that counts. Scores and threshold are compared as written: 0.1 is a tenth.
    target : the agreed share, from 0 to 1.
    invited : how many could have answered, at least as many as did; None if unknown.

    Returns
    -------
    AgreedShare with a Wilson interval; whether the target is met is decided in exact fractions.

    Raises
    ------
    Undefined : nobody answered.
    ValueError : a score is not a finite number, fewer invited than answered, target outside [0, 1].

    Source
    ------
    Wilson (1927), JASA 22, 209-212; Manski (1990), American Economic Review 80, 319-323.

    Example
    -------
    >>> found = agreed_share([8, 7, 9, 6, 7, None], threshold=7, target=0.8, invited=8)
    >>> found.p, found.point_estimate_meets, found.manski_low, found.manski_high
    (0.8, True, 0.5, 0.875)
    """
    check_confidence(confidence)
    needed, limit = _target(target), exact("threshold", threshold)
    answers = [exact("scores", score) for score in scores if score is not None]
    n, successes = len(answers), sum(1 for answer in answers if answer >= limit)
    if not n:
        raise Undefined("nobody answered")
    if invited is not None and (isinstance(invited, bool) or not isinstance(invited, int) or invited < n):
        raise ValueError(f"invited is a whole number of at least the {n} who answered, not {invited!r}")
    is_everybody = invited == n
    interval = None if is_everybody else wilson(successes, n, confidence=confidence)
    odds = [
        None if is_everybody else probability_of_share(successes, n, target=target, prior=prior)
        for prior in ("uniform", "jeffreys")
    ]
    return AgreedShare(
        successes=successes,
        n=n,
        p=successes / n,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        point_estimate_meets=Fraction(successes, n) >= needed,
        lower_bound_meets=interval.low >= needed if interval else None,
        prob_ge_target_uniform_prior=odds[0],
        prob_ge_target_jeffreys_prior=odds[1],
        response_rate=n / invited if invited else None,
        manski_low=successes / invited if invited else None,
        manski_high=(successes + invited - n) / invited if invited else None,
        is_whole_population=is_everybody,
    )


def mcnemar_exact(to_yes: int, to_no: int) -> ChangedSides:
    """Whether more people went over to yes than to no; those who stayed where they were say nothing.

    Parameters
    ----------
    to_yes, to_no : whole numbers of at least 0, people asked both before and after.

    Raises
    ------
    Undefined : nobody changed sides.
    ValueError : a count that is not whole or negative.

    Source
    ------
    McNemar (1947), Psychometrika 12, 153-157; exact: two-sided binomial test at one half.

    Example
    -------
    >>> mcnemar_exact(5, 0).p
    0.0625
    """
    _check_count(to_yes, to_yes + to_no, fewest=0)
    if to_yes + to_no == 0:
        raise Undefined("nobody changed sides")
    from scipy import stats

    return ChangedSides(float(stats.binomtest(to_yes, to_yes + to_no).pvalue), to_yes, to_no)


def _check_count(successes: int, n: int, fewest: int = 1) -> None:
    if any(isinstance(one, bool) or not isinstance(one, int) for one in (successes, n)):
        raise ValueError("successes and n are whole numbers")
    if n < fewest or not 0 <= successes <= n:
        raise ValueError(f"give at least {fewest} answers, and from 0 to n successes; not {successes} of {n}")


def _target(target: Exact) -> Fraction:
    share = exact("target", target)
    if not 0 <= share <= 1:
        raise ValueError(f"target is a share from 0 to 1, not {target}")
    return share
