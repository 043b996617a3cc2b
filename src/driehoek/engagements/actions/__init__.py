"""What people do with an engagement: begin it, invite the others, answer, and carry it on by stages."""

from driehoek.engagements.actions.answering import accept_invitation, decline_invitation
from driehoek.engagements.actions.holding import hold, take_hold
from driehoek.engagements.actions.inviting import invite, send_again, withdraw_invitation
from driehoek.engagements.actions.leaving import remove_member
from driehoek.engagements.actions.stages import begin_closing, close, put_in_force
from driehoek.engagements.actions.starting import found_and_start, start_engagement

__all__ = [
    "accept_invitation",
    "begin_closing",
    "close",
    "decline_invitation",
    "found_and_start",
    "hold",
    "invite",
    "put_in_force",
    "remove_member",
    "send_again",
    "start_engagement",
    "take_hold",
    "withdraw_invitation",
]
