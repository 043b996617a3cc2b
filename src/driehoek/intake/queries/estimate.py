"""The coach's own estimate of the coachee."""

from typing import Final

from django.db.models import UUIDField

from driehoek.engagements.models import HERE, Engagement
from driehoek.intake.models import HelpEstimate
from driehoek.kit.prepared import Given, Prepared
from driehoek.method.intake import RelationshipText, help_relationships
from driehoek.method.texts import Language
from driehoek.people.models import Person

_OWN: Final = Prepared(
    lambda: HelpEstimate.objects.filter(engagement=HERE, author=Given("author", UUIDField()))
)


def estimate_of(engagement: Engagement, author: Person) -> HelpEstimate | None:
    """What this coach estimated; nobody else's estimate is ever looked up: 1 query."""
    return next(iter(_OWN.ask(engagement=engagement, author=author)), None)


def relationship_text(id_: str, language: Language) -> RelationshipText | None:
    """The words of one kind of help relationship."""
    return next((text for text in help_relationships(language) if text.id == id_), None)
