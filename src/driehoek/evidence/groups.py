"""Two groups before and after, and what many tests at once do to their p values."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from driehoek.evidence.effects import pairs, spread_of, two_sided_p
from driehoek.evidence.given import Numbers, check_confidence, placed, two_sided_t
from driehoek.evidence.undefined import Undefined


@dataclass(frozen=True, slots=True)
class TwoGroups:
    """The difference between two groups, corrected for the start (ancova), and of the changes (did).

    They answer different questions when the groups start apart: were people chosen for a low score, did is
    too high by return to the mean; do the groups differ for lasting reasons, ancova is off. Show both.
    """

    ancova_effect: float
    ancova_se: float
    ancova_p: float
    ancova_low: float
    ancova_high: float
    did: float
    did_se: float
    did_p: float
    did_low: float
    did_high: float
    difference_at_start: float
    n_treated: int
    n_control: int
    n_left_out: int


@dataclass(frozen=True, slots=True)
class Comparisons:
    """How many tests stand at `alpha`, and the adjusted p of each, in the order given; None stays None."""

    bonferroni_rejections: int
    holm_rejections: int
    bh_rejections: int
    bonferroni_adjusted: tuple[float | None, ...]
    holm_adjusted: tuple[float | None, ...]
    bh_adjusted: tuple[float | None, ...]
    n_tests: int


def ancova_did(
    *,
    treated_pre: Sequence[float | None],
    treated_post: Sequence[float | None],
    control_pre: Sequence[float | None],
    control_post: Sequence[float | None],
    confidence: float = 0.95,
) -> TwoGroups:
    """What a group gained over another one, in both usual ways.

    Parameters
    ----------
    treated_pre, treated_post, control_pre, control_post : one for each person, before and after in the same
        order; who misses either is left out and counted. At least 2 people in each group.
    confidence : of the intervals, between 0 and 1.

    Returns
    -------
    TwoGroups, unrounded, in the unit of the measure; p and intervals from t with n - 3 degrees of freedom
    for ancova (one slope for both groups) and n - 2 for did (one variance for both).

    Raises
    ------
    Undefined : fewer than 2 people in a group, everybody started alike within the groups, or no noise left.
    ValueError : lists of different length, a value that is not a finite number, confidence outside (0, 1).

    Source
    ------
    Vickers & Altman (2001), BMJ 323, 1123-1124; R lm(post ~ group + pre). When to prefer which: Lord (1967),
    Psychological Bulletin 68, 304-305.

    Example
    -------
    >>> found = ancova_did(treated_pre=[3, 4, 5], treated_post=[4, 6, 6],
    ...                    control_pre=[3, 4, 5], control_post=[3, 4, 6])
    >>> f"{found.did:.3f} {found.ancova_effect:.3f}"
    '1.000 1.000'
    """
    check_confidence(confidence)
    x1, y1 = pairs("treated_pre", treated_pre, "treated_post", treated_post)
    x0, y0 = pairs("control_pre", control_pre, "control_post", control_post)
    m, n = x1.size, x0.size
    if min(m, n) < 2:
        raise Undefined("a group has fewer than 2 people with both measurements")
    started_apart, gained = float(x1.mean() - x0.mean()), float((y1 - x1).mean() - (y0 - x0).mean())
    x, y = np.concatenate((x1 - x1.mean(), x0 - x0.mean())), np.concatenate((y1 - y1.mean(), y0 - y0.mean()))
    across, size = float(x @ x), float(np.abs(np.concatenate((x0, x1, y0, y1))).max())
    if max(spread_of(x1), spread_of(x0)) == 0:
        raise Undefined("everybody in a group started alike: there is no start to correct for")
    slope = float(x @ y) / across
    rest, changes = y - slope * x, y - x
    if m + n < 4 or min(float(np.abs(rest).max()), float(np.abs(changes).max())) <= 1e-12 * size:
        raise Undefined("within the groups everybody changed alike: no noise to judge the difference by")
    effect = float(y1.mean() - y0.mean()) - slope * started_apart
    apart = 1 / m + 1 / n
    did_se = math.sqrt(float(changes @ changes) / (m + n - 2) * apart)
    ancova_se = math.sqrt(float(rest @ rest) / (m + n - 3) * (apart + started_apart**2 / across))
    ancova_half = two_sided_t(confidence, m + n - 3) * ancova_se
    did_half = two_sided_t(confidence, m + n - 2) * did_se
    return TwoGroups(
        ancova_effect=effect,
        ancova_se=ancova_se,
        ancova_p=two_sided_p(effect / ancova_se, m + n - 3),
        ancova_low=effect - ancova_half,
        ancova_high=effect + ancova_half,
        did=gained,
        did_se=did_se,
        did_p=two_sided_p(gained / did_se, m + n - 2),
        did_low=gained - did_half,
        did_high=gained + did_half,
        difference_at_start=started_apart,
        n_treated=m,
        n_control=n,
        n_left_out=len(treated_pre) + len(control_pre) - m - n,
    )


def multiple_comparisons(p: Sequence[float | None], *, alpha: float = 0.05) -> Comparisons:
    """What is left of several tests when they are judged together.

    Holm is for what was agreed to be shown, BH (the share of false alarms) for looking around.

    Parameters
    ----------
    p : from 0 to 1, one for each test; None is no test and counts nowhere.
    alpha : between 0 and 1; a test stands when its adjusted p is at most this.

    Returns
    -------
    Comparisons; adjusted p values in [0, 1], unrounded.

    Raises
    ------
    Undefined : no test at all.
    ValueError : a p outside [0, 1], or alpha outside (0, 1).

    Source
    ------
    Holm (1979), Scand J Statist 6, 65-70; Benjamini & Hochberg (1995), J R Statist Soc B 57, 289-300.

    Example
    -------
    >>> multiple_comparisons([0.01, None, 0.04]).holm_adjusted
    (0.02, None, 0.04)
    """
    if not 0 < alpha < 1:
        raise ValueError(f"alpha lies between 0 and 1, not {alpha}")
    places, values = placed("p", p)
    tested = [int(place) - 1 for place in places]
    if not tested:
        raise Undefined("there is no test")
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("a p lies from 0 to 1")
    count, order = values.size, np.argsort(values, kind="stable")
    ranks, rising = np.arange(1, count + 1), values[order]
    simple = np.minimum(values * count, 1)
    holm, bh = np.empty(count), np.empty(count)
    holm[order] = np.minimum(np.maximum.accumulate(rising * (count + 1 - ranks)), 1)
    bh[order] = np.minimum(np.minimum.accumulate((rising * (count / ranks))[::-1])[::-1], 1)
    return Comparisons(
        bonferroni_rejections=int((simple <= alpha).sum()),
        holm_rejections=int((holm <= alpha).sum()),
        bh_rejections=int((bh <= alpha).sum()),
        bonferroni_adjusted=_in_place(simple, tested, len(p)),
        holm_adjusted=_in_place(holm, tested, len(p)),
        bh_adjusted=_in_place(bh, tested, len(p)),
        n_tests=count,
    )


def _in_place(found: Numbers, tested: list[int], length: int) -> tuple[float | None, ...]:
    whole: list[float | None] = [None] * length
    for at, one in zip(tested, found, strict=True):
        whole[at] = float(one)
    return tuple(whole)
