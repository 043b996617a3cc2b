"""What can be asked about booking: when somebody can be booked, and what is free for these people."""

from driehoek.booking.queries.meetings import why_not_now
from driehoek.booking.queries.moments import (
    SLUG,
    Booking,
    DrawnDay,
    Moment,
    Week,
    as_availability,
    bookable_of,
    booking_of,
    drawn_week,
    free_for,
    other_days,
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
    "DrawnDay",
    "Moment",
    "Week",
    "as_availability",
    "asked_of",
    "bookable_of",
    "booking_of",
    "drawn_week",
    "free_for",
    "other_days",
    "shown",
    "taken_for",
    "too_late_to_move",
    "week_of",
    "week_with",
    "why_not_now",
    "with_signs",
]
