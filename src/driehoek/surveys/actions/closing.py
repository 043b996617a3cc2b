"""Closing a survey: what may be told is worked out once; then the answers go, and who got a letter."""

import json
import secrets
from datetime import date, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions import hold
from driehoek.evidence import survey as evidence
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures.actions import record_series
from driehoek.measures.models import Observation
from driehoek.surveys.models import Survey
from driehoek.surveys.queries.surveys import asked_in

_CHANCE: Final = secrets.SystemRandom()


@transaction.atomic
def close_early(one: Survey) -> Survey:
    """Close before the last day: whoever has not answered can no more. Refuses one that is closed."""
    engagement = hold(one.engagement, Permission.ENTER_MEASUREMENTS)
    held = engagement.surveys.select_for_update().filter(pk=one.pk, closed_at=None).first()
    if held is None:
        raise Refused(None, _("This survey has been closed already."))
    held.engagement = engagement
    return _close(held)


@transaction.atomic
def close_when_over(survey_id: UUID) -> bool:
    """Close a survey whose last day has passed, whatever became of its engagement; says whether it did."""
    found = Survey.objects.select_for_update(of=("self",)).select_related("engagement", "begun_by")
    one = found.filter(pk=survey_id, closed_at=None).first()
    if one is None or one.takes_answers:
        return False
    _close(one)
    return True


def close_surveys() -> int:
    """Close what is over; says how many: 1 query for none."""
    soon = clock.today() + timedelta(days=1)  # the day ends earlier in the east
    over = Survey.objects.filter(closed_at=None, closes_on__lte=soon)
    return sum(close_when_over(pk) for pk in over.values_list("pk", flat=True)[:100])


def _close(one: Survey) -> Survey:
    told = evidence.survey_told(
        [evidence.Filled(given["scores"], given["texts"]) for given in one.given],
        _asked(one),
        shuffle=_CHANCE.shuffle,
    )
    one.report, one.closed_at = json.dumps(evidence.frozen_survey(told)), clock.now()
    one.link, one.link_hash, one.answers = "", "", ""  # of the answers nothing is worked out any more
    one.was_recorded = _record(one, told)
    one.save(update_fields=["report", "closed_at", "link", "link_hash", "answers", "was_recorded"])
    one.letters.all().delete()
    return one


def _record(one: Survey, told: evidence.SurveyTold) -> bool:
    """The share of the first item, exactly, as a value of the criterion; says whether it was written."""
    item = told.item(asked_in(one).items[0].id)
    if one.criterion_id is None or item is None or told.is_shared:
        return False
    on = min(one.closes_on, clock.today(one.engagement.time_zone))
    try:
        with transaction.atomic():
            _write_down(one, one.criterion_id, (on, Decimal(item.reached), Decimal(item.n)))
    except Refused:  # another value stands on that day, or the engagement is over
        return False
    return True


def _write_down(one: Survey, criterion_id: UUID, share: tuple[date, Decimal, Decimal]) -> None:
    source = Observation.Source.ASKED
    record_series(one.engagement, criterion_id, by=one.begun_by, values=[share], source=source)


def _asked(one: Survey) -> evidence.Survey:
    asked = asked_in(one)
    return evidence.Survey(
        items=[item.id for item in asked.items],
        lowest=asked.scale.lowest,
        highest=asked.scale.highest,
        at_least=one.at_least,
        invited=one.invited,
        open=[question.id for question in asked.open],
        is_shared=one.is_shared,
    )
