"""Before anything is measured: can this criterion be shown, and what would happen by itself?"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal


@dataclass(frozen=True, slots=True)
class Room:
    """How far a measure can still move, and how far it must. In the unit of the measure, unrounded."""

    possible: float
    required: float
    noise: float | None

    @property
    def is_feasible(self) -> bool:
        """Whether the scale reaches far enough for the target."""
        return self.required <= self.possible

    @property
    def is_demonstrable(self) -> bool | None:
        """Whether even the largest possible change would rise above the noise; None when that is unknown."""
        return None if self.noise is None else self.is_feasible and self.possible >= self.noise


def room_to_move(
    *, baseline: float, end_of_scale: float, required: float, noise: float | None = None
) -> Room:
    """Compare the agreed change with the room that is left on the scale.

    Parameters
    ----------
    baseline : value at the start.
    end_of_scale : the highest value of the scale for a rise, the lowest for a fall.
    required : size of the agreed change, at least 0.
    noise : smallest change that is more than measurement error (for example the MDC95); None if unknown.

    Raises
    ------
    ValueError : a number is not finite, or `required` or `noise` is negative.

    Example
    -------
    >>> room = room_to_move(baseline=4.7, end_of_scale=5, required=0.705, noise=0.6)
    >>> f"{room.possible:.1f}", room.is_feasible, room.is_demonstrable
    ('0.3', False, False)
    """
    _finite(baseline=baseline, end_of_scale=end_of_scale, required=required, noise=noise or 0)
    if required < 0 or (noise or 0) < 0:
        raise ValueError("a required change and noise are sizes, never negative")
    return Room(abs(end_of_scale - baseline), required, noise)


def detectable_change(*, spread: float, n_before: int, n_after: int, confidence: float = 0.95) -> float:
    """Smallest difference between two means of newly drawn people that exceeds chance at this confidence.

    Parameters
    ----------
    spread : standard deviation between people, at least 0.
    n_before, n_after : number of people in each mean, at least 1.

    Returns
    -------
    A size in the unit of the measure, unrounded.

    Raises
    ------
    ValueError : a negative or infinite spread, fewer than one person, confidence outside (0, 1).

    Source
    ------
    Weir (2005), J Strength Cond Res 19, 231-240, for means of n raters.

    Example
    -------
    >>> f"{detectable_change(spread=0.8, n_before=6, n_after=6):.2f}"
    '0.91'
    """
    _people(spread, n_before, n_after)
    if not 0 < confidence < 1:
        raise ValueError("a confidence lies between 0 and 1")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    return z * spread * math.sqrt(1 / n_before + 1 / n_after)


def chance_by_itself(
    *,
    form: Literal["relative_change", "absolute_change", "level"],
    baseline: float,
    target: float,
    spread: float,
    n_before: int,
    n_after: int,
) -> float:
    """Probability that the measured mean reaches the target while nothing changes at all.

    The true mean stays at `baseline`; other people are asked each time; their means are normal.

    Parameters
    ----------
    form : what was agreed. `level` compares the later mean with the target; the changes compare it with
        the earlier mean, which is a draw as well.
    baseline : the true mean, at both moments.
    target : for `relative_change` a fraction (0.15), for `absolute_change` a size, for `level` the value.
        A rise; for a fall mirror baseline and target.
    spread : standard deviation between people, more than 0.
    n_before, n_after : people in each mean, at least 1.

    Returns
    -------
    float in [0, 1], unrounded.

    Raises
    ------
    ValueError : a number is not finite, the spread is not positive, or fewer than one person is asked.

    Source
    ------
    Two normal means; tests hold it beside a simulation of whole answers on a scale.

    Example
    -------
    >>> chance = chance_by_itself(
    ...     form="relative_change", baseline=3.2, target=0.15, spread=0.8, n_before=5, n_after=5)
    >>> f"{chance:.2f}"
    '0.19'
    """
    _finite(baseline=baseline, target=target)
    _people(spread, n_before, n_after)
    if spread == 0:
        raise ValueError("without spread there is nothing for chance to do")
    if form == "level":
        return 1 - NormalDist(baseline, spread / math.sqrt(n_after)).cdf(target)
    factor = 1 + target if form == "relative_change" else 1
    expected = baseline - factor * baseline
    error = spread * math.sqrt(1 / n_after + factor * factor / n_before)
    return 1 - NormalDist(expected, error).cdf(target if form == "absolute_change" else 0)


def share_by_itself(*, baseline: float, target: float, n: int) -> float:
    """Probability that at least `target` of `n` answers is a yes while the true share stays at `baseline`.

    Parameters
    ----------
    baseline, target : shares from 0 to 1.
    n : number of answers, at least 1.

    Returns
    -------
    float in [0, 1], unrounded: the exact upper tail of the binomial distribution.

    Raises
    ------
    ValueError : a share outside [0, 1] or fewer than one answer.

    Source
    ------
    The binomial distribution.

    Example
    -------
    >>> f"{share_by_itself(baseline=0.5, target=0.8, n=5):.4f}"  # 4 or 5 heads: 6/32
    '0.1875'
    """
    if not (0 <= baseline <= 1 and 0 <= target <= 1) or n < 1:
        raise ValueError("a share lies from 0 to 1, and at least one person answers")
    from scipy.special import bdtrc

    fewest = math.ceil(target * n - 1e-9)  # 0.6 of 5 is 3, whatever floating point makes of it
    return float(bdtrc(fewest - 1, n, baseline)) if fewest > 0 else 1.0


@dataclass(frozen=True, slots=True)
class Return:
    """What people who were chosen for a low score do by themselves. In the unit of the measure."""

    mean_of_chosen: float
    rise: float

    @property
    def expected_next(self) -> float:
        """Their expected mean the next time, without any help."""
        return self.mean_of_chosen + self.rise


def return_to_the_mean(
    *, mean: float, spread: float, below: float, reliability: float, n_baseline: int = 1
) -> Return:
    """How far people who scored below a limit rise by themselves.

    Parameters
    ----------
    mean, spread : of everybody, not only of the chosen; spread more than 0.
    below : only people who scored below this were chosen.
    reliability : of one measurement, from 0 to 1.
    n_baseline : number of measurements averaged for choosing, at least 1.

    Raises
    ------
    ValueError : a number is not finite, the spread is not positive, or reliability is outside [0, 1].

    Source
    ------
    Barnett, van der Pols & Dobson (2005), Int J Epidemiol 34, 215-220, equation 1.

    Example
    -------
    >>> f"{return_to_the_mean(mean=60, spread=15, below=40, reliability=0.8).rise:.3f}"
    '5.394'
    """
    _finite(mean=mean, below=below)
    _people(spread, n_baseline, n_baseline)
    if spread == 0 or not 0 <= reliability <= 1:
        raise ValueError("the spread is more than 0 and the reliability lies from 0 to 1")
    within, between = (1 - reliability) * spread**2 / n_baseline, reliability * spread**2
    measured = math.sqrt(between + within)
    z = (mean - below) / measured
    share = math.erfc(z / math.sqrt(2)) / 2  # NormalDist has lost its digits this far out
    if share == 0:
        raise ValueError("nobody scores that low, so nobody can have been chosen for it")
    depth = NormalDist().pdf(z) / share
    return Return(mean_of_chosen=mean - measured * depth, rise=within / measured * depth)


def _finite(**numbers: float) -> None:
    for name, value in numbers.items():
        if not math.isfinite(value):
            raise ValueError(f"{name} must be a finite number")


def _people(spread: float, *counts: int) -> None:
    if not math.isfinite(spread) or spread < 0:
        raise ValueError("a spread is a finite number of at least 0")
    if min(counts) < 1:
        raise ValueError("a mean needs at least one person")
