"""Whom a visitor of the demo can be."""

from typing import Any, Final
from uuid import UUID

from driehoek.engagements.models import Party
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit.addresses import reverse
from driehoek.kit.prepared import Prepared

MOST: Final = 24

_TAKING_PART: Final = Prepared(
    lambda: (
        Party.objects.filter(accepted_at__isnull=False, person__is_active=True)
        .order_by("engagement__made_at", "engagement_id", "role")
        .values_list("person_id", "person__name", "person__email", "role", "engagement__title")[: 2 * MOST]
    )
)


def demo_people(current: Any) -> list[dict[str, Any]]:
    """Everybody who takes part, by engagement, the oldest first: 1 query."""
    found: dict[Any, dict[str, Any]] = {}
    step_in = reverse("demo_step_in", args=[UUID(int=0)])  # looked up once for all of them
    words = {str(role): str(said) for role, said in ROLE_WORDS.items()}
    for person_id, name, email, role, title in _TAKING_PART.ask():
        if person_id not in found:
            found[person_id] = {
                "name": name or email,
                "says": f"{words[role]}, {title}",
                "role": role,
                "url": step_in.replace(str(UUID(int=0)), str(person_id)),
                "current": getattr(current, "pk", None) == person_id,
            }
    return list(found.values())[:MOST]
