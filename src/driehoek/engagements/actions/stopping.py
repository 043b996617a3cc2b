"""Giving notice, and taking it back. The room of results computes the last day from the agreement."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import POLICY, Permission, Role, Stage
from driehoek.engagements.actions.holding import hold
from driehoek.engagements.actions.stages import put
from driehoek.engagements.actions.telling import tell_others
from driehoek.engagements.models import Engagement, Notice
from driehoek.engagements.queries.interruptions import acting_role
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import day
from driehoek.people.models import Person


@transaction.atomic
def give_notice(engagement: Engagement, *, by: Person, last_day: date, reason: str = "") -> Notice:
    """Stop under the agreement: the closing begins, and the work ends on the last day at the latest.

    Everybody hears that it ends; who stops and why is for those who work in it. Twice is once.
    Refuses when somebody else gave notice before, and once the closing has begun without.
    """
    held = hold(engagement, Permission.STOP)
    standing = held.notices.filter(taken_back_at=None).first()
    if standing is not None and standing.person_id == by.pk:
        return standing
    if standing is not None:
        words = _(
            "It has been stopped already; its last day is %(day)s. Nothing was changed by what you sent."
        )
        raise Refused(None, words % {"day": day(standing.last_day)})
    if held.stage_ is Stage.CLOSING:
        raise Refused(None, _("The closing has begun already, so there is nothing left to stop."))
    made = Notice(engagement=held, person=by, last_day=last_day, reason=reason)
    made.role = acting_role(held, by, POLICY[Permission.STOP].roles) or Role.COACHEE
    made.given_on, made.was_paused = clock.today(held.time_zone), held.stage_ is Stage.PAUSED
    made.save(force_insert=True)
    put(engagement, held, stage=Stage.CLOSING, stops_on=last_day, paused_on=None)
    tell_others(held, by=by, happened="stops", event=made.pk)
    return made


@transaction.atomic
def take_back_notice(engagement: Engagement, *, by: Person) -> None:
    """Go on after all, as things were before the notice; everybody hears of it. Twice is once.

    Refuses for anybody but who gave it, and after the last day.
    """
    held = hold(engagement, Permission.TAKE_BACK_STOP)
    standing = held.notices.filter(taken_back_at=None).first()
    if standing is None:
        return
    if standing.person_id != by.pk:
        raise Refused(None, _("Only whoever stopped can take it back."))
    if clock.today(held.time_zone) > standing.last_day:
        raise Refused(None, _("The last day has passed, so this can no longer be taken back."))
    standing.taken_back_at = clock.now()
    standing.save(update_fields=["taken_back_at"])
    rests = held.pauses.filter(ended_at=None).first() if standing.was_paused else None
    stage, since = (Stage.PAUSED, rests.since) if rests else (Stage.ACTIVE, None)
    put(engagement, held, stage=stage, paused_on=since, stops_on=None)
    tell_others(held, by=by, happened="goes_on", event=standing.pk)
