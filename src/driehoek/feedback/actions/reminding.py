"""Letters to whoever has not answered yet: twice at most, and nobody but the worker knows to whom."""

import secrets
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from driehoek.access import POLICY, Permission
from driehoek.feedback.actions.rounds import ask
from driehoek.feedback.models import Rater, Round
from driehoek.feedback.queries.rounds import coachee_in
from driehoek.kit import clock

AFTER: Final = timedelta(days=5)
A_DAY: Final = timedelta(days=1)
AT_ONCE: Final = 100


def remind_raters() -> int:
    """After five days, and on the day before the last; says how many letters: 1 query for none."""
    today = clock.today()
    return sum(_remind(pk, today) for pk in _waiting(today).values_list("pk", flat=True)[:AT_ONCE])


def _waiting(today: date) -> QuerySet[Rater]:
    running = POLICY[Permission.NAME_RATERS].stages
    open_ones = Rater.objects.filter(round__state=Round.State.OPEN, round__engagement__stage__in=running)
    unheard = open_ones.filter(has_answered=False).exclude(group=Rater.Group.SELF)
    begun = clock.now() - AFTER
    first = Q(round__opened_at__lte=begun, round__closes_on__gt=today + 2 * A_DAY, reminded_on=None)
    ends = Q(round__closes_on__gte=today, round__closes_on__lte=today + A_DAY)
    last = ends & (Q(reminded_on=None) | Q(reminded_on__lt=F("round__closes_on") - A_DAY))
    return unheard.filter(first | last)


@transaction.atomic
def _remind(rater_id: UUID, today: date) -> bool:
    """One letter and its mark in one transaction, where they still have not answered.

    The mark keeps a second one away. The key of the letter is drawn by lot: it stays for good, and one that
    follows from the row would tell whoever holds the database who had not answered by that day.
    """
    found = Rater.objects.select_for_update(of=("self",)).select_related("round__engagement")
    rater = found.filter(pk=rater_id, has_answered=False, round__state=Round.State.OPEN).first()
    if rater is None or not rater.round.takes_answers or rater.reminded_on == today:
        return False
    rater.reminded_on = today
    rater.save(update_fields=["reminded_on"])
    about = coachee_in(rater.round.engagement).person
    ask(rater, about, template="feedback_reminder", key=f"feedback again:{secrets.token_urlsafe()}")
    return True
