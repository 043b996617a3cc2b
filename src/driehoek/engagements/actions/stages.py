"""How an engagement goes from preparing to closed. Other rooms decide when."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import DisclosureTable, Stage
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused


@transaction.atomic
def put_in_force(engagement: Engagement, *, table: DisclosureTable, fingerprint: str, on: date) -> None:
    """From here on the table of this agreement says who sees what; the first agreement starts the work.

    Refuses an engagement that is being closed or is closed.
    """
    held = _hold(engagement)
    if held.stage_ not in (Stage.PREPARING, Stage.ACTIVE):
        raise Refused(None, _("This engagement is being closed, so no new agreement comes into force."))
    facts: dict[str, object] = {
        "disclosure": table.as_json(),
        "fingerprint_in_force": fingerprint,
        "stage": Stage.ACTIVE,
    }
    if held.stage_ is Stage.PREPARING:
        facts["started_on"] = on
    _set(engagement, held, **facts)


@transaction.atomic
def begin_closing(engagement: Engagement) -> None:
    """Look back from now on; no new sessions of another kind begin. Beginning twice is beginning once."""
    held = _hold(engagement)
    if held.stage_ is Stage.PREPARING:
        raise Refused(None, _("Closing begins after the agreement has been signed and the work has started."))
    if held.stage_ is Stage.ACTIVE:
        _set(engagement, held, stage=Stage.CLOSING)


@transaction.atomic
def close(engagement: Engagement, on: date) -> None:
    """The end: all stays readable as agreed, nothing changes any more. Closing twice is closing once."""
    held = _hold(engagement)
    if held.stage_ in (Stage.PREPARING, Stage.ACTIVE):
        raise Refused(None, _("Begin the closing first, so that everyone can look back."))
    if held.stage_ is Stage.CLOSING:
        _set(engagement, held, stage=Stage.CLOSED, closed_on=on)


def _hold(engagement: Engagement) -> Engagement:
    return Engagement.objects.select_for_update().get(pk=engagement.pk)


def _set(engagement: Engagement, held: Engagement, **facts: object) -> None:
    """Write the facts down, and let the caller's own copy know them too."""
    for name, value in facts.items():
        setattr(held, name, value)
        setattr(engagement, name, value)
    held.save(update_fields=list(facts))
