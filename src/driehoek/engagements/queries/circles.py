"""The two circles in which people write to each other and share files."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.models import Circle, Engagement, Party
from driehoek.kit.addresses import reverse
from driehoek.people.models import Person


@dataclass(frozen=True, slots=True)
class Tab:
    """One circle as one reader finds it: a tab of a page."""

    circle: Circle
    label: str
    url: str
    current: bool


def members(engagement: Engagement, reads: Permission) -> list[Party]:
    """Who takes part in the circle that this permission opens: no queries with prefetched parties."""
    there = [party for party in engagement.parties_in_order if party.accepted_at and not party.declined_at]
    return [party for party in there if engagement.lets(party.person, reads)]


def circles_of(
    engagement: Engagement, person: Person, reads: Mapping[Circle, Permission], *, room: str, shown: str = ""
) -> list[Tab]:
    """The circles `person` is in, the smallest first, each with its page in `room`: no queries.

    Coachee and coach by themselves; and everybody, once there is more than those two.
    """
    words = {Circle.PAIR: _pair_words(engagement, reads[Circle.PAIR]), Circle.EVERYONE: _("Everyone")}
    return [
        Tab(
            circle,
            words[circle],
            reverse(f"{room}:{circle.value}", args=[engagement.pk]),
            circle == shown,
        )
        for circle in Circle
        if words[circle]
        and engagement.lets(person, reads[circle])
        and len(members(engagement, reads[circle])) > 1
    ]


def _pair_words(engagement: Engagement, reads: Permission) -> str:
    names = [party.first_name for party in members(engagement, reads)]
    return _("%(one)s and %(other)s") % {"one": names[0], "other": names[1]} if len(names) == 2 else ""
