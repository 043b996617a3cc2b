"""Throwing away what was answered, once nothing is worked out of it any more. What was told stays."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from driehoek.access import OVER
from driehoek.feedback.models import Round
from driehoek.kit import clock

KEPT_FOR: Final = timedelta(days=30)
"""After the last report of the last round. A constant, not a setting: whoever is asked was told."""

AT_ONCE: Final = 100


def forget_answers() -> int:
    """Throw away the answers of every engagement that is through with its rounds: says of how many rounds."""
    return sum(_forget(pk) for pk in _due().values_list("pk", flat=True)[:AT_ONCE])


def _due() -> QuerySet[Round]:
    """No round to come: the one at the end has closed or the engagement is over, and none is under way.

    The round at the end is compared with the first, so the answers of all of them go together.
    """
    siblings = Round.objects.filter(engagement=OuterRef("engagement"))
    busy = ~Q(state=Round.State.CLOSED) | Q(closed_at__gt=clock.now() - KEPT_FOR)
    is_last = Exists(siblings.filter(moment=Round.Moment.END)) | Q(engagement__stage__in=OVER)
    return Round.objects.filter(~Exists(siblings.filter(busy)), is_last, answers_gone_on=None).order_by(
        "closed_at"
    )


@transaction.atomic
def _forget(round_id: UUID) -> bool:
    one = _due().select_for_update(of=("self",)).filter(pk=round_id).first()
    if one is None:
        return False
    one.answers, one.answers_gone_on = "", clock.today()
    one.save(update_fields=["answers", "answers_gone_on"])
    return True
