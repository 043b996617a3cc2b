"""The terms of one criterion, from the words of a version."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from driehoek.agreements.queries.before import before_in
from driehoek.evidence.criteria import CriterionTerms, Number
from driehoek.evidence.deadlines import Anchor


def terms_as_written(written: Mapping[str, Any], milestones: Mapping[str, str]) -> CriterionTerms:
    """A criterion of a version as `evidence` judges it; `milestones` says what each is called."""
    before = before_in(written.get("measured_before"))
    typed = None if written["baseline"] is None else Decimal(written["baseline"])
    baseline: Number | None = before.mean if before else typed
    return CriterionTerms(
        form=written["form"],
        direction=written["direction"],
        target=Decimal(written["target"]),
        window_starts=_day(written["window_starts"]),
        deadline=_day(written["deadline"]),
        baseline=baseline,
        unit=written["unit"],
        counted=written.get("counted", "last"),
        anchor=_anchor(written.get("anchor"), milestones),
        measured_before=before,
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _anchor(written: Mapping[str, Any] | None, milestones: Mapping[str, str]) -> Anchor | None:
    return Anchor(**written, name=milestones.get(written.get("milestone", ""), "")) if written else None
