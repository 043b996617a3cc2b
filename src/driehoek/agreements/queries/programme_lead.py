"""What a programme lead ever gets: the same in every agreement, and signed with the rest."""

from django.utils.translation import gettext as _

from driehoek.access import SMALLEST_GROUP
from driehoek.agreements.models import Version
from driehoek.agreements.queries.frozen import Terms, terms


def lead_to_freeze() -> dict[str, int]:
    """What a version keeps of it: over how many people a number goes at least. No queries."""
    return {"groups_of": SMALLEST_GROUP}


def lead_gets(smallest: int = SMALLEST_GROUP) -> str:
    """The sentence that stands below the disclosure table: no queries."""
    words = _(
        "A programme lead (HR) only gets numbers over groups of at least %(count)d people, "
        "and never anything about one person. Nobody can change this."
    )
    return words % {"count": smallest}


def lead_in(said: Terms) -> str:
    """The same as one version says it; nothing in versions from before this was kept: no queries."""
    kept = said.get("programme_lead")
    return lead_gets(kept["groups_of"]) if kept else ""


def lead_on_draft(offered: Version | None) -> str:
    """What the page of the draft says: while a version lies open, what that one says. No queries."""
    return lead_in(terms(offered)) if offered else lead_gets()
