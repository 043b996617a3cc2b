"""What an end leaves no room for: the sessions planned after the last day."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction

from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.sessions.actions.free import moment
from driehoek.sessions.actions.numbering import number_anew
from driehoek.sessions.actions.telling import tell_lapsed
from driehoek.sessions.models import Session
from driehoek.sessions.queries import still_planned


@transaction.atomic
def cancel_after(engagement: Engagement, last_day: date) -> Sequence[Session]:
    """Call off what is planned after the last day; what was planned together in one letter. Twice is once.

    Nobody's name stands at them: it is the end that cancels them, not coachee or coach.
    """
    return cancel_from(engagement, moment(engagement, on=last_day + timedelta(days=1), at=time(0)))


@transaction.atomic
def cancel_from(engagement: Engagement, start: datetime) -> Sequence[Session]:
    """Call off what is planned from this moment on, as above."""
    lapsed = list(still_planned(engagement, start))
    for one in lapsed:
        one.cancelled_at = one.changed_at = clock.now()
    Session.objects.bulk_update(lapsed, ["cancelled_at", "changed_at"])
    number_anew(engagement)
    tell_lapsed(engagement, lapsed)
    return lapsed
