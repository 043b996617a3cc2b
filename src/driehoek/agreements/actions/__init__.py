"""What people do with goals, drafts and versions."""

from driehoek.agreements.actions.amend import begin_amendment, drop_amendment
from driehoek.agreements.actions.candour import answer_candour
from driehoek.agreements.actions.comments import answer_comment, comment, take_over, withdraw_comment
from driehoek.agreements.actions.criteria import remove_criterion, save_criterion, too_many_criteria
from driehoek.agreements.actions.deliverables import (
    remove_deliverable,
    save_deliverable,
    too_many_deliverables,
)
from driehoek.agreements.actions.draft import (
    choose_disclosure,
    choose_starting_point,
    record_three_way_meeting,
    save_draft,
    save_stumbling_blocks,
)
from driehoek.agreements.actions.expectations import write_expectation
from driehoek.agreements.actions.foresight import look_ahead
from driehoek.agreements.actions.goals import remove_goal, save_goal, too_many_goals
from driehoek.agreements.actions.offer import decline, offer, withdraw
from driehoek.agreements.actions.paper import printed
from driehoek.agreements.actions.sign import sign

__all__ = [
    "answer_candour",
    "answer_comment",
    "begin_amendment",
    "choose_disclosure",
    "choose_starting_point",
    "comment",
    "decline",
    "drop_amendment",
    "look_ahead",
    "offer",
    "printed",
    "record_three_way_meeting",
    "remove_criterion",
    "remove_deliverable",
    "remove_goal",
    "save_criterion",
    "save_deliverable",
    "save_draft",
    "save_goal",
    "save_stumbling_blocks",
    "sign",
    "take_over",
    "too_many_criteria",
    "too_many_deliverables",
    "too_many_goals",
    "withdraw",
    "withdraw_comment",
    "write_expectation",
]
