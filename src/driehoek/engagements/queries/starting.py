"""The known situations an engagement can begin from."""

from dataclasses import dataclass

from django.utils.translation import get_language

from driehoek.access import Shape
from driehoek.method.situations import situations
from driehoek.method.texts import Language


@dataclass(frozen=True, slots=True)
class Point:
    """A situation to begin from: `value` is kept, `is_older` when its texts are no longer these."""

    value: str
    title: str
    hint: str
    is_older: bool = False


def starting_points(shape: Shape | None = None) -> list[Point]:
    """Every situation that can be chosen, or those that fit this kind of help, in the reader's language.

    No queries.
    """
    found = situations(starting_language()).values()
    fitting = [one for one in found if shape is None or one.fits(shape)]
    return [Point(f"{one.id}@{one.version}", one.title, one.problem) for one in fitting]


def starting_language() -> Language:
    """The language in which a situation is read here."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"
