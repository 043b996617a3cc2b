"""What can be asked about engagements."""

from driehoek.access import Role
from driehoek.engagements.queries.asking import (
    ANYBODY,
    Asking,
    Step,
    Stop,
    asked_of,
    missing_roles,
    unanswered,
    with_signs,
)
from driehoek.engagements.queries.interruptions import Interruption, interruption, needs, others_reading
from driehoek.engagements.queries.seeing import (
    Outlook,
    Seen,
    kinds_in,
    outlook,
    outlook_now,
    role_words,
    who_sees,
)
from driehoek.engagements.queries.starting import Point, starting_language, starting_points
from driehoek.engagements.queries.taking_part import (
    DayOfLooks,
    LookSeen,
    Place,
    Row,
    answerable,
    days_of_looks,
    engagements_of,
    in_list,
    invited_by_link,
    mark_came_back,
    open_invitations,
    place_of,
    places,
    with_everybody,
    with_parties,
)

ORGANISATION = (Role.MANAGER, Role.SPONSOR)

__all__ = [
    "ANYBODY",
    "ORGANISATION",
    "Asking",
    "DayOfLooks",
    "Interruption",
    "LookSeen",
    "Outlook",
    "Place",
    "Point",
    "Row",
    "Seen",
    "Step",
    "Stop",
    "answerable",
    "asked_of",
    "days_of_looks",
    "engagements_of",
    "in_list",
    "interruption",
    "invited_by_link",
    "kinds_in",
    "mark_came_back",
    "missing_roles",
    "needs",
    "open_invitations",
    "others_reading",
    "outlook",
    "outlook_now",
    "place_of",
    "places",
    "role_words",
    "starting_language",
    "starting_points",
    "unanswered",
    "who_sees",
    "with_everybody",
    "with_parties",
    "with_signs",
]
