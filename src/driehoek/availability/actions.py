"""Saying when one can be booked."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.availability.models import Bookable, Part
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.method.availability import Hours
from driehoek.people.models import Person

MOST_OTHER_DAYS: Final = 100


@transaction.atomic
def keep_hours(person: Person, *, week: Mapping[int, Sequence[Hours]], **said: str | int | bool) -> Bookable:
    """Keep the ordinary week, and what is `said` besides: zone, notice, buffer, how far ahead, holidays."""
    row, _new = Bookable.objects.select_for_update().update_or_create(
        person=person, defaults={**said, "changed_at": clock.now()}
    )
    row.parts.filter(weekday__isnull=False).delete()
    Part.objects.bulk_create(
        Part(bookable=row, weekday=day, opens=one.opens, closes=one.closes)
        for day, hours in week.items()
        for one in hours
    )
    return row


@transaction.atomic
def add_other_days(person: Person, *, first: date, last: date, hours: Sequence[Hours]) -> None:
    """These days are different: not at all, or at other hours. Refuses what lies behind, and too many."""
    row, _new = Bookable.objects.select_for_update().get_or_create(person=person)
    if last < clock.today(row.time_zone):
        raise Refused("last", _("These days lie behind you. Choose days to come."))
    row.parts.filter(weekday=None, last_on__lt=clock.today(row.time_zone)).delete()
    if row.parts.filter(weekday=None).count() + max(1, len(hours)) > MOST_OTHER_DAYS:
        raise Refused("first", _("There are a hundred other days already. Take some away first."))
    now = clock.now()
    parts = [{"opens": one.opens, "closes": one.closes} for one in hours] or [{}]
    Part.objects.bulk_create(
        Part(bookable=row, first_on=first, last_on=last, added_at=now, **times) for times in parts
    )


@transaction.atomic
def remove_other_days(person: Person, part_id: UUID) -> None:
    """These days are ordinary again. Twice is once."""
    parts = Part.objects.filter(bookable__person=person, weekday=None)
    if found := parts.filter(pk=part_id).first():
        parts.filter(added_at=found.added_at, first_on=found.first_on, last_on=found.last_on).delete()
