"""What people do with the change plan, and with what was promised."""

from driehoek.plans.actions.deliveries import accept, hand_over, reject
from driehoek.plans.actions.plan import MOST_OPEN, add_action, change_action, set_colour
from driehoek.plans.actions.reporting import remind_of_plan, report_progress

__all__ = [
    "MOST_OPEN",
    "accept",
    "add_action",
    "change_action",
    "hand_over",
    "reject",
    "remind_of_plan",
    "report_progress",
    "set_colour",
]
