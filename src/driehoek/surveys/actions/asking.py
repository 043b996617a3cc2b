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
from driehoek.evidence.survey import FEWEST, FEWEST_SHARED
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.kit.templatetags.look import day
from driehoek.method.questionnaires import composed, questionnaires
from driehoek.people.models import Person
from driehoek.people.queries import address_of, hash_of, mailbox_of
from driehoek.surveys.actions.apart import refuse_telling_apart, refuse_too_soon
from driehoek.surveys.actions.letters import ask_each, people_behind
from driehoek.surveys.actions.reminding import remind_on
from driehoek.surveys.models import Survey
from driehoek.surveys.queries.surveys import shares_to_feed
from driehoek.surveys.wording import STEMS

MOST_INVITED: Final = 2_000
MOST_LETTERS: Final = 200
LONGEST: Final = 60  # days
_SAID: Final = ("subject", "asked", "asked_of")


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

    Refuses fewer people than anything can be told of, a value off the scale, a day too near or too far, a
    criterion that no share of people answers, and what would tell people apart beside an earlier survey.
    Two addresses of one person are one. Letters that are under way are not sent twice: twice is once.
    """
    held = hold(engagement, Permission.ENTER_MEASUREMENTS)
    known = list({mailbox_of(one): address_of(one) for one in reversed(addresses)}.values())[::-1]
    asked = _refuse_odd(held, stem, subject, len(known) or invited, len(known), closes_on, criterion_id)
    _refuse_off_the_scale(stem, at_least)
    refuse_telling_apart(held, stem, known, at_least)
    refuse_too_soon(held, stem, is_shared=not known)
    token = "" if known else secrets.token_urlsafe(32)
    one = Survey(engagement=held, subject=one_line(subject)[:120], asked=asked, begun_by=by)
    one.begun_at, one.invited, one.at_least = clock.now(), len(known) or invited, at_least
    one.criterion_id, one.closes_on, one.link = criterion_id, closes_on, token
    one.link_hash = hash_of(token) if token else ""
    one.remind_on = remind_on(clock.today(held.time_zone), closes_on) if known else None
    one.asked_of = json.dumps(people_behind(held, known)) if known else ""
    if same := _under_way(one):
        return same
    one.save(force_insert=True)
    ask_each(one, known)
    return one


def _under_way(one: Survey) -> Survey | None:
    """The very same letters, which still take an answer."""
    facts = {name: getattr(one, name) for name in ("begun_by", "at_least", "closes_on", "criterion_id")}
    found = one.engagement.surveys.filter(closed_at=None, **facts) if one.asked_of else ()
    return next((it for it in found if all(getattr(it, name) == getattr(one, name) for name in _SAID)), None)


def _refuse_off_the_scale(stem: str, at_least: int) -> None:
    """Two answers or more on either side: else that nothing is told tells that all gave the outermost."""
    scale = questionnaires("en")[stem].scale
    low, high = scale.lowest + 2, scale.highest - 1
    if not low <= at_least <= high:
        words = _("Choose a value from %(low)s to %(high)s.")
        raise Refused("at_least", words % {"low": low, "high": high})


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
    _refuse_how_many(invited, letters)
    if not 1 <= (closes_on - clock.today(held.time_zone)).days <= LONGEST:
        raise Refused(
            "closes_on", _("Choose a day between tomorrow and %(most)s days from now.") % {"most": LONGEST}
        )
    if criterion_id:
        _refuse_no_answer(held, criterion_id, letters, closes_on)
    raw = composed(stem, [part.id for part in questionnaires("en")[stem].behaviours], [])
    return json.dumps(raw if letters else raw | {"open": []})  # own words behind a shared link are not told


def _refuse_no_answer(held: Engagement, criterion_id: UUID, letters: int, closes_on: date) -> None:
    """What no share of people answers, or not in the agreed period."""
    found = next((one for one in shares_to_feed(held) if one.criterion_id == criterion_id), None)
    if found is None:
        raise Refused("criterion", _("This criterion is not answered by a share of people."))
    if not letters:
        words = _(
            "A shared link answers no criterion: nobody knows how many people answered. Choose letters."
        )
        raise Refused("criterion", words)
    if found.terms.is_over(closes_on):
        words = _(
            "The agreed period of this criterion ends on %(day)s, and what comes after it does not count. "
            "Let the survey close by then, or choose no criterion."
        )
        raise Refused("closes_on", words % {"day": day(found.terms.deadline)})


def _refuse_how_many(invited: int, letters: int) -> None:
    """Fewer than anything can be told of, and more than fit."""
    if letters and letters < FEWEST:
        raise Refused("addresses", _("Ask at least five people: of fewer nothing can be shown."))
    if not letters and invited < FEWEST_SHARED:
        words = _("Behind a shared link nothing is shown under ten answers, so ask at least ten people.")
        raise Refused("invited", words)
    if invited > MOST_INVITED or letters > MOST_LETTERS:
        field = "addresses" if letters else "invited"
        words = _("At most %(people)s people, or %(letters)s letters at once.")
        raise Refused(
            field, words % {"people": f"{MOST_INVITED:_}".replace("_", " "), "letters": MOST_LETTERS}
        )
