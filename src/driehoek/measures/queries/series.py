"""What a series that comes in would change in the one that stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from driehoek.agreements.queries import AgreedCriterion
from driehoek.agreements.wording import is_percent
from driehoek.evidence.series_terms import Kind, Taken
from driehoek.measures.models import Observation
from driehoek.measures.queries.verdicts import CriterionState


@dataclass(frozen=True, slots=True)
class Beside:
    """One row that came in, beside the value that stands on its day, if there is one."""

    row: Taken
    standing: Observation | None

    @property
    def is_new(self) -> bool:
        return self.standing is None

    @property
    def is_other(self) -> bool:
        """Whether the day holds another value, which would be replaced."""
        return self.standing is not None and self.standing.reads != (self.row.value, self.row.out_of)


def beside(state: CriterionState, rows: Sequence[Taken]) -> list[Beside]:
    """Every row with what stands on its day: no queries."""
    standing = {one.on: one for one in state.observations}
    return [Beside(row, standing.get(row.on)) for row in rows]


def mark_of(found: Sequence[Beside]) -> str:
    """What was shown before it is taken over, in a word: any difference makes it another."""
    facts = [
        (str(one.row.on), str(one.row.value), str(one.row.out_of), one.standing and str(one.standing.pk))
        for one in found
    ]
    return sha256(repr(facts).encode()).hexdigest()


def kind_of(criterion: AgreedCriterion) -> Kind:
    """How the numbers of this criterion are taken."""
    if criterion.terms.counted == "weighted":
        return "weighted"
    if criterion.terms.form == "share_at_least":
        return "share"
    return "percent" if is_percent(criterion.unit) else "number"
