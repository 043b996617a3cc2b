"""What people do about moments: say when they can be booked, and choose one."""

from driehoek.booking.actions.choosing import NotFree, book, book_elsewhere
from driehoek.booking.actions.elsewhere import move_as_on_the_page
from driehoek.booking.actions.hours import (
    MOST_OTHER_DAYS,
    add_other_days,
    keep_hours,
    remove_other_days,
)
from driehoek.booking.actions.meetings import name_moment, plan_meeting

__all__ = [
    "MOST_OTHER_DAYS",
    "NotFree",
    "add_other_days",
    "book",
    "book_elsewhere",
    "keep_hours",
    "move_as_on_the_page",
    "name_moment",
    "plan_meeting",
    "remove_other_days",
]
