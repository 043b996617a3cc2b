"""The places in the rail: only pages that are open to the reader now."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from driehoek.access import Permission, Shape, Stage
from driehoek.engagements.models import Engagement
from driehoek.kit.addresses import reverse

ON_A_PHONE = 4
DELIVERED = ("results:deliverables", "results:hand_over", "results:judge")
TRAJECTORY = ("engagement", "plans", "intake", "engagements")
WAYS_OUT = frozenset(f"results:{name}" for name in ("stop_or_pause", "pause", "stop", "end"))


@dataclass(slots=True)
class Item:
    """One place: where, its icon and word, whether we are there, and whether a phone hides it."""

    url: str
    icon: str
    label: str
    current: bool = False
    extra: bool = False


def menu_for(request: HttpRequest) -> list[Item]:
    """Outside an engagement: today and the list; inside: what the policy opens for this person now."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return []
    here = _here(request)
    items = [Item(reverse("today"), "house", _("Today"), here == "today")]
    engagement: Engagement | None = getattr(request, "engagement", None)
    if engagement is None:
        items.append(Item(reverse("engagements:index"), "users", _("Engagements"), here == "engagements"))
    else:
        items += _inside(engagement, person, here)
    for item in items[ON_A_PHONE:]:
        item.extra = True
    return items


def _inside(engagement: Engagement, person: Any, here: str) -> list[Item]:
    def lets(permission: Permission) -> bool:
        return engagement.lets(person, permission)

    result = "results:index" if lets(Permission.READ_RESULTS) else "results:received"
    rooms = (
        ("engagement", "route", _("Engagement"), True, here in TRAJECTORY),
        (
            "sessions:index",
            "message-square",
            _("Sessions"),
            lets(Permission.READ_SESSION),
            here in ("sessions", "brief", "book"),
        ),
        (
            "results:deliverables",
            "list-checks",
            _("Delivered"),
            engagement.shape_ is Shape.CONSULTANCY and lets(Permission.READ_DELIVERABLES),
            here == "delivered",
        ),
        (
            result,
            "chart-line",
            _("Result"),
            lets(Permission.READ_RESULTS) or lets(Permission.READ_RELEASED),
            here in ("results", "measures", "feedback", "surveys"),
        ),
        (
            "messages:pair" if lets(Permission.READ_MESSAGES) else "messages:everyone",
            "send",
            _("Messages"),
            lets(Permission.READ_OPEN_MESSAGES),
            here == "messages",
        ),
        (
            "files:pair" if lets(Permission.READ_FILES) else "files:everyone",
            "book-open",
            _("Files"),
            lets(Permission.READ_OPEN_FILES),
            here == "files",
        ),
        (
            "agreements:index",
            "file-text",
            _("Agreement"),
            lets(Permission.READ_AGREEMENT),
            here == "agreements",
        ),
        ("engagements:looks", "eye", _("Who saw what"), lets(Permission.SEE_WHO_LOOKED), here == "looks"),
    )
    items = [
        Item(reverse(name, args=[engagement.pk]), icon, label, current)
        for name, icon, label, is_open, current in rooms
        if is_open
    ]
    return _agreement_first(engagement, items)


def _agreement_first(engagement: Engagement, items: list[Item]) -> list[Item]:
    """As long as the agreement is made and signed, nothing is needed as often: a phone shows it too."""
    if engagement.stage_ is not Stage.PREPARING:
        return items
    url = reverse("agreements:index", args=[engagement.pk])
    return sorted(items, key=lambda item: (item is not items[0], item.url != url))


def _here(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return ""
    if match.view_name == "engagements:looks":
        return "looks"
    if match.view_name in WAYS_OUT:
        return "engagement"
    if match.view_name in DELIVERED:
        return "delivered"
    return match.namespace or match.url_name or ""
