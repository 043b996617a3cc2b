"""What comes by itself and what fits on a scale, under the names by which results are asked for."""

import math
from dataclasses import dataclass
from typing import Literal

from driehoek.evidence.planning import return_to_the_mean, room_to_move
from driehoek.evidence.proportions import fewest_successes
from driehoek.evidence.undefined import Undefined

Side = Literal["below", "above"]


@dataclass(frozen=True, slots=True)
class ReturnToMean:
    """What people chosen beyond a cut-off do by themselves; the size of it, and in percent of their mean.

    `expected_rtm` is a size: a rise for people chosen below, a fall for people chosen above.
    """

    expected_rtm: float
    C_z: float
    mean_of_selected: float
    expected_retest: float
    percent_rise: float | None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The room on a scale against an agreed rise; `demonstrable` is None when the noise is unknown."""

    max_possible_change: float
    required_change: float
    feasible: bool
    demonstrable: bool | None


@dataclass(frozen=True, slots=True)
class MinSuccesses:
    """The fewest successes that demonstrate a share."""

    k: int


def truncated_return(
    *,
    mean: float,
    sd: float,
    cutoff: float,
    reliability: float,
    selected: Side = "below",
    n_baseline: int = 1,
) -> ReturnToMean:
    """What people chosen below (or above) a cut-off will score next time, without any help.

    Parameters and errors are those of `planning.return_to_the_mean`, with `selected` for the side.

    Raises
    ------
    ValueError : as there.

    Source
    ------
    Barnett, van der Pols & Dobson (2005), Int J Epidemiol 34, 215-220, equation 1.

    Example
    -------
    >>> f"{truncated_return(mean=60, sd=15, cutoff=40, reliability=0.8).expected_rtm:.4f}"
    '5.3944'
    """
    if selected not in ("below", "above"):
        raise ValueError(f'selected is "below" or "above", not {selected!r}')
    sign = 1 if selected == "below" else -1
    found = return_to_the_mean(
        mean=sign * mean, spread=sd, below=sign * cutoff, reliability=reliability, n_baseline=n_baseline
    )
    chosen, retest = sign * found.mean_of_chosen, sign * found.expected_next
    measured = sd * math.sqrt(reliability + (1 - reliability) / n_baseline)
    return ReturnToMean(
        expected_rtm=found.rise,
        C_z=(sign * mean - found.mean_of_chosen) / measured,
        mean_of_selected=chosen,
        expected_retest=retest,
        percent_rise=100 * (retest - chosen) / chosen if chosen > 0 else None,
    )


def ceiling(*, pre: float, scale_max: float, target_relative: float, mdc95: float | None = None) -> Ceiling:
    """Whether a rise by a share of the start fits on the scale, and whether it could be told from noise.

    Raises ValueError as `planning.room_to_move`.

    Source: arithmetic.

    >>> ceiling(pre=4.7, scale_max=5, mdc95=0.6, target_relative=0.15).feasible
    False
    """
    room = room_to_move(baseline=pre, end_of_scale=scale_max, required=target_relative * pre, noise=mdc95)
    return Ceiling(room.possible, room.required, room.is_feasible, room.is_demonstrable)


def min_successes(*, n: int, target: float, confidence: float = 0.95) -> MinSuccesses:
    """How many of n must succeed before the lower end of the Wilson interval reaches the target.

    Raises Undefined when even all of them do not, and ValueError as `proportions.fewest_successes`.

    Source: Wilson (1927), JASA 22, 209-212, solved for the count.

    >>> min_successes(n=30, target=0.8)
    MinSuccesses(k=29)
    """
    k = fewest_successes(n, target, confidence)
    if k is None:
        raise Undefined(f"{n} answers are too few to demonstrate this share, even when all are a yes")
    return MinSuccesses(k)
