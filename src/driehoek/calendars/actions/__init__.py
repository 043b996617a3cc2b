"""The own feed, and the calendar of one's own that follows us and is followed."""

from driehoek.calendars.actions.connecting import (
    choose_calendars,
    connect,
    disconnect,
    look_now,
    renew_password,
)
from driehoek.calendars.actions.feed import renew_feed, since_when, switch_off_feed
from driehoek.calendars.actions.following import follow_due, keep_following

__all__ = [
    "choose_calendars",
    "connect",
    "disconnect",
    "follow_due",
    "keep_following",
    "look_now",
    "renew_feed",
    "renew_password",
    "since_when",
    "switch_off_feed",
]
