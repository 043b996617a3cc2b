"""Why asking a calendar server came to nothing. What a reader is told stands in the room above."""

from enum import StrEnum


class Why(StrEnum):
    """What was wrong, from typing the address to reading the answer."""

    ADDRESS = "address"  # no address of a server that is reached by https
    INSIDE = "inside"  # leads into a network that may not be reached
    NO_HOST = "no_host"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    SLOW = "slow"
    PASSWORD = "password"
    ELSEWHERE = "elsewhere"  # sends us on to somebody else
    NO_CALENDAR = "no_calendar"
    GONE = "gone"  # the calendar that was chosen
    NONSENSE = "nonsense"
    TOO_MUCH = "too_much"
    NOT_WRITABLE = "not_writable"
    CHANGED = "changed"  # by somebody else, since we looked
    DOUBLE = "double"  # the same thing stands in that calendar already, in another place
    ERROR = "error"  # the server says that it cannot now


class Trouble(Exception):
    """Nothing came of it. Holds no word of the address, the answer or the password."""

    def __init__(self, why: Why):
        super().__init__(why.value)
        self.why = why
