"""Which of the agreed sessions each one is."""

from driehoek.engagements.models import Engagement
from driehoek.sessions.models import Session


def number_anew(engagement: Engagement) -> None:
    """Count the sessions by day, each that takes a turn once: 1 query, and 1 more when something changed.

    One that was cancelled and does not count gives its number back to the next one, and keeps it as the name
    it had: it is not counted anew. Needs an engagement that is held.
    """
    changed, turns = [], 0
    for one in engagement.sessions.order_by("starts_at", "number"):
        if not one.takes_a_turn:
            continue
        turns += 1
        if one.nth != turns:
            one.nth = turns
            changed.append(one)
    Session.objects.bulk_update(changed, ["nth"])
