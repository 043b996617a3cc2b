"""How sure is it that what lies behind the numbers meets the target: the second question of a criterion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Final, Literal

import numpy as np

from driehoek.evidence.criteria import CHANGE_FORMS, Direction, Form
from driehoek.evidence.given import two_sided_t
from driehoek.evidence.proportions import wilson_interval

# scipy is imported where it is needed: it takes two seconds, and most pages do without.

Certain = Literal["demonstrated", "not_demonstrated", "excluded", "not_assessable"]
FEWEST_RATERS: Final = 4
FEWEST_ANSWERED: Final = 0.6
NO_SPREAD: Final = 1e-9
"""Below this share of the numbers themselves a spread is only the arithmetic of the machine."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """The answer with the interval behind it.

    `estimate`, `low` and `high` are in the terms of the criterion: a fraction for relative_change (a fall is
    negative), the unit of the measure for absolute_change and level, a share from 0 to 1. They are None when
    there is no interval. `n` says how many stand behind it, by name. `beside` holds what may be shown though
    it decides nothing.
    """

    status: Certain
    method: str
    reason: str
    n: Mapping[str, int]
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: float = 0.95
    beside: Mapping[str, Any] = field(default_factory=dict)


def of_raters(
    before: Sequence[float | None],
    after: Sequence[float | None],
    *,
    matched: bool,
    form: Form,
    direction: Direction,
    target: float,
    confidence: float = 0.95,
) -> Certainty:
    """How sure a change or a level is that few raters saw.

    Parameters
    ----------
    before, after : one score per rater; matched raters stand at the same place in both, None where one is
        missing. A rater who is missing in one wave is left out of both. Unmatched: two lists of any length.
        A level is judged on `after` alone.
    target : the size of a change, never negative, or the level.

    Returns
    -------
    Certainty. Paired t over raters when they are matched, Welch when not, one sample for a level. A relative
    change has the interval of a ratio (Fieller), since the start is measured too. not_assessable with fewer
    than four raters, or when they do not differ at all: then there is no interval.

    Raises
    ------
    ValueError : matched lists of different length, another form, or a confidence outside (0, 1).

    Source
    ------
    Student (1908); Welch (1947), Biometrika 34, 28-35; Fieller (1954), JRSS B 16, 175-185.

    Example
    -------
    >>> found = of_raters([3, 4, 3, 2, 4], [4, 4, 4, 3, 5], matched=True, form="absolute_change",
    ...                   direction="up", target=0.2)
    >>> found.status, f"{found.low:.3f} {found.high:.3f}"
    ('demonstrated', '0.245 1.355')
    """
    check(form, direction, target, confidence)
    if form not in (*CHANGE_FORMS, "level"):
        raise ValueError("scores of raters tell of a change or a level")
    earlier, later = _scores(before, after, matched and form != "level")
    n = {"before": len(earlier), "after": len(later)}
    judged = (later,) if form == "level" else (earlier, later)
    method = "one_sample_t" if form == "level" else "paired_t" if matched else "welch"
    if min(map(len, judged)) < FEWEST_RATERS:
        return Certainty("not_assessable", method, "too_few_raters", n, confidence=confidence)
    if form == "level":
        found = _mean_interval(later, confidence)
    elif form == "absolute_change":
        found = _mean_interval(later - earlier, confidence) if matched else _welch(earlier, later, confidence)
    else:
        found = _ratio_interval(earlier, later, matched, confidence)
    if isinstance(found, str):
        return Certainty("not_assessable", method, found, n, confidence=confidence)
    return judged_by(found, method, n, form=form, direction=direction, target=target, confidence=confidence)


def of_share(
    successes: int,
    answered: int,
    *,
    target: float,
    invited: int | None = None,
    minimum_response: float = FEWEST_ANSWERED,
    confidence: float = 0.95,
) -> Certainty:
    """How sure a share of people is. When everybody who was asked answered, there is nothing to be unsure of.

    Returns
    -------
    Certainty with the Wilson interval. Without an interval, and never in doubt, when all of `invited` have
    answered: the share of this group is then known. not_assessable without answers, or when fewer than
    `minimum_response` of those invited answered; `beside` then holds the lowest and highest possible share.

    Raises
    ------
    ValueError : more successes than answers, more answers than people asked, a target outside 0..1.

    Source
    ------
    Wilson (1927), JASA 22, 209-212; bounds of the silent: Manski (1990), AER 80, 319-323.

    Example
    -------
    >>> of_share(16, 20, target=0.8).status, of_share(20, 20, target=0.8, invited=20).status
    ('not_demonstrated', 'demonstrated')
    """
    check("share_at_least", "up", target, confidence)
    if not 0 <= successes <= answered or (invited is not None and invited < answered):
        raise ValueError("successes are among the answers, and answers among the people asked")
    n = {"answered": answered} | ({} if invited is None else {"invited": invited})
    beside: dict[str, float] = {}
    if invited:
        silent = invited - answered
        beside = {"lowest": successes / invited, "highest": (successes + silent) / invited}
    if not answered:
        return Certainty(
            "not_assessable", "wilson", "nobody_answered", n, confidence=confidence, beside=beside
        )
    if invited == answered:
        status: Certain = "demonstrated" if successes / answered >= target else "excluded"
        share = successes / answered
        return Certainty(status, "whole_group", "everybody_answered", n, share, confidence=confidence)
    if invited and answered / invited < minimum_response:
        return Certainty(
            "not_assessable", "wilson", "too_few_answered", n, confidence=confidence, beside=beside
        )
    low, high = wilson_interval(successes, answered, confidence)
    facts: dict[str, Any] = {"form": "share_at_least", "direction": "up", "target": target}
    return judged_by(
        (successes / answered, low, high), "wilson", n, confidence=confidence, beside=beside, **facts
    )


def judged_by(
    found: tuple[float, float, float],
    method: str,
    n: Mapping[str, int],
    *,
    form: Form,
    direction: Direction,
    target: float,
    confidence: float,
    beside: Mapping[str, Any] | None = None,
) -> Certainty:
    """What an interval (estimate, low, high) says of a target.

    >>> facts = {"form": "level", "direction": "up", "target": 0.6, "confidence": 0.95}
    >>> judged_by((0.3, 0.1, 0.5), "welch", {}, **facts).status
    'excluded'
    """
    estimate, low, high = found
    side = 1 if direction == "up" else -1
    aim = target if form in CHANGE_FORMS else side * target
    near, far = sorted((side * low, side * high))
    status: Certain
    if near >= aim:
        status, reason = "demonstrated", "whole_interval_on_target"
    elif far < aim:
        status, reason = "excluded", "whole_interval_short_of_target"
    else:
        status, reason = "not_demonstrated", "target_inside_interval"
    return Certainty(status, method, reason, n, estimate, low, high, confidence, beside or {})


def check(form: str, direction: str, target: float, confidence: float) -> None:
    """Refuse terms that nobody could judge. Raises ValueError."""
    if direction not in ("up", "down"):
        raise ValueError("a direction is up or down")
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    if form in CHANGE_FORMS and target < 0:
        raise ValueError("give the size of the change and a direction, not a negative change")
    if form == "share_at_least" and not 0 <= target <= 1:
        raise ValueError("a share is a number from 0 to 1")


def _scores(
    before: Sequence[float | None], after: Sequence[float | None], matched: bool
) -> tuple[np.ndarray, np.ndarray]:
    if not matched:
        return _known(before), _known(after)
    if len(before) != len(after):
        raise ValueError("matched raters stand at the same place in both lists, so these are of one length")
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if b is not None and a is not None]
    return _known([b for b, _ in pairs]), _known([a for _, a in pairs])


def _known(scores: Sequence[float | None]) -> np.ndarray:
    return np.asarray([one for one in scores if one is not None], dtype=float)


def _flat(values: np.ndarray) -> bool:
    return bool(np.ptp(values) <= NO_SPREAD * max(1.0, float(np.abs(values).max())))


def _mean_interval(values: np.ndarray, confidence: float) -> tuple[float, float, float] | str:
    if _flat(values):
        return "no_spread"
    mean, n = float(values.mean()), len(values)
    half = two_sided_t(confidence, n - 1) * float(values.std(ddof=1)) / sqrt(n)
    return mean, mean - half, mean + half


def _welch(before: np.ndarray, after: np.ndarray, confidence: float) -> tuple[float, float, float] | str:
    if _flat(before) and _flat(after):
        return "no_spread"
    error, df = _pooled(before, after, 1.0)
    change = float(after.mean() - before.mean())
    half = two_sided_t(confidence, df) * error
    return change, change - half, change + half


def _pooled(before: np.ndarray, after: np.ndarray, ratio: float) -> tuple[float, float]:
    """Standard error of mean(after) - ratio * mean(before), and its degrees of freedom."""
    parts = ratio**2 * before.var(ddof=1) / len(before), after.var(ddof=1) / len(after)
    spread = sum(parts)
    df = spread**2 / (parts[0] ** 2 / (len(before) - 1) + parts[1] ** 2 / (len(after) - 1))
    return sqrt(spread), float(df)


def _ratio_interval(
    before: np.ndarray, after: np.ndarray, matched: bool, confidence: float
) -> tuple[float, float, float] | str:
    """Every ratio r for which mean(after) - r * mean(before) may be nothing; less one, it is a change."""
    start, end = float(before.mean()), float(after.mean())
    if start <= 0:
        return "start_not_above_zero"
    ratio = end / start
    if _flat(after - ratio * before) if matched else _flat(before) and _flat(after):
        return "no_spread"
    df = len(before) - 1 if matched else _pooled(before, after, ratio)[1]
    square = two_sided_t(confidence, df) ** 2
    together = float(np.cov(before, after)[0, 1]) / len(before) if matched else 0.0
    a = start**2 - square * float(before.var(ddof=1)) / len(before)
    b = start * end - square * together
    c = end**2 - square * float(after.var(ddof=1)) / len(after)
    if a <= 0:
        return "start_too_uncertain"
    root = sqrt(max(b * b - a * c, 0.0))
    return ratio - 1, (b - root) / a - 1, (b + root) / a - 1
