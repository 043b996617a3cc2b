"""What stands in somebody's calendar, here and outside, and how a program finds it."""

from driehoek.calendars.queries.busy import busy_times
from driehoek.calendars.queries.connection import Connected, Opened, connected, opened, own_uids
from driehoek.calendars.queries.feed import calendar_for, feed_of, link_of, mark_of

__all__ = [
    "Connected",
    "Opened",
    "busy_times",
    "calendar_for",
    "connected",
    "feed_of",
    "link_of",
    "mark_of",
    "opened",
    "own_uids",
]
