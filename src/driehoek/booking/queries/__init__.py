"""What can be asked about choosing a moment: what is free for these people."""

from driehoek.booking.queries.meetings import why_not_now
from driehoek.booking.queries.moments import (
    SLUG,
    Booking,
    Moment,
    Week,
    booking_of,
    free_for,
    shown,
    taken_for,
    too_late_to_move,
    week_of,
    week_with,
)
from driehoek.booking.queries.today import asked_of, with_signs

__all__ = [
    "SLUG",
    "Booking",
    "Moment",
    "Week",
    "asked_of",
    "booking_of",
    "free_for",
    "shown",
    "taken_for",
    "too_late_to_move",
    "week_of",
    "week_with",
    "why_not_now",
    "with_signs",
]
