"""What published figures give away about single people together."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from driehoek.evidence.disclosure_ranges import PublishedSum, narrow_ranges
from driehoek.evidence.disclosure_sets import Whole, combinations_for, determined_sets

Kind = Literal["mean", "sum", "count"]
Reason = Literal["answer_determined", "sum_determined", "answer_narrow"]


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One published figure over the answers of some people to one question.

    name : by which the audit names it, unlike that of any other.
    respondents : whose answers are in it. An answer given again in another wave is somebody else: "ann/2".
    kind : "mean", "sum", or "count" for how many answered `at_least` or more.
    value : as published; None audits only what could be worked out from it.
    unit : to which the value is rounded, 0.1 for one decimal; 0 for not at all.
    """

    name: str
    respondents: frozenset[str]
    kind: Kind
    value: float | None = None
    at_least: float | None = None
    unit: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no figure over people."""
        if not isinstance(self.respondents, frozenset) or not self.respondents:
            raise ValueError(f"{self.name} is about a frozenset of at least one person")
        if self.kind not in ("mean", "sum", "count") or (self.kind == "count") != (self.at_least is not None):
            raise ValueError(f"{self.name} is a mean, a sum, or a count with the answer from which it counts")
        numbers = (self.unit, self.value or 0, self.at_least or 0)
        if not all(math.isfinite(one) for one in numbers) or self.unit < 0:
            raise ValueError(f"{self.name} has a value that is not finite, or a unit below 0")


@dataclass(frozen=True, slots=True)
class Finding:
    """Whose answers are given away, how, and by which figures together.

    "answer_determined" and "sum_determined": one answer, or the sum over fewer people than may be shown, can
    be worked out from `because`; with `at_least` it is only how many of them reached that. "answer_narrow":
    everything together leaves less than one point between `low` and `high`.
    """

    reason: Reason
    respondents: tuple[str, ...]
    because: tuple[str, ...]
    at_least: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found. Ranges are looked at only when all values are there; a list stops after 100 sets."""

    findings: tuple[Finding, ...]
    are_ranges_checked: bool
    is_list_complete: bool

    @property
    def is_safe(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def audit(
    aggregates: Sequence[Aggregate],
    *,
    fewest: int,
    scale: tuple[float, float],
    known: Mapping[str, float | None] | None = None,
    are_whole: bool = True,
) -> Audit:
    """Whether anybody's answer can be worked out from everything that was ever published on one question.

    All figures together are linear equations: pairs of them are not enough to look at. Rounding is no
    protection and counts as none where equations are solved; only the ranges allow for it.

    Parameters
    ----------
    aggregates : everything published to anybody, of all waves and filters.
    fewest : the smallest number of people over whom a figure may be shown, at least 2.
    scale : lowest and highest answer.
    known : answers that the reader knows: the reader's own, and of a manager who consented. None as an
        answer means that the reader knows it and this audit does not.
    are_whole : whether answers are whole numbers.

    Returns
    -------
    Audit; what is asked of it is `is_safe` before a release, and whom it names when it is not.

    Raises
    ------
    Undefined : so many different groups that sets of this size cannot be gone through.
    ValueError : two aggregates of one name, a known answer outside the scale, figures that contradict one
        another or the scale, or an argument out of range.

    Source
    ------
    Query set auditing: Chin & Ozsoyoglu (1982), IEEE Transactions on Software Engineering 8, 574-582.

    Example
    -------
    >>> people = frozenset({"ann", "bob", "cas", "dee", "eva", "fay"})
    >>> shown = [Aggregate("all", people, "mean", 3.5), Aggregate("later", people - {"fay"}, "mean", 3.2)]
    >>> [(one.respondents, one.because) for one in audit(shown, fewest=5, scale=(1, 5)).findings]
    [(('fay',), ('all', 'later'))]
    """
    facts = dict(known or {})
    _check(aggregates, fewest, scale, facts)
    people = sorted({one for figure in aggregates for one in figure.respondents} - set(facts))
    findings: list[Finding] = []
    is_complete = True
    for at_least in dict.fromkeys(figure.at_least for figure in aggregates):
        block = [figure for figure in aggregates if figure.at_least == at_least]
        found, is_all = _determined(block, people, fewest)
        findings += found
        is_complete &= is_all
    known_values = {name: value for name, value in facts.items() if value is not None}
    can_check = len(known_values) == len(facts) and all(figure.value is not None for figure in aggregates)
    if can_check and people:
        sure = (one for one in findings if one.reason == "answer_determined" and one.at_least is None)
        told = {one.respondents[0] for one in sure}
        sums = [_published(figure, people, known_values) for figure in aggregates]
        columns = [at for at, one in enumerate(people) if one not in told]
        narrow = narrow_ranges(sums, scale, are_whole=are_whole, columns=columns)
        if narrow is None:
            raise ValueError("no answers on this scale fit these figures together")
        findings += [_narrow(people[at], aggregates, *found) for at, found in narrow.items()]
    return Audit(tuple(findings), can_check, is_complete)


def _determined(block: Sequence[Aggregate], people: Sequence[str], fewest: int) -> tuple[list[Finding], bool]:
    rows, names = _rows(block, people)
    if not rows.size:
        return [], True
    sets, is_all = determined_sets(rows, fewest)
    sets.sort(key=lambda one: (len(one), sorted(one)))
    findings = []
    for columns, used in zip(sets, combinations_for(rows, sets), strict=True):
        whom = tuple(people[at] for at in sorted(columns))
        reason: Reason = "answer_determined" if len(whom) == 1 else "sum_determined"
        because = tuple(names[at] for at in used)
        findings.append(Finding(reason, whom, because, block[0].at_least))
    return findings, is_all


def _narrow(person: str, aggregates: Sequence[Aggregate], low: float, high: float) -> Finding:
    about = tuple(figure.name for figure in aggregates if person in figure.respondents)
    return Finding("answer_narrow", (person,), about, None, low, high)


def _published(figure: Aggregate, people: Sequence[str], known: Mapping[str, float]) -> PublishedSum:
    value, size = figure.value or 0.0, len(figure.respondents) if figure.kind == "mean" else 1
    own = [known[one] for one in figure.respondents if one in known]
    taken = sum(own) if figure.at_least is None else sum(1 for one in own if one >= figure.at_least)
    members = np.array([one in figure.respondents for one in people])
    half = figure.unit / 2
    return PublishedSum(
        members, (value - half) * size - taken, (value + half) * size - taken, figure.at_least
    )


def _rows(block: Sequence[Aggregate], people: Collection[str]) -> tuple[Whole, list[str]]:
    lines = {figure.name: [int(one in figure.respondents) for one in people] for figure in block}
    kept = {name: line for name, line in lines.items() if any(line)}
    return np.array(list(kept.values()), dtype=np.int64).reshape(len(kept), len(people)), list(kept)


def _check(
    aggregates: Sequence[Aggregate],
    fewest: int,
    scale: tuple[float, float],
    known: Mapping[str, float | None],
) -> None:
    if isinstance(fewest, bool) or not isinstance(fewest, int) or fewest < 2:
        raise ValueError(f"fewest is a whole number of at least 2, not {fewest!r}")
    if not (math.isfinite(scale[0]) and math.isfinite(scale[1]) and scale[0] < scale[1]):
        raise ValueError("scale is its lowest and its highest answer, both finite")
    if len({figure.name for figure in aggregates}) < len(aggregates):
        raise ValueError("two aggregates have the same name")
    if any(value is not None and not scale[0] <= value <= scale[1] for value in known.values()):
        raise ValueError("a known answer lies outside the scale")
