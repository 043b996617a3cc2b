"""awg(j): agreement over several questions, against the most that raters could differ."""

from collections.abc import Sequence
from dataclasses import dataclass

from driehoek.evidence.agreement import awg
from driehoek.evidence.ratings import complete_rows, table
from driehoek.evidence.undefined import Undefined


@dataclass(frozen=True, slots=True)
class AdjustedItemsAgreement:
    """The mean of awg over the questions, and awg of each; `n_dropped` raters had a gap."""

    awg_j: float
    awg_items: tuple[float, ...]
    n_raters: int
    n_dropped: int
    n_items: int


def awg_j(ratings: Sequence[Sequence[float | None]], scale: tuple[float, float]) -> AdjustedItemsAgreement:
    """How far raters agree over questions that belong together; more questions do not make it higher.

    Parameters
    ----------
    ratings : one row per rater, one column per question; a rater with a gap is left out and counted.
    scale : lowest and highest answer, the same for every question.

    Returns
    -------
    The mean of awg over the questions, from -1 to 1.

    Raises
    ------
    Undefined : fewer than two raters who answered every question, or a question of which the mean lies so
        near an end of the scale that its awg has no meaning: leaving it out would leave out agreement.
    ValueError : rows of different length, a score outside the scale, or a scale without width.

    Source
    ------
    Brown & Hauenstein (2005), Org Res Methods 8, 165-184: awg(J) = sum of awg / J.

    Example
    -------
    >>> found = awg_j([[2, 4], [3, 4], [3, 3], [4, 3]], (1, 5))
    >>> f"{found.awg_j:.3f}", found.n_items
    ('0.808', 2)
    """
    given, dropped = complete_rows(table("ratings", ratings))
    found = []
    for place, scores in enumerate(given.T.tolist(), start=1):
        try:
            found.append(awg(scores, scale).awg)
        except Undefined as reason:
            if len(given) < 2:
                raise
            raise Undefined(f"question {place}: {reason}") from None
    return AdjustedItemsAgreement(sum(found) / len(found), tuple(found), len(given), dropped, len(found))
