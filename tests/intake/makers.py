"""Ways of going through the pages before the agreement."""

from typing import Any

from django.test import Client
from django.urls import reverse

from driehoek.access import Role, Stage
from driehoek.engagements.models import Engagement
from driehoek.people.models import Person
from tests.makers import make_engagement, make_person, person_of

PROBLEM = "Bij ons wordt er pas geleverd als ik erachteraan ga"
NAMES = (
    "nature",
    "deliverable_needed",
    "hard_deadline",
    "build_capability",
    "measurable",
    "agreement_ready",
    "crisis",
)


def tell(client: Client, problem: str = PROBLEM) -> Any:
    return client.post(reverse("route:begin"), {"problem": problem})


def walk(client: Client, **answers: str) -> Any:
    """The whole route choice by its pages; a question that is not named stays open."""
    tell(client)
    for number, name in enumerate(NAMES, start=1):
        client.post(reverse("route:question", args=[number]), {"answer": answers.get(name, "open")})
    return client.get(reverse("route:result"))


def preparing(**given: Any) -> Engagement:
    """A coaching engagement before the agreement, with named people in every corner."""
    people = {
        "coach": make_person("Ruben Terpstra"),
        "coachee": make_person("Saskia Holwerda"),
        "manager": make_person("Marijke Postma"),
        "sponsor": make_person("Ellen de Wit"),
    }
    return make_engagement(stage=Stage.PREPARING, **(people | given))


def at(client: Client, engagement: Engagement, who: Role | Person) -> Client:
    """The browser of somebody in this engagement."""
    client.force_login(person_of(engagement, who) if isinstance(who, Role) else who)
    return client


def url(name: str, engagement: Engagement, *more: Any) -> str:
    return reverse(f"intake:{name}", args=[engagement.pk, *more])


def answer(client: Client, engagement: Engagement, who: Role, text: str, *, number: int = 2) -> None:
    """Write one answer and hand in, through the pages."""
    browser = at(client, engagement, who)
    key = {2: "responsible", 4: "success", 5: "decision_rights"}[number]
    browser.post(url("question", engagement, number), {key: text})
    browser.post(url("questions", engagement), {"hand_in": "1"})
