"""Letters about the course of an engagement: that something happened, never what or why."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.outbox.actions import post
from driehoek.people.models import Person


def whose_letter(whose: Person | None, *, to: Person) -> dict[str, str]:
    """The fact of a letter that says whose engagement it is; none for that very person: "your engagement"."""
    return {} if whose is None or whose.pk == to.pk else {"about": str(whose)}


def tell_others(engagement: Engagement, *, by: Person, happened: str, event: UUID) -> None:
    """A letter to everybody who takes part but `by`. It names whose engagement it is, not its subject."""
    parties = list(engagement.parties.select_related("person").filter(accepted_at__isnull=False))
    by_role = {party.role_: party.person for party in parties}
    whose = by_role.get(Role.COACHEE) or by_role.get(Role.SPONSOR)
    link = f"{settings.BASE_URL}{reverse('engagement', args=[engagement.pk])}"
    for person in {party.person_id: party.person for party in parties}.values():
        if person.pk == by.pk:
            continue
        post(
            person.email,
            template="engagement_news",
            facts={"happened": happened, "link": link, **whose_letter(whose, to=person)},
            language=person.language,
            key=f"{happened}:{event}:{person.pk}",
            house=engagement.organisation_id,
        )
