"""Stopping under the agreement: how long the notice runs, and the end after it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements import actions as engagements
from driehoek.engagements.actions import hold, lapse_meetings, take_hold
from driehoek.engagements.models import Engagement, Notice
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day
from driehoek.people.models import Person
from driehoek.results.queries.stopping import last_day
from driehoek.sessions.actions import cancel_after


@transaction.atomic
def stop(engagement: Engagement, *, by: Person, seen: date | None, reason: str = "") -> Notice:
    """Give notice under the agreement in force. `seen` is the last day as the page showed it.

    What is planned after that day is called off with it. Refuses when that day is another one meanwhile, so
    that nobody agrees to a day they did not read.
    """
    held = take_hold(engagement)
    if held.stops_on is None and seen != (now := last_day(held)):
        words = _("The last day is now %(day)s. Read it once more, and stop if that is right.")
        raise Refused(None, words % {"day": day(now)})
    notice = engagements.give_notice(engagement, by=by, last_day=seen or clock.today(), reason=reason)
    cancel_after(held, notice.last_day)
    lapse_meetings(held)
    return notice


@transaction.atomic
def end_after_notice(engagement: Engagement) -> None:
    """Close it after the last day, by the coachee: what was stopped ends, also when nobody else closes it.

    Refuses without a notice, and until its last day is over.
    """
    held = hold(engagement, Permission.END_AFTER_NOTICE)
    if held.stops_on is None:
        raise Refused(None, _("Your coach closes this after everyone has looked back."))
    refuse_within_notice(held)
    engagements.close(engagement, on=clock.today(held.time_zone))


def refuse_within_notice(engagement: Engagement) -> None:
    """Raises Refused as long as the notice runs: until then it can still be taken back."""
    stops_on = engagement.stops_on
    if stops_on and clock.today(engagement.time_zone) <= stops_on:
        words = _("The last day is %(day)s. It can be closed from the day after.")
        raise Refused(None, words % {"day": day(stops_on)})
