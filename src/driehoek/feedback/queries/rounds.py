"""Rounds, who is asked in them, and what."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from driehoek.access import Role
from driehoek.engagements.models import Engagement, Party
from driehoek.evidence.profile import FEWEST_AROUND
from driehoek.feedback.models import Rater, Round
from driehoek.feedback.wording import GROUP_WORDS
from driehoek.intake.wording import reading_language
from driehoek.method.questionnaires import Questionnaire, questionnaire, questionnaires

STEM: Final = "leading"
MOST_OWN: Final = 3
MOST_RATERS: Final = 30
SHORTEST, LONGEST = 3, 60  # days that a round can stay open
GROUPS: Final = tuple(group for group in Rater.Group if group != Rater.Group.SELF)


def rounds_of(engagement: Engagement) -> list[Round]:
    """Every round, the latest first: 1 query."""
    return list(engagement.feedback_rounds.select_related("engagement").order_by("-begun_at"))


def round_in(engagement: Engagement, round_id: UUID) -> Round | None:
    """One round of this engagement: 1 query."""
    return engagement.feedback_rounds.select_related("engagement").filter(pk=round_id).first()


def moments_left(rounds: list[Round]) -> list[Round.Moment]:
    """The moments that can still come: none before one that was, and none while a round is under way."""
    if any(one.state != Round.State.CLOSED for one in rounds):
        return []
    moments = list(Round.Moment)
    had = [moments.index(Round.Moment(one.moment)) for one in rounds]
    return moments[max(had, default=-1) + 1 :]


def offered() -> Questionnaire:
    """The questionnaire from which behaviours are chosen, in the language of the reader: no queries."""
    return questionnaires(reading_language())[STEM]


def asked_in(one: Round) -> Questionnaire:
    """What is asked in a round, as it stood when it began, in the language of the reader: no queries."""
    raw = json.loads(one.asked)
    return questionnaire(raw, raw["id"], reading_language())


def raters_of(one: Round) -> QuerySet[Rater]:
    """Who is asked besides the person, in no order that says anything: 1 query."""
    return one.raters.exclude(group=Rater.Group.SELF).select_related("round__engagement")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody on a list: who they are, and nothing of what they did."""

    pk: UUID
    name: str
    email: str
    group_words: str


def by_name(raters: list[Rater]) -> list[Named]:
    """For a list to read: by group, and by name within it."""
    places = {group.value: place for place, group in enumerate(GROUPS)}
    ordered = sorted(raters, key=lambda rater: (places[rater.group], rater.name.casefold()))
    words = dict(GROUP_WORDS)
    return [Named(one.pk, one.name, one.email, str(words[one.group])) for one in ordered]


def is_large_enough(raters: list[Rater]) -> bool:
    """Whether of one group at least, other than the manager, so many are asked that it can be shown."""
    counts = Counter(rater.group for rater in raters if rater.group != Rater.Group.MANAGER)
    return max(counts.values(), default=0) >= FEWEST_AROUND


def own_waits(one: Round) -> bool:
    """Whether the person has still to answer about themselves, which only they are told: 1 query."""
    return one.raters.filter(group=Rater.Group.SELF, has_answered=False).exists() and one.takes_answers


def coachee_in(engagement: Engagement) -> Party:
    """The person a round is about: 1 query."""
    return engagement.parties.select_related("person").get(role=Role.COACHEE)


def coach_in(engagement: Engagement) -> Party:
    """Who looks at the list: 1 query."""
    return engagement.parties.select_related("person").get(role=Role.COACH)
