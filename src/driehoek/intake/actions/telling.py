"""The letter that says the six questions wait. It holds names and a link, nothing of any answer."""

from django.conf import settings
from django.urls import reverse

from driehoek.access import Role
from driehoek.engagements.actions import whose_letter
from driehoek.engagements.models import Engagement
from driehoek.intake.queries.questions import voices
from driehoek.outbox.actions import post
from driehoek.people.models import Person


def ask_to_answer(engagement: Engagement, *, by: Person) -> None:
    """Write once to everybody else who takes part and has not handed in; twice is once."""
    there = {party.role: party for party in engagement.parties.all() if not party.declined_at}
    whose = there.get(Role.COACHEE) or there.get(Role.SPONSOR)
    link = f"{settings.BASE_URL}{reverse('intake:questions', args=[engagement.pk])}"
    for voice in voices(engagement):
        if voice.is_invited or voice.handed_in or voice.person == by:
            continue
        post(
            voice.person.email,
            template="your_turn",
            facts={
                **whose_letter(whose.person if whose else None, to=voice.person),
                "asked": "answer_questions",
                "link": link,
                "formal": voice.party.role_ is Role.SPONSOR,
            },
            language=voice.person.language,
            key=f"answer_questions:{voice.party.pk}",
            house=engagement.organisation_id,
        )
