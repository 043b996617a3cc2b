"""The way between the pages of an agreement that is being written."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from driehoek.access import Permission, Shape, Stage
from driehoek.agreements.queries.draft import is_open
from driehoek.engagements.models import Engagement
from driehoek.people.models import Person

_PAGES = {
    "agreements:index": _("The agreement"),
    "agreements:expectations": _("Expectations"),
    "agreements:goals": _("Goals"),
    "agreements:draft": _("What we ask of each other"),
    "agreements:deliverables": _("What is delivered"),
    "agreements:practical": _("Practical"),
    "agreements:otherwise": _("If it goes differently"),
    "agreements:disclosure": _("Who sees what"),
    "agreements:comments": _("Comments"),
    "agreements:offer": _("Offer and sign"),
}


_CHANGING = {"agreements:change": _("What changes")} | {
    name: label for name, label in _PAGES.items() if name != "agreements:index"
}


def tabs(engagement: Engagement, person: Person, current: str) -> list[dict[str, Any]]:
    """The pages somebody may work on here; nothing for those who only read."""
    if not engagement.lets(person, Permission.DRAFT_AGREEMENT) or not is_open(engagement):
        return []
    return [
        {"url": reverse(name, args=[engagement.pk]), "label": label, "current": name == current}
        for name, label in (_PAGES if engagement.stage_ is Stage.PREPARING else _CHANGING).items()
        if _is_here(engagement, person, name)
    ]


def _is_here(engagement: Engagement, person: Person, name: str) -> bool:
    if name == "agreements:deliverables":
        return engagement.shape_ is not Shape.COACHING
    return name != "agreements:offer" or engagement.lets(person, Permission.OFFER_AGREEMENT)
