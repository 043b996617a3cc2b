"""What people do about moments: choose one, name one, move one."""

from driehoek.booking.actions.choosing import NotFree, book, book_elsewhere
from driehoek.booking.actions.elsewhere import move_as_on_the_page
from driehoek.booking.actions.meetings import name_moment, plan_meeting

__all__ = [
    "NotFree",
    "book",
    "book_elsewhere",
    "move_as_on_the_page",
    "name_moment",
    "plan_meeting",
]
