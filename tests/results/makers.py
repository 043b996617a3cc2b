"""Reports, results and releases for the tests."""

from typing import Any

from django.test import Client
from django.urls import reverse

from driehoek.access import Role
from driehoek.documents.fingerprint import fingerprint
from driehoek.engagements.models import Engagement
from driehoek.results import actions, queries
from driehoek.results.models import Release, Result
from tests.makers import person_of

RESULT = {
    "text": "Ik geef leiding door te vragen",
    "intended": True,
    "expected": True,
    "matters_to": "both",
    "observable": False,
    "explained": "Ik vraag nu eerst wat iemand wil leren.",
}
ALL = ["measurements", "attainment", "coachee_report", "results", "coach_report"]


def make_result(engagement: Engagement, *, role: Role = Role.COACHEE, **given: Any) -> Result:
    return actions.add_result(engagement, role=role, **(RESULT | given))


def make_mark(result: Result, role: Role, view: str = "desired", remark: str = "") -> None:
    who = person_of(result.engagement, role)
    actions.mark_result(result, by=who, role=role, view=view, remark=remark)


def make_report(engagement: Engagement, role: Role, text: str, *, handed_in: bool = True) -> None:
    part = {Role.COACHEE: "brought", Role.COACH: "seen", Role.CONSULTANT: "delivered"}[role]
    actions.save_report(engagement, role=role, texts={part: text})
    if handed_in:
        actions.hand_in_report(engagement, role=role)


def page(client: Client, name: str, engagement: Engagement, *args: Any) -> Any:
    return client.get(reverse(f"results:{name}", args=[engagement.pk, *args]))


def send(client: Client, name: str, engagement: Engagement, *args: Any, **data: Any) -> Any:
    return client.post(reverse(f"results:{name}", args=[engagement.pk, *args]), data)


def look_at(client: Client, engagement: Engagement, receiver: Role, items: list[str]) -> Any:
    return send(client, "preview", engagement, receiver=receiver, items=items)


def let_go(client: Client, engagement: Engagement, receiver: Role, items: list[str]) -> Any:
    """Look at it, then release exactly what was seen."""
    seen = look_at(client, engagement, receiver, items).context["seen"]
    return send(client, "preview", engagement, receiver=receiver, items=items, seen=seen, release="1")


def composed(engagement: Engagement, receiver: Role, items: list[str]) -> dict[str, Any]:
    """What this receiver would read, as it stands now."""
    found = queries.material(Engagement.objects.get(pk=engagement.pk))
    document, _ids = queries.compose(found, receiver=receiver, items=items)
    return document


def make_release(engagement: Engagement, receiver: Role, items: list[str]) -> Release:
    fresh = Engagement.objects.get(pk=engagement.pk)
    document = composed(engagement, receiver, items)
    by = person_of(engagement, Role.COACHEE)
    return actions.release(fresh, by=by, receiver=receiver, items=items, seen=fingerprint(document))


def pdf_of(release: Release, role: Role | None = None) -> bytes:
    """What its receiver, or another, saves."""
    client = Client()
    client.force_login(person_of(release.engagement, role or Role(release.receiver)))
    return bytes(page(client, "released_pdf", release.engagement, release.pk).content)
