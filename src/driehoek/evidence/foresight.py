"""What can be said of a criterion before anything is measured: can it be shown, and what comes by itself?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from driehoek.evidence.criteria import CHANGE_FORMS, CriterionTerms, Direction
from driehoek.evidence.planning import chance_by_itself, detectable_change, share_by_itself
from driehoek.evidence.proportions import fewest_answers

FindingId = Literal[
    "no_baseline",
    "reached_already",
    "beyond_scale",
    "within_noise",
    "too_few_answers",
    "share_of_all",
    "by_itself",
    "return_to_mean",
    "after_goal",
]
LIKELY: Final = 0.05
"""From this chance on, reaching a criterion while nothing changes is worth a warning."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How something will be measured, as far as it is known beforehand. Everything may be unknown.

    lowest, highest : the ends of the scale, in the unit of the measure.
    answers : how many people answer, at the start and again at the end; at least 1.
    spread : standard deviation between people, at least 0.
    chosen_for_it : whether these people were chosen because they scored badly on this very measure.
    mean_of_all : the mean of everybody they were chosen from.
    reliability : of one measurement, from 0 to 1.
    needed_by : the day on which the goal it belongs to must be reached.
    """

    lowest: Decimal | None = None
    highest: Decimal | None = None
    answers: int | None = None
    spread: Decimal | None = None
    chosen_for_it: bool = False
    mean_of_all: Decimal | None = None
    reliability: Decimal | None = None
    needed_by: date | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.lowest is not None and self.highest is not None and self.lowest >= self.highest:
            raise ValueError("a scale ends above where it begins")
        if self.answers is not None and self.answers < 1:
            raise ValueError("at least one person answers")
        if self.spread is not None and self.spread < 0:
            raise ValueError("a spread is at least 0")
        if self.reliability is not None and not 0 <= self.reliability <= 1:
            raise ValueError("a reliability lies from 0 to 1")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know before this is agreed, with the numbers behind it: unrounded, sizes not negative."""

    id: FindingId
    numbers: Mapping[str, float] = field(default_factory=dict)


def foresee(terms: CriterionTerms, known: Circumstances) -> tuple[Finding, ...]:
    """Everything that speaks against a criterion beforehand, in a fixed order.

    Returns
    -------
    Findings; empty when nothing is known that speaks against it. What is not known gives no finding,
    except a missing baseline. `unknown` says which facts could still give one.

    Source
    ------
    The single checks: `planning` and `proportions`. What comes back to the mean: the expected next value of
    people with mean x is mu + r (x - mu), Kelley (1947); chosen people then move (1 - r) (mu - x).

    Example
    -------
    >>> from datetime import date
    >>> terms = CriterionTerms("share_at_least", "up", Decimal("0.8"), date(2026, 1, 1), date(2026, 6, 30))
    >>> [(one.id, one.numbers) for one in foresee(terms, Circumstances(answers=12))]
    [('no_baseline', {}), ('too_few_answers', {'answers': 12, 'needed': 16})]
    """
    found = (
        _no_baseline(terms),
        Finding("reached_already") if reached_already(terms) else None,
        _beyond_scale(terms, known),
        _within_noise(terms, known),
        _too_few_answers(terms, known),
        _by_itself(terms, known),
        _return_to_mean(terms, known),
        _after_goal(terms, known),
    )
    return tuple(one for one in found if one is not None)


def required_change(terms: CriterionTerms) -> Fraction | None:
    """How far a measure must move to be on target; None when that is not known, or is not how it is judged.

    0 when it is there already. In the unit of the measure, never negative.
    """
    if terms.baseline is None or terms.form not in (*CHANGE_FORMS, "level"):
        return None
    if terms.form == "relative_change":
        return abs(Fraction(terms.baseline)) * Fraction(terms.target)
    if terms.form == "absolute_change":
        return Fraction(terms.target)
    way = Fraction(terms.target) - Fraction(terms.baseline)
    return max(way if terms.direction == "up" else -way, Fraction(0))


def reached_already(terms: CriterionTerms) -> bool:
    """Whether the starting value is on target: then it is reached by doing nothing."""
    if terms.baseline is None:
        return False
    if terms.form == "share_at_least":
        return terms.baseline >= terms.target
    return terms.form == "level" and required_change(terms) == 0


def unknown(terms: CriterionTerms, known: Circumstances) -> tuple[str, ...]:
    """The names of the circumstances that could still speak against a criterion, once they are known.

    >>> from datetime import date
    >>> terms = CriterionTerms("share_at_least", "up", Decimal("0.8"), date(2026, 1, 1), date(2026, 6, 30))
    >>> unknown(terms, Circumstances()), unknown(terms, Circumstances(answers=20))
    (('answers',), ())
    """
    if terms.form == "count" or (terms.form == "share_at_least" and terms.target == 1):
        return ()
    end = "highest" if terms.direction == "up" else "lowest"
    if terms.form == "share_at_least":
        asked: tuple[str, ...] = ("answers",)
    else:
        asked = (end,) if terms.baseline is None else ("answers", end, "spread")
    return tuple(name for name in asked if getattr(known, name) is None)


