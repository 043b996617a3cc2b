"""What people do with an engagement: begin it, invite the others, answer, and carry it on by stages."""

from driehoek.engagements.actions.answering import accept_invitation, decline_invitation
from driehoek.engagements.actions.holding import hold, take_hold
from driehoek.engagements.actions.inviting import invite, send_again, withdraw_invitation
from driehoek.engagements.actions.leaving import drop_preparation, remove_member, step_out
from driehoek.engagements.actions.meetings import cancel_meeting, lapse_meetings, put_meeting
from driehoek.engagements.actions.naming import rename
from driehoek.engagements.actions.pausing import pause, resume
from driehoek.engagements.actions.stages import begin_closing, close, put_in_force
from driehoek.engagements.actions.starting import (
    begin_from,
    found_and_start,
    is_first_phase,
    start_beside,
    start_engagement,
    work_beside,
)
from driehoek.engagements.actions.stopping import give_notice, take_back_notice
from driehoek.engagements.actions.telling import whose_letter

__all__ = [
    "accept_invitation",
    "begin_closing",
    "begin_from",
    "cancel_meeting",
    "close",
    "decline_invitation",
    "drop_preparation",
    "found_and_start",
    "give_notice",
    "hold",
    "invite",
    "is_first_phase",
    "lapse_meetings",
    "pause",
    "put_in_force",
    "put_meeting",
    "remove_member",
    "rename",
    "resume",
    "send_again",
    "start_beside",
    "start_engagement",
    "step_out",
    "take_back_notice",
    "take_hold",
    "whose_letter",
    "withdraw_invitation",
    "work_beside",
]
