"""A criterion as a page shows it: the three answers, and its values drawn in the agreed period."""

from decimal import Decimal
from typing import Any

from driehoek.agreements.queries import later_words
from driehoek.agreements.wording import plain
from driehoek.engagements.models import Engagement
from driehoek.kit.chart import Series, draw_series
from driehoek.kit.templatetags.look import decimal, short_day
from driehoek.measures.models import Observation
from driehoek.measures.queries import CriterionState
from driehoek.measures.wording.behind import behind
from driehoek.measures.wording.three import three_answers
from driehoek.measures.wording.verdicts import Answer, scale_of, struck_lines


def shown(engagement: Engagement, state: CriterionState) -> dict[str, Any]:
    """Everything the page says about one criterion: no queries."""
    words = Answer(state.criterion, state.verdict)
    found = state.certainty
    reached, sure, because = three_answers(state, engagement.shape_, found)
    return {
        "state": state,
        "answer": words,
        "later": later_words(state.criterion),
        "reached": reached,
        "sure": sure,
        "because": because,
        "series": _chart(state) if state.observations else None,
        "struck": struck_lines(state.criterion, state.struck),
        "behind": behind(state, engagement.shape_, found),
        "target": scale_of(state.criterion).target_words,
    }


def _chart(state: CriterionState) -> Series:
    terms, scale = state.criterion.terms, scale_of(state.criterion)
    return draw_series(
        [(row.on, plain(_drawn(row) * scale.factor)) for row in state.observations],
        window=(terms.window_starts, terms.deadline) if terms.window_starts and terms.deadline else None,
        target=scale.target,
        unit=scale.unit,
        number=decimal,
        day=short_day,
    )


def _drawn(row: Observation) -> Decimal:
    """A quotient of a weighed value to five places: more than a chart can show."""
    rate = row.rate
    if isinstance(rate, Decimal):
        return rate
    return (Decimal(rate.numerator) / Decimal(rate.denominator)).quantize(Decimal("0.00001"))
