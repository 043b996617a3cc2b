"""Letters to coachee and coach: that something is asked or has come, never what."""

from django.conf import settings
from django.urls import reverse

from driehoek.engagements.actions import whose_letter
from driehoek.feedback.models import Round
from driehoek.feedback.queries.rounds import coach_in, coachee_in
from driehoek.kit import clock
from driehoek.outbox.actions import post
from driehoek.people.models import Person


def tell_turn(one: Round, *, to: Person, asked: str) -> None:
    """The list goes to whoever has the next move."""
    _tell(
        one, to=to, template="your_turn", facts={"asked": asked}, event=f"{asked}:{clock.now():%Y%m%d%H%M%S}"
    )


def tell_it_is_in(one: Round) -> None:
    """To both who may read it."""
    for party in (coachee_in(one.engagement), coach_in(one.engagement)):
        _tell(one, to=party.person, template="feedback_in", facts={}, event="in")


def _tell(one: Round, *, to: Person, template: str, facts: dict[str, str], event: str) -> None:
    link = f"{settings.BASE_URL}{reverse('feedback:index', args=[one.engagement_id])}"
    whose = whose_letter(coachee_in(one.engagement).person, to=to)
    post(
        to.email,
        template=template,
        facts={**facts, **whose, "link": link},
        language=to.language,
        key=f"feedback {one.pk}:{event}:{to.pk}",
        house=one.engagement.organisation_id,
    )
