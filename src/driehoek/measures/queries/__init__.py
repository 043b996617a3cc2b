"""What has been measured, and what it says about what was agreed."""

from driehoek.measures.queries.checklist import can_be_ticked_off, checklist_of, last_seen, suggested
from driehoek.measures.queries.keys import key_of, keys_of, opened_by
from driehoek.measures.queries.levels import (
    SCORING,
    GoalScores,
    asked_of,
    attainment,
    can_be_scored,
    interim_review_held,
    interim_review_on,
    own_scores,
    scoring_role,
    who_sees_own_score,
    with_review,
    with_signs,
)
from driehoek.measures.queries.series import Beside, beside, kind_of, mark_of
from driehoek.measures.queries.verdicts import (
    CriterionState,
    agreed_criterion,
    comes_late,
    criteria_now,
    is_over,
    read_until,
    verdict_on,
    verdicts,
)

__all__ = [
    "SCORING",
    "Beside",
    "CriterionState",
    "GoalScores",
    "agreed_criterion",
    "asked_of",
    "attainment",
    "beside",
    "can_be_scored",
    "can_be_ticked_off",
    "checklist_of",
    "comes_late",
    "criteria_now",
    "interim_review_held",
    "interim_review_on",
    "is_over",
    "key_of",
    "keys_of",
    "kind_of",
    "last_seen",
    "mark_of",
    "opened_by",
    "own_scores",
    "read_until",
    "scoring_role",
    "suggested",
    "verdict_on",
    "verdicts",
    "who_sees_own_score",
    "with_review",
    "with_signs",
]
