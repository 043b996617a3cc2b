"""Letters about the course of an engagement: that something happened, never what or why."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from driehoek.access import Role
from driehoek.engagements.models import Engagement, Party
from driehoek.outbox.actions import post
from driehoek.people.models import Person


def whose_letter(whose: Person | None, *, to: Person) -> dict[str, str]:
    """The fact of a letter that says whose engagement it is; none for that very person: "your engagement"."""
    return {} if whose is None or whose.pk == to.pk else {"about": str(whose)}


def tell_others(engagement: Engagement, *, by: Person, happened: str, event: UUID) -> None:
    """A letter to everybody who takes part but `by`. It names whose engagement it is, not its subject."""
    parties = _taking_part(engagement)
    for person in {party.person_id: party.person for party in parties}.values():
        if person.pk != by.pk:
            _tell(engagement, person, parties, happened=happened, event=event)


def tell_inviter(party: Party, *, happened: str) -> None:
    """A letter to who invited this party, as long as they take part: the answer is there."""
    inviter, parties = party.invited_by, _taking_part(party.engagement)
    if inviter.pk != party.person_id and any(one.person_id == inviter.pk for one in parties):
        _tell(party.engagement, inviter, parties, happened=happened, event=party.pk)


def _tell(
    engagement: Engagement, person: Person, parties: Iterable[Party], *, happened: str, event: UUID
) -> None:
    by_role = {party.role_: party.person for party in parties}
    whose = by_role.get(Role.COACHEE) or by_role.get(Role.SPONSOR)
    link = f"{settings.BASE_URL}{reverse('engagement', args=[engagement.pk])}"
    post(
        person.email,
        template="engagement_news",
        facts={"happened": happened, "link": link, **whose_letter(whose, to=person)},
        language=person.language,
        key=f"{happened}:{event}:{person.pk}",
        house=engagement.organisation_id,
    )


def _taking_part(engagement: Engagement) -> list[Party]:
    return list(engagement.parties.select_related("person").filter(accepted_at__isnull=False))
