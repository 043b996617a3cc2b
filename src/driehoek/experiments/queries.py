"""What somebody tries out, and what came of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, Literal
from uuid import UUID

from django.utils.translation import gettext as _

from driehoek.access import Role, Shape
from driehoek.engagements.queries import Seen
from driehoek.evidence.certainty import FEWEST_RATERS, Certainty, of_raters
from driehoek.evidence.criteria import CriterionTerms, Observation, Verdict, judge
from driehoek.experiments.models import Experiment
from driehoek.kit import clock
from driehoek.people.models import Person

SHAPES: Final = {"A": Shape.CONSULTANCY, "B": Shape.COACHING, "C": Shape.BLENDED}


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is measured: how, which way is better, by how much, and the values of both days."""

    measure: str
    unit: str
    direction: Literal["up", "down"]
    target: Decimal
    before: tuple[Decimal, ...]
    after: tuple[Decimal, ...] = ()
    measured_on: date | None = None

    @property
    def start(self) -> Fraction:
        """The mean of the first day, exact."""
        return mean(self.before)

    def terms(self, experiment: Experiment) -> CriterionTerms:
        """What was set down on the first day, ready to be judged."""
        return CriterionTerms(
            "absolute_change",
            self.direction,
            self.target,
            experiment.started_on,
            experiment.ends_on,
            baseline=self.start,
            unit=self.unit,
        )

    @property
    def may_fall(self) -> Fraction | None:
        """By how much it can get lower at most: nothing that starts at zero or more is taken below zero."""
        return self.start if self.direction == "down" and self.start >= 0 else None

    def verdict(self, experiment: Experiment) -> Verdict:
        """Whether it was reached, as for any criterion; once judged, the period is over."""
        seen = [Observation(self.measured_on, mean(self.after))] if self.measured_on and self.after else []
        over = max(clock.today(), experiment.ends_on + timedelta(days=1))
        return judge(self.terms(experiment), seen, over)

    def certainty(self, *, same_people: bool) -> Certainty:
        """How sure it is: the same people both times, two groups of numbers, or too few to tell."""
        n = {"before": len(self.before), "after": len(self.after)}
        if min(n.values()) < FEWEST_RATERS:
            reason = "one_value_before" if n["before"] == 1 else "too_few_raters"
            return Certainty("not_assessable", "none", reason, n)
        before, after = [[float(one) for one in values] for values in (self.before, self.after)]
        return of_raters(
            before,
            after,
            matched=same_people and n["before"] == n["after"],
            form="absolute_change",
            direction=self.direction,
            target=float(self.target),
        )


def mean(values: Sequence[Decimal]) -> Fraction:
    """The mean, exact. There is at least one value."""
    return sum((Fraction(value) for value in values), Fraction(0)) / len(values)


def figures_of(experiment: Experiment) -> list[Figure]:
    """What is measured in this experiment: no queries."""
    return [_thawed(one) for one in json.loads(experiment.figures)]


def frozen(figures: Sequence[Figure]) -> str:
    """Figures as they are kept."""
    return json.dumps([_frozen(one) for one in figures], ensure_ascii=False)


def with_outcome(figure: Figure, after: Sequence[Decimal], measured_on: date) -> Figure:
    """The same with what was measured at the end."""
    return replace(figure, after=tuple(after), measured_on=measured_on)


def experiments_of(person: Person) -> list[Experiment]:
    """Everything somebody tried out, newest first: 1 query."""
    return list(Experiment.objects.filter(person=person).order_by("-started_on", "-pk")[:50])


def experiment_of(person: Person, experiment_id: UUID) -> Experiment | None:
    """One's own experiment; that of another does not exist: 1 query."""
    found = Experiment.objects.select_related("data_key", "engagement")
    return found.filter(person=person, pk=experiment_id).first()


def is_due(experiment: Experiment) -> bool:
    """Whether its last day has come: no queries."""
    return clock.today() >= experiment.ends_on


def only_you() -> Seen:
    """The chip: an experiment is read by whoever does it, and by nobody else."""
    return Seen(_("Only you"), frozenset({Role.COACHEE}), True)


def _frozen(one: Figure) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "unit": one.unit,
        "direction": one.direction,
        "target": str(one.target),
        "before": [str(value) for value in one.before],
        "after": [str(value) for value in one.after],
        "measured_on": one.measured_on.isoformat() if one.measured_on else "",
    }


def _thawed(kept: Mapping[str, Any]) -> Figure:
    on = kept["measured_on"]
    return Figure(
        kept["measure"],
        kept["unit"],
        kept["direction"],
        Decimal(kept["target"]),
        tuple(map(Decimal, kept["before"])),
        tuple(map(Decimal, kept["after"])),
        date.fromisoformat(on) if on else None,
    )
