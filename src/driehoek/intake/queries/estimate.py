"""The coach's own estimate of the help relationship."""

from driehoek.engagements.models import Engagement
from driehoek.intake.models import HelpEstimate
from driehoek.method.intake import RelationshipText, help_relationships
from driehoek.method.texts import Language
from driehoek.people.models import Person


def estimate_of(engagement: Engagement, author: Person) -> HelpEstimate | None:
    """What this coach estimated; nobody else's estimate is ever looked up: 1 query."""
    found = HelpEstimate.objects.filter(engagement=engagement, author=author).first()
    if found:
        found.engagement = engagement
    return found


def relationship_text(id_: str, language: Language) -> RelationshipText | None:
    """The words of one kind of help relationship."""
    return next((text for text in help_relationships(language) if text.id == id_), None)
