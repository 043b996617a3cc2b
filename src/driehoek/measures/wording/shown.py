"""A criterion as a page shows it: the three answers, and its values drawn in the agreed period."""

from typing import Any

from driehoek.agreements.queries import later_words
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.charts import Spec, draw
from driehoek.measures.queries import CriterionState, can_be_ticked_off
from driehoek.measures.wording.behind import behind
from driehoek.measures.wording.charts import margin_chart, series_chart
from driehoek.measures.wording.late import late_lines
from driehoek.measures.wording.sure import sure
from driehoek.measures.wording.three import reached as reached_words
from driehoek.measures.wording.three import three_answers
from driehoek.measures.wording.verdicts import Answer, struck_lines


def shown(engagement: Engagement, state: CriterionState) -> dict[str, Any]:
    """Everything the page says about one criterion: no queries."""
    words = Answer(state.criterion, state.verdict, state.observations)
    found = state.certainty
    reached, certain, because = three_answers(state, engagement.shape_, found)
    return {
        "state": state,
        "answer": words,
        "later": later_words(state.criterion),
        "reached": reached,
        "sure": certain,
        "because": because,
        "charts": [draw(spec) for spec in charts_of(state)],
        "struck": struck_lines(state.criterion, state.struck),
        "late": late_lines(state),
        "ticked_off": can_be_ticked_off(state.criterion),
        "behind": behind(state, engagement.shape_, found),
    }


def charts_of(state: CriterionState) -> list[Spec]:
    """The series as it was measured and, where there is one, the margin of its answer: no queries."""
    if not state.observations:
        return []
    reached = reached_words(state)
    is_over = state.criterion.terms.is_over(clock.today())
    margin = margin_chart(state, sure(state.criterion, state.certainty, is_over=is_over).says)
    return [spec for spec in (series_chart(state, reached), margin) if spec is not None]
