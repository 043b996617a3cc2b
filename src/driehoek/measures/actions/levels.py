"""Scoring how far the goals are."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from driehoek.access import Permission, Role
from driehoek.engagements.actions import hold, whose_letter
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.measures.models import AttainmentScore
from driehoek.measures.queries import SCORING, can_be_scored
from driehoek.measures.wording import MOMENT_SHUT
from driehoek.outbox.actions import post
from driehoek.people.models import Person


@transaction.atomic
def score_levels(
    engagement: Engagement,
    *,
    by: Person,
    role: Role,
    moment: str,
    levels: Mapping[UUID, tuple[int, str]],
) -> None:
    """Score the level of each goal, from -2 to +2, with a remark. Scoring again replaces the own score.

    The other who scores and has not yet gets one letter, without content.
    Refuses a moment that has passed, and the end before it is in sight.
    """
    held = hold(engagement, Permission.SCORE_ATTAINMENT)
    if not can_be_scored(held, moment):
        raise Refused(None, str(MOMENT_SHUT[moment]))
    own = {row.goal_id: row for row in held.attainment_scores.filter(role=role, moment=moment)}
    for goal_id, (level, remark) in levels.items():
        row = own.get(goal_id) or AttainmentScore(engagement=held, goal_id=goal_id, role=role, moment=moment)
        row.level, row.remark = level, remark
        row.scored_by, row.scored_at = by, clock.now()
        row.save()
    _ask_the_other(held, role, moment)


def _ask_the_other(held: Engagement, role: Role, moment: str) -> None:
    there = {p.role_: p for p in held.parties.select_related("person") if p.accepted_at}
    scored = set(held.attainment_scores.filter(moment=moment).values_list("role", flat=True))
    waiting = [there[other] for other in SCORING if other in there and other not in (*scored, role)]
    link = f"{settings.BASE_URL}{reverse('measures:score', args=[held.pk, moment])}"
    for party in waiting if Role.COACHEE in there else []:
        post(
            party.person.email,
            template="your_turn",
            facts=whose_letter(there[Role.COACHEE].person, to=party.person)
            | {"asked": "score_progress", "link": link},
            language=party.person.language,
            key=f"score:{moment}:{party.pk}",
            house=held.organisation_id,
        )
