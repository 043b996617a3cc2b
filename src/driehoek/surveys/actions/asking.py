"""Beginning a survey: with one link to share, or a letter to each."""

import json
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.evidence.survey import FEWEST, tell_apart
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.method.questionnaires import composed, questionnaires
from driehoek.outbox.actions import post
from driehoek.people.models import Person
from driehoek.people.queries import address_of, hash_of
from driehoek.surveys.actions.letters import address_behind, last_moment, people_behind, token_of
from driehoek.surveys.actions.reminding import remind_on
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
    _refuse_off_the_scale(stem, at_least)
    people = people_behind(held, known)
    _refuse_telling_apart(held, stem, people)
    token = "" if known else secrets.token_urlsafe(32)
    one = Survey(engagement=held, subject=one_line(subject)[:120], asked=asked, begun_by=by)
    one.begun_at, one.invited, one.at_least = clock.now(), len(known) or invited, at_least
    one.criterion_id, one.closes_on, one.link = criterion_id, closes_on, token
    one.link_hash = hash_of(token) if token else ""
    one.remind_on = remind_on(clock.today(held.time_zone), closes_on) if known else None
    one.asked_of = json.dumps(people) if known else ""
    one.save(force_insert=True)
    for address in known:
        _ask(one, address, by)
    return one


def _ask(one: Survey, address: str, by: Person) -> None:
    letter = Invited(survey=one, email=address)
    token = token_of(letter)
    letter.link_hash = hash_of(token)
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


def _refuse_off_the_scale(stem: str, at_least: int) -> None:
    """Two answers or more on either side: else that nothing is told tells that all gave the outermost."""
    scale = questionnaires("en")[stem].scale
    low, high = scale.lowest + 2, scale.highest - 1
    if not low <= at_least <= high:
        words = _("Choose a value from %(low)s to %(high)s.")
        raise Refused("at_least", words % {"low": low, "high": high})


def _refuse_telling_apart(held: Engagement, stem: str, people: Sequence[str]) -> None:
    """What was asked of six and then of five of them tells what the sixth answered."""
    before = [
        one.asked_of for one in held.surveys.all() if one.asked_of and json.loads(one.asked)["id"] == stem
    ]
    if people and tell_apart([people, *map(json.loads, before)]):
        raise Refused(
            "addresses",
            _(
                "Some of these people were asked the same before, with a few more or a few fewer. The two "
                "results together would tell what fewer than five of them answered. Ask exactly the same "
                "people, or five others besides."
            ),
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
