"""Beginning a survey: with one link to share, or a letter to each."""

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.evidence.survey import FEWEST
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.method.questionnaires import composed, questionnaires
from driehoek.outbox.actions import post
from driehoek.people.models import Person
from driehoek.people.queries import address_of, hash_of
from driehoek.surveys.models import Invited, Survey
from driehoek.surveys.queries.surveys import asked_in, shares_to_feed
from driehoek.surveys.wording import STEMS

MOST_INVITED: Final = 2_000
MOST_LETTERS: Final = 200
LONGEST: Final = 60  # days


@transaction.atomic
def begin_survey(
    engagement: Engagement,
    *,
    by: Person,
    stem: str,
    subject: str,
    invited: int,
    at_least: int,
    closes_on: date,
    addresses: Sequence[str] = (),
    criterion_id: UUID | None = None,
) -> Survey:
    """Ask a group. With addresses each gets a letter with a link of their own; else one link is shared.

    Refuses fewer than five people, a value off the scale, a day too near or too far, and a criterion that no
    share of people answers.
    """
    held = hold(engagement, Permission.ENTER_MEASUREMENTS)
    known = list(dict.fromkeys(address_of(one) for one in addresses))
    asked = _refuse_odd(held, stem, subject, len(known) or invited, len(known), closes_on, criterion_id)
    scale = questionnaires("en")[stem].scale
    if not scale.lowest < at_least <= scale.highest:
        words = _("Choose a value from %(low)s to %(high)s.")
        raise Refused("at_least", words % {"low": scale.lowest + 1, "high": scale.highest})
    token = "" if known else secrets.token_urlsafe(32)
    one = Survey(engagement=held, subject=one_line(subject)[:120], asked=asked, begun_by=by)
    one.begun_at, one.invited, one.at_least = clock.now(), len(known) or invited, at_least
    one.criterion_id, one.closes_on, one.link = criterion_id, closes_on, token
    one.link_hash = hash_of(token) if token else ""
    one.save(force_insert=True)
    for address in known:
        _ask(one, address, by)
    return one


def _ask(one: Survey, address: str, by: Person) -> None:
    token = secrets.token_urlsafe(32)
    letter = Invited(survey=one, email=address, link_hash=hash_of(token))
    letter.save(force_insert=True)
    post(
        address,
        template="survey_asked",
        facts={
            "by": by.name,
            "at": last_moment(one),
            "minutes": asked_in(one).minutes,
            "link": address_behind(token),
        },
        language=by.language,
        key=f"survey:{letter.pk}",
        house=one.engagement.organisation_id,
    )


def address_behind(token: str) -> str:
    """The whole address of a link."""
    return f"{settings.BASE_URL}{reverse('survey:answer', args=[token])}"


def last_moment(one: Survey) -> datetime:
    """The last moment at which one can answer, by the clock of the engagement."""
    return datetime.combine(one.closes_on + timedelta(days=1), time(), one.engagement.zone) - timedelta(
        minutes=1
    )


def _refuse_odd(
    held: Engagement,
    stem: str,
    subject: str,
    invited: int,
    letters: int,
    closes_on: date,
    criterion_id: UUID | None,
) -> str:
    """What is asked, as data to keep."""
    if stem not in STEMS:
        raise Refused("stem", _("Choose what you want to ask."))
    if not one_line(subject):
        raise Refused("subject", _("Say in a few words what it is about."))
    if invited < FEWEST:
        field = "addresses" if letters else "invited"
        raise Refused(field, _("Ask at least five people: of fewer nothing can be shown."))
    if invited > MOST_INVITED or letters > MOST_LETTERS:
        field = "addresses" if letters else "invited"
        words = _("At most %(people)s people, or %(letters)s letters at once.")
        raise Refused(
            field, words % {"people": f"{MOST_INVITED:_}".replace("_", " "), "letters": MOST_LETTERS}
        )
    if not 1 <= (closes_on - clock.today(held.time_zone)).days <= LONGEST:
        raise Refused(
            "closes_on", _("Choose a day between tomorrow and %(most)s days from now.") % {"most": LONGEST}
        )
    if criterion_id and criterion_id not in {one.criterion_id for one in shares_to_feed(held)}:
        raise Refused("criterion", _("This criterion is not answered by a share of people."))
    return json.dumps(composed(stem, [part.id for part in questionnaires("en")[stem].behaviours], []))
