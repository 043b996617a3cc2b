"""How an engagement goes from preparing to closed. Other rooms decide when."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import DisclosureTable, Stage
from driehoek.engagements.actions.meetings import lapse_meetings
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused


@transaction.atomic
def put_in_force(engagement: Engagement, *, table: DisclosureTable, fingerprint: str, on: date) -> None:
    """From here on the table of this agreement says who sees what; the first agreement starts the work.

    Refuses an engagement that rests, is being closed, or is over.
    """
    held = _hold(engagement)
    if held.stage_ is Stage.PAUSED:
        raise Refused(
            None, _("This engagement is paused, so no new agreement comes into force until it goes on.")
        )
    if held.stage_ is Stage.DROPPED:
        raise Refused(None, _("The preparation has ended, so no agreement comes into force any more."))
    if held.stage_ not in (Stage.PREPARING, Stage.ACTIVE):
        raise Refused(None, _("This engagement is being closed, so no new agreement comes into force."))
    facts: dict[str, object] = {
        "disclosure": table.as_json(),
        "fingerprint_in_force": fingerprint,
        "stage": Stage.ACTIVE,
    }
    if held.stage_ is Stage.PREPARING:
        facts["started_on"] = on
    put(engagement, held, **facts)


@transaction.atomic
def begin_closing(engagement: Engagement) -> None:
    """Look back from now on; no new sessions of another kind begin. Beginning twice is beginning once."""
    held = _hold(engagement)
    if held.stage_ in (Stage.PREPARING, Stage.DROPPED):
        raise Refused(None, _("Closing begins after the agreement has been signed and the work has started."))
    if held.stage_ is Stage.PAUSED:
        raise Refused(None, _("This engagement is paused. Let it go on first, or stop it."))
    if held.stage_ is Stage.ACTIVE:
        put(engagement, held, stage=Stage.CLOSING)
        lapse_meetings(held)


@transaction.atomic
def close(engagement: Engagement, on: date) -> None:
    """The end: all stays readable as agreed, nothing changes any more. Closing twice is closing once."""
    held = _hold(engagement)
    if held.stage_ not in (Stage.CLOSING, Stage.CLOSED):
        raise Refused(None, _("Begin the closing first, so that everyone can look back."))
    if held.stage_ is Stage.CLOSING:
        put(engagement, held, stage=Stage.CLOSED, closed_on=on)


@transaction.atomic
def drop(engagement: Engagement, on: date) -> None:
    """The preparation ends without a beginning; what was written stays as it is. Twice is once."""
    held = _hold(engagement)
    if held.stage_ not in (Stage.PREPARING, Stage.DROPPED):
        raise Refused(None, _("The agreement is in force, so this is stopped, not dropped."))
    if held.stage_ is Stage.PREPARING:
        put(engagement, held, stage=Stage.DROPPED, closed_on=on)


def _hold(engagement: Engagement) -> Engagement:
    return Engagement.objects.select_for_update().get(pk=engagement.pk)


def put(engagement: Engagement, held: Engagement, **facts: object) -> None:
    """Write the facts down, and let the caller's own copy know them too."""
    for name, value in facts.items():
        setattr(held, name, value)
        setattr(engagement, name, value)
    held.save(update_fields=list(facts))
