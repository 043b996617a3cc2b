"""Beginning a round, handing it back and forth, opening it, and taking it back before anybody was asked."""

import json
import secrets
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement
from driehoek.feedback.actions.apart import refuse_telling_apart
from driehoek.feedback.actions.telling import tell_turn
from driehoek.feedback.models import Rater, Round
from driehoek.feedback.queries.rounds import (
    LONGEST,
    MOST_OWN,
    SHORTEST,
    STEM,
    asked_in,
    coach_in,
    coachee_in,
    is_large_enough,
    moments_left,
    raters_of,
    rounds_of,
)
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.method.questionnaires import NAME, composed
from driehoek.method.texts import LANGUAGES
from driehoek.outbox.actions import post
from driehoek.people.models import Person
from driehoek.people.queries import hash_of


@transaction.atomic
def begin_round(
    engagement: Engagement,
    *,
    moment: str,
    by: Person,
    behaviours: Sequence[str] = (),
    own: Sequence[str] = (),
) -> Round:
    """Begin a round; a later one asks exactly what the first did, of the same people until they are changed.

    Refuses a moment that has passed or waits for another round, and a round that asks nothing.
    """
    held = hold(engagement, Permission.BEGIN_FEEDBACK)
    before = rounds_of(held)
    if moment not in moments_left(before):
        raise Refused("moment", _("There is a round under way, or this moment has passed. Choose another."))
    asked = before[-1].asked if before else _asked(behaviours, own)
    one = Round(engagement=held, moment=moment, asked=asked, begun_by=by, begun_at=clock.now())
    one.save(force_insert=True)
    for rater in raters_of(before[0]) if before else ():
        Rater(round=one, group=rater.group, name=rater.name, email=rater.email).save(force_insert=True)
    if (coachee := coachee_in(held).person).pk != by.pk:
        tell_turn(one, to=coachee, asked="name_raters")
    return one


@transaction.atomic
def drop_round(one: Round) -> None:
    """Take a round back of which nobody outside has heard. Twice does no harm.

    Refuses one that was opened.
    """
    held = take_round(one, Permission.BEGIN_FEEDBACK)
    if held is None:
        return
    if held.state not in (Round.State.NAMING, Round.State.CHECKING):
        raise Refused(None, _("The letters are on their way, so this round can only be closed."))
    held.delete()


@transaction.atomic
def hand_to_coach(one: Round) -> Round:
    """Say that the list is ready: the coach looks at it.

    Refuses a list that can show nothing, and one that beside another round of these weeks shows too much.
    """
    held = in_state(one, Permission.NAME_RATERS, Round.State.NAMING)
    raters = _refuse_too_few(held)
    refuse_telling_apart(held, raters, coachee_in(held.engagement).person, is_read_by_them=True)
    held.state = Round.State.CHECKING
    held.save(update_fields=["state"])
    tell_turn(held, to=coach_in(held.engagement).person, asked="check_raters")
    return held


@transaction.atomic
def put_back(one: Round) -> Round:
    """Give the list back to the coachee."""
    held = in_state(one, Permission.CHECK_RATERS, Round.State.CHECKING)
    held.state = Round.State.NAMING
    held.save(update_fields=["state"])
    tell_turn(held, to=coachee_in(held.engagement).person, asked="name_raters")
    return held


@transaction.atomic
def open_round(one: Round, *, closes_on: date, by: Person) -> Round:
    """Ask everybody on the list, each with a link of their own, until the end of a day.

    Refuses a day too near or too far, a list of which no group could be shown, and one that beside another
    round of these weeks would tell of one or two people.
    """
    held = in_state(one, Permission.CHECK_RATERS, Round.State.CHECKING)
    ahead = (closes_on - clock.today(held.engagement.time_zone)).days
    if not SHORTEST <= ahead <= LONGEST:
        words = _("Choose a day between %(least)s and %(most)s days from now.")
        raise Refused("closes_on", words % {"least": SHORTEST, "most": LONGEST})
    raters = _refuse_too_few(held)
    coachee = coachee_in(held.engagement).person
    refuse_telling_apart(held, raters, coachee, is_read_by_them=False)
    held.state, held.closes_on = Round.State.OPEN, closes_on
    held.opened_by, held.opened_at = by, clock.now()
    held.save(update_fields=["state", "closes_on", "opened_by", "opened_at"])
    Rater(round=held, group=Rater.Group.SELF, name=coachee.name, email=coachee.email).save(force_insert=True)
    for rater in raters:
        rater.round = held
        ask(rater, coachee, template="feedback_asked", key=f"feedback:{rater.pk}")
    return held


def ask(rater: Rater, about: Person, *, template: str, key: str) -> None:
    """A letter with a fresh link instead of an earlier one. Whoever began a draft keeps link and draft."""
    one = rater.round
    facts = {"about": str(about), "at": last_moment(one), "minutes": asked_in(one).minutes}
    if not rater.draft:
        token = new_link(rater)
        facts["link"] = f"{settings.BASE_URL}{reverse('rater:invitation', args=[token])}"
    post(
        rater.email,
        template=template,
        facts=facts,
        language=about.language,
        key=key,
        house=one.engagement.organisation_id,
    )


def new_link(rater: Rater) -> str:
    """A token of which only the hash is kept; what was sealed with an earlier one is of no use any more."""
    token = secrets.token_urlsafe(32)
    rater.link_hash, rater.draft = hash_of(token), b""
    rater.save(update_fields=["link_hash", "draft"])
    return token


def last_moment(one: Round) -> datetime:
    """The last moment at which one can answer, by the clock of the engagement."""
    day: date = one.closes_on or clock.today(one.engagement.time_zone)
    return datetime.combine(day + timedelta(days=1), time(), one.engagement.zone) - timedelta(minutes=1)


def take_round(one: Round, permission: Permission) -> Round | None:
    """The round as it stands, locked with its engagement; None when it was taken back: 2 queries."""
    engagement = hold(one.engagement, permission)
    held = engagement.feedback_rounds.select_for_update().filter(pk=one.pk).first()
    if held is not None:
        held.engagement = engagement
    return held


def in_state(one: Round, permission: Permission, state: str) -> Round:
    """The same, where it must be this far. Refuses otherwise."""
    held = take_round(one, permission)
    if held is None or held.state != state:
        raise Refused(None, _("This round has gone on meanwhile. Look at how it stands now."))
    return held


def _asked(behaviours: Sequence[str], own: Sequence[str]) -> str:
    raw = composed(STEM, behaviours, own[:MOST_OWN])
    if not raw["behaviours"]:
        raise Refused(
            "behaviours", _("Choose at least one kind of behaviour, or write a sentence of your own.")
        )
    _refuse_twice(own[:MOST_OWN], behaviours)
    return json.dumps(raw)


def _refuse_twice(own: Sequence[str], behaviours: Sequence[str]) -> None:
    """One sentence asked twice, and left open once, would tell by subtraction what somebody said."""
    parts = composed(STEM, behaviours, ())["behaviours"]
    known = {_plain(item[language]) for part in parts for item in part["items"] for language in LANGUAGES}
    for n, words in enumerate(map(_plain, own), 1):
        if words in known:
            raise Refused(f"own{n}", _("This sentence is asked already. Write another, or leave it out."))
        known |= {words} - {""}


def _plain(words: str) -> str:
    return " ".join(words.replace(NAME, "").split()).casefold().strip(" .!?")


def _refuse_too_few(one: Round) -> list[Rater]:
    raters = list(raters_of(one))
    if not is_large_enough(raters):
        words = _("Name at least three people in one group besides the line manager: fewer are not shown.")
        raise Refused(None, words)
    return raters
