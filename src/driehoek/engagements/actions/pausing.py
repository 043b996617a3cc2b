"""Letting an engagement rest, and letting it go on."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import POLICY, Permission, Role, Stage
from driehoek.engagements.actions.holding import hold
from driehoek.engagements.actions.stages import put
from driehoek.engagements.actions.telling import tell_others
from driehoek.engagements.models import Engagement, Pause
from driehoek.engagements.queries.interruptions import acting_role
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day
from driehoek.people.models import Person


@transaction.atomic
def pause(engagement: Engagement, *, by: Person, expected_on: date | None = None, reason: str = "") -> Pause:
    """Let the engagement rest from today on. By the same person again: another expected day or reason.

    Everybody hears that it is paused; who asked for it and why is for those who work in it.
    Refuses a day that does not lie ahead, and when somebody else has paused it already.
    """
    held = hold(engagement, Permission.PAUSE)
    today = clock.today(held.time_zone)
    if expected_on and expected_on <= today:
        raise Refused("expected_on", _("Choose a day that lies ahead, or leave it open."))
    standing = held.pauses.filter(ended_at=None).first()
    if standing is None:
        return _begin(engagement, held, Pause(since=today, expected_on=expected_on, reason=reason), by)
    if standing.person_id != by.pk:
        words = _("It has been paused already, since %(day)s. Nothing was changed by what you sent.")
        raise Refused(None, words % {"day": day(standing.since)})
    standing.expected_on, standing.reason = expected_on, reason
    standing.save(update_fields=["expected_on", "reason"])
    return standing


@transaction.atomic
def resume(engagement: Engagement, *, by: Person) -> None:
    """Go on where it was left. Everybody hears of it. Going on twice is going on once."""
    held = hold(engagement, Permission.RESUME)
    standing = held.pauses.filter(ended_at=None).first()
    if held.stage_ is not Stage.PAUSED or standing is None:
        return
    standing.ended_at = clock.now()
    standing.save(update_fields=["ended_at"])
    put(engagement, held, stage=Stage.ACTIVE, paused_on=None)
    tell_others(held, by=by, happened="resumed", event=standing.pk)


def _begin(engagement: Engagement, held: Engagement, made: Pause, by: Person) -> Pause:
    made.engagement, made.person = held, by
    made.role = acting_role(held, by, POLICY[Permission.PAUSE].roles) or Role.COACH
    made.save(force_insert=True)
    put(engagement, held, stage=Stage.PAUSED, paused_on=made.since)
    tell_others(held, by=by, happened="paused", event=made.pk)
    return made
