"""How a test begins a survey, answers it and reads it."""

import re
from datetime import timedelta

from django.conf import settings as conf
from django.urls import reverse

from driehoek.access import Shape, Stage
from driehoek.kit import clock
from driehoek.outbox.models import Letter
from driehoek.surveys.actions import begin_survey, hand_in
from driehoek.surveys.actions.letters import token_of
from tests.makers import make_engagement
from tests.sessions.makers import signed_in

HOW_SURE = "How sure? How that was worked out"


ADDRESSES = tuple(f"user{n}@example.org" for n in range(6))


def make_survey(engagement=None, **given):
    """By letter to 26 people, or to `invited`; with `is_shared` by one link."""
    engagement = engagement or make_engagement(shape=Shape.CONSULTANCY, stage=Stage.ACTIVE)
    facts = {"stem": "ease-of-use", "subject": "het nieuwe systeem", "invited": 26, "at_least": 7}
    facts |= {"closes_on": clock.today() + timedelta(days=10)} | given
    facts.setdefault("by", engagement.made_by)
    if not facts.pop("is_shared", False):
        facts.setdefault("addresses", named(range(facts["invited"])))
    return begin_survey(engagement, **facts)


def answer(one, *scores, words=""):
    """Each by a link that still works."""
    free = [token_of(row) for row in one.letters.exclude(link_hash="")] if not one.link else []
    for n, score in enumerate(scores):
        link = one.link or free[n]
        hand_in(link, scores={"overall": score}, texts={"hinders": words})


def named(some):
    return [f"user{n}@example.org" for n in some]


def page(one, role, place="show", *, language="en"):
    args = [one.engagement_id, one.pk] if place in ("show", "close") else [one.engagement_id]
    return signed_in(one.engagement, role).get(
        reverse(f"surveys:{place}", args=args), headers={"accept-language": language}
    )


def link_to(address):
    [letter] = Letter.objects.filter(to_address=address, template="survey_asked")
    return re.search(rf"{conf.BASE_URL}(/survey/\S+/)", letter.open()["text"]).group(1)
