"""Whom a visitor of the demo can be."""

from typing import Any

from django.urls import reverse

from driehoek.access import Role
from driehoek.engagements.models import Party
from driehoek.engagements.wording import ROLE_WORDS


def demo_people(current: Any, *, most: int = 24) -> list[dict[str, Any]]:
    """Everybody who takes part, by engagement, the oldest first: 1 query."""
    parties = (
        Party.objects.filter(accepted_at__isnull=False, person__is_active=True)
        .select_related("person", "engagement")
        .order_by("engagement__made_at", "engagement_id", "role")
    )
    found: dict[Any, dict[str, Any]] = {}
    for party in parties[: 2 * most]:
        found.setdefault(
            party.person_id,
            {
                "name": str(party.person),
                "says": f"{ROLE_WORDS[Role(party.role)]}, {party.engagement.title}",
                "role": party.role,
                "url": reverse("demo_step_in", args=[party.person_id]),
                "current": getattr(current, "pk", None) == party.person_id,
            },
        )
    return list(found.values())[:most]
