"""What can be asked about rounds of feedback. Nothing here tells who answered, or how many did."""

from driehoek.feedback.queries.asking import asked_of, with_signs
from driehoek.feedback.queries.change import Since, sinces_of
from driehoek.feedback.queries.links import (
    Draft,
    Invitation,
    draft_of,
    invitation_of,
    left_open,
    rater_by_link,
)
from driehoek.feedback.queries.report import Report, report_of
from driehoek.feedback.queries.rounds import (
    asked_in,
    by_name,
    coachee_in,
    is_large_enough,
    moments_left,
    offered,
    own_waits,
    raters_of,
    round_in,
    rounds_of,
)

__all__ = [
    "Draft",
    "Invitation",
    "Report",
    "Since",
    "asked_in",
    "asked_of",
    "by_name",
    "coachee_in",
    "draft_of",
    "invitation_of",
    "is_large_enough",
    "left_open",
    "moments_left",
    "offered",
    "own_waits",
    "rater_by_link",
    "raters_of",
    "report_of",
    "round_in",
    "rounds_of",
    "sinces_of",
    "with_signs",
]
