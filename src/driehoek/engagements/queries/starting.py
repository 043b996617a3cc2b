"""The known situations an engagement can begin from."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import get_language

from driehoek.access import Role, Shape
from driehoek.engagements.models import Party
from driehoek.method.situations import situations
from driehoek.method.texts import Language
from driehoek.people.models import Membership, Organisation, Person
from driehoek.people.queries import hosts


@dataclass(frozen=True, slots=True)
class Point:
    """A situation to begin from: `value` is kept, `is_older` when its texts are no longer these."""

    value: str
    title: str
    hint: str
    is_older: bool = False


@dataclass(frozen=True, slots=True)
class Guest:
    """An organisation in which somebody works without hosting there, and who can change that."""

    organisation: str
    administrators: list[str]


def guest_at(person: Person) -> list[Guest]:
    """Where `person` works as coach or consultant and may not begin an engagement: 2 queries."""
    works = Party.objects.filter(
        engagement__organisation=OuterRef("pk"),
        person=person,
        role__in=(Role.COACH, Role.CONSULTANT),
        accepted_at__isnull=False,
    )
    places = Organisation.objects.filter(Exists(works)).exclude(pk__in=hosts(person).values("pk"))
    administering = Membership.objects.filter(is_admin=True).select_related("person").order_by("person__name")
    found = places.order_by("name").prefetch_related(
        Prefetch("memberships", administering, to_attr="administering")
    )
    return [Guest(one.name, [str(place.person) for place in one.administering]) for one in found]


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
