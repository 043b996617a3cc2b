"""Keys with which a program sends values of one series."""

import secrets
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures.actions.values import Values, record_series
from driehoek.measures.models import Observation, SeriesKey
from driehoek.people.models import Person
from driehoek.people.queries import hash_of

MOST_KEYS: Final = 5


@transaction.atomic
def make_key(engagement: Engagement, criterion_id: UUID, *, by: Person, name: str) -> str:
    """Make a key for one series. It is answered once, and kept nowhere.

    Refuses more than five open keys of one series, and a second of one name, so a page sent again makes none.
    """
    held = hold(engagement, Permission.ENTER_MEASUREMENTS)
    there = held.series_keys.filter(criterion_id=criterion_id, withdrawn_at=None)
    if name in [one.name for one in there]:
        raise Refused("name", _("There is a key of this name already. It is shown once, when it is made."))
    if len(there) >= MOST_KEYS:
        raise Refused(None, _("There are five keys already. Withdraw one that is no longer used."))
    secret = secrets.token_urlsafe(32)
    about = {"criterion_id": criterion_id, "name": name, "secret_hash": hash_of(secret)}
    SeriesKey.objects.create(engagement=held, made_by=by, made_at=clock.now(), **about)
    return secret


@transaction.atomic
def withdraw_key(engagement: Engagement, key_id: UUID, *, by: Person) -> None:
    """From now on nothing comes in with this key. What came in stays. Harmless when that was done already."""
    held = hold(engagement, Permission.ENTER_MEASUREMENTS)
    held.series_keys.filter(pk=key_id, withdrawn_at=None).update(withdrawn_by=by, withdrawn_at=clock.now())


@transaction.atomic
def receive_series(
    engagement: Engagement,
    key: SeriesKey,
    *,
    values: Values,
    replace: bool = False,
    reason: str = "",
    origin: str = "",
) -> int:
    """Take over what a program sent with its key; says how many days are new or changed.

    Refuses what `record_series` refuses, and a key that was withdrawn meanwhile.
    """
    hold(engagement, Permission.ENTER_MEASUREMENTS)
    if not SeriesKey.objects.filter(pk=key.pk, withdrawn_at=None).update(used_at=clock.now()):
        raise Refused(None, _("This key was withdrawn."))
    return record_series(
        engagement,
        key.criterion_id,
        by=key.made_by,
        values=values,
        replace=replace,
        reason=reason,
        source=Observation.Source.PROGRAM,
        origin=origin,
        key=key,
    )
