"""What a visitor answered in the route choice. It lies sealed in the visitor's own session."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q

from driehoek.access import Shape
from driehoek.method.route import RouteAnswers, choose_route
from driehoek.method.route_texts import QuestionText, route_questions
from driehoek.method.texts import Language
from driehoek.people.models import Membership, Person
from driehoek.vault import keys
from driehoek.vault.sealing import Unreadable

KEPT_AS: Final = "route"
OPEN: Final = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """The problem in one sentence, and for every question that was passed the value chosen."""

    problem: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> RouteAnswers:
        """The same, as the method reads it."""
        found: dict[str, Any] = {
            question.id: choice.answer
            for question in screens("en")
            for choice in question.choices
            if self.chosen.get(question.id, OPEN) == choice.value
        }
        return RouteAnswers(problem=self.problem, **found)

    @property
    def shape(self) -> Shape | None:
        """The kind of help these answers point to; None while they point to no engagement."""
        route = choose_route(self.answers).route
        return Shape(route) if route in set(Shape) else None

    @property
    def is_complete(self) -> bool:
        """Whether every question was passed, answered or left open."""
        return all(question.id in self.chosen for question in screens("en"))

    @property
    def next_open(self) -> int | None:
        """The number of the first question without an answer."""
        numbered = enumerate(screens("en"), start=1)
        return next((n for n, question in numbered if not self.chosen.get(question.id)), None)


def screens(language: Language) -> tuple[QuestionText, ...]:
    """The seven questions with choices, in the order of the screens. The problem comes before them."""
    return tuple(question for question in route_questions(language) if question.choices)


def visit_in(session: SessionBase) -> Visit | None:
    """What this visitor answered so far; None for a new visitor, or when the session was lost: 1 query."""
    return carried(session.get(KEPT_AS, ""))


def sealed(visit: Visit) -> str:
    """A visit as text that only this installation can open."""
    plain = json.dumps({"problem": visit.problem, "chosen": dict(visit.chosen)})
    return urlsafe_b64encode(keys.seal_for_site(plain, purpose=KEPT_AS)).decode()


def carried(kept: str) -> Visit | None:
    """A visit from its sealed text, wherever it was kept; None when that cannot be opened."""
    try:
        found = json.loads(keys.open_for_site(urlsafe_b64decode(kept), purpose=KEPT_AS))
    except (Unreadable, binascii.Error, ValueError, TypeError):
        return None
    values = {question.id: {choice.value for choice in question.choices} for question in screens("en")}
    chosen = {key: value for key, value in found["chosen"].items() if value in values.get(key, ())}
    return Visit(found["problem"], chosen)


def host_places(person: Person) -> list[Membership]:
    """Where `person` may start an engagement, with the organisation: 1 query."""
    hosting = Membership.objects.filter(Q(is_admin=True) | Q(is_coach=True), person=person)
    return list(hosting.select_related("organisation").order_by("organisation__name"))
