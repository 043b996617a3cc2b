"""One letter more, to everybody who got the first: nobody looks who has answered, the worker neither."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from driehoek.access import POLICY, Permission
from driehoek.kit import clock
from driehoek.surveys.actions.letters import write_again
from driehoek.surveys.models import Survey

SHORTEST: Final = 4  # days: who has less time is not reminded
AT_ONCE: Final = 20


def remind_on(begun: date, closes_on: date) -> date | None:
    """The day of the reminder, past the middle; none for a survey that is over in a few days.

    >>> remind_on(date(2026, 11, 2), date(2026, 11, 12))
    datetime.date(2026, 11, 8)
    """
    days = (closes_on - begun).days
    return begun + timedelta(days=days // 2 + 1) if days >= SHORTEST else None


def remind_of_surveys() -> int:
    """Send the reminders that are due; says of how many surveys: 1 query for none."""
    today = clock.today()
    return sum(_remind(pk, today) for pk in _due(today).values_list("pk", flat=True)[:AT_ONCE])


def _due(today: date) -> QuerySet[Survey]:
    running = POLICY[Permission.ENTER_MEASUREMENTS].stages
    return Survey.objects.filter(closed_at=None, remind_on__lte=today, engagement__stage__in=running)


@transaction.atomic
def _remind(survey_id: UUID, today: date) -> bool:
    """All letters of one survey and the mark that they went, together."""
    whole = _due(today).select_for_update(of=("self",)).select_related("engagement", "begun_by")
    one = whole.filter(pk=survey_id).first()
    if one is None:
        return False
    one.remind_on = None
    one.save(update_fields=["remind_on"])
    if one.takes_answers:
        write_again(one)
    return one.takes_answers