def _no_baseline(terms: CriterionTerms) -> Finding | None:
    return Finding("no_baseline") if terms.baseline is None and terms.form != "count" else None


def _end(direction: Direction, known: Circumstances) -> Decimal | None:
    return known.highest if direction == "up" else known.lowest


def _room(terms: CriterionTerms, known: Circumstances) -> float | None:
    """What is left on the scale in the agreed direction; nothing below 0."""
    end = _end(terms.direction, known)
    if terms.baseline is None or end is None:
        return None
    left = Fraction(end) - Fraction(terms.baseline)
    return float(max(left if terms.direction == "up" else -left, Fraction(0)))


def _beyond_scale(terms: CriterionTerms, known: Circumstances) -> Finding | None:
    end, required, room = _end(terms.direction, known), required_change(terms), _room(terms, known)
    if terms.form == "level" and end is not None and terms.baseline is None:
        over = terms.target > end if terms.direction == "up" else terms.target < end
        return Finding("beyond_scale", {"end": float(end)}) if over else None
    if end is None or required is None or room is None or float(required) <= room:
        return None
    return Finding("beyond_scale", {"end": float(end), "required": float(required), "possible": room})


def _within_noise(terms: CriterionTerms, known: Circumstances) -> Finding | None:
    required = required_change(terms)
    if not required or not known.answers or known.spread is None:  # what is reached already hides nothing
        return None
    noise = detectable_change(spread=float(known.spread), n_before=known.answers, n_after=known.answers)
    room = _room(terms, known)
    hidden = float(required) < noise or (room is not None and room < noise)
    numbers = {"required": float(required), "noise": noise, "answers": known.answers}
    return Finding("within_noise", numbers) if hidden else None


def _too_few_answers(terms: CriterionTerms, known: Circumstances) -> Finding | None:
    if terms.form != "share_at_least":
        return None
    if terms.target == 1:
        return Finding("share_of_all")
    needed = fewest_answers(float(terms.target))
    if not known.answers or known.answers >= needed:
        return None
    return Finding("too_few_answers", {"answers": known.answers, "needed": needed})


def _by_itself(terms: CriterionTerms, known: Circumstances) -> Finding | None:
    if terms.form == "share_at_least":
        return _share_by_itself(terms, known)
    if terms.baseline is None or not known.answers or not known.spread:
        return None
    if _beyond_scale(terms, known):  # what the scale does not reach, chance does not reach either
        return None
    side = 1 if terms.direction == "up" else -1
    baseline, target, n = float(terms.baseline), float(terms.target), known.answers
    if terms.form == "relative_change" or terms.form == "level":
        baseline, target = side * baseline, side * target
    elif terms.form != "absolute_change":
        return None
    chance = chance_by_itself(
        form=terms.form, baseline=baseline, target=target, spread=float(known.spread), n_before=n, n_after=n
    )
    return Finding("by_itself", {"chance": chance, "answers": n}) if chance >= LIKELY else None


def _share_by_itself(terms: CriterionTerms, known: Circumstances) -> Finding | None:
    if terms.baseline is None or not known.answers or reached_already(terms):
        return None
    start, target = float(terms.baseline), float(terms.target)
    chance = share_by_itself(baseline=start, target=target, n=known.answers)
    return Finding("by_itself", {"chance": chance, "answers": known.answers}) if chance >= LIKELY else None


def _return_to_mean(terms: CriterionTerms, known: Circumstances) -> Finding | None:
    if not known.chosen_for_it or terms.form in ("share_at_least", "count"):
        return None
    required = required_change(terms)
    if terms.baseline is None or known.mean_of_all is None or known.reliability is None or required is None:
        return Finding("return_to_mean")
    if not required:  # nothing needs to come, and `reached_already` says so
        return None
    side = 1 if terms.direction == "up" else -1
    way = Fraction(known.mean_of_all) - Fraction(terms.baseline)
    comes = side * (1 - Fraction(known.reliability)) * way
    if comes <= 0:  # they stand on the good side of the mean already
        return None
    return Finding("return_to_mean", {"comes": float(comes), "required": float(required)})


def _after_goal(terms: CriterionTerms, known: Circumstances) -> Finding | None:
    """Its last day comes so many days after the goal must be reached; not said before that day is known."""
    if terms.deadline is None or known.needed_by is None or terms.deadline <= known.needed_by:
        return None
    return Finding("after_goal", {"days": (terms.deadline - known.needed_by).days})
