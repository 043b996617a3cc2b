"""Writing down that somebody looked."""

from collections.abc import Iterable
from uuid import UUID

from driehoek.audit.models import Look
from driehoek.kit import clock
from driehoek.people.models import Person


def note_look(subject: UUID, *, person: Person, role: str, kind: str) -> None:
    """Note once a day that `person` read this kind of content: 1 query, harmless when repeated."""
    look = Look(subject=subject, person=person, role=role, kind=kind, on=clock.today())
    Look.objects.bulk_create([look], ignore_conflicts=True)


def note_looks(subject: UUID, *, person: Person, roles: Iterable[str], kinds: Iterable[str]) -> None:
    """Note once a day that `person` read these kinds of content on one page: 1 query."""
    on = clock.today()
    looks = [
        Look(subject=subject, person=person, role=role, kind=kind, on=on)
        for role in sorted(roles)
        for kind in sorted(kinds)
    ]
    Look.objects.bulk_create(looks, ignore_conflicts=True)
