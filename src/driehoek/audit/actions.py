"""Writing down that somebody looked."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import DateField, UUIDField

from driehoek.audit.models import Look
from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared
from driehoek.people.models import Person

_NOTED: Final = Prepared(
    lambda: Look.objects.filter(
        subject=Given("subject", UUIDField()),
        person=Given("person", UUIDField()),
        on=Given("on", DateField()),
    ).values_list("role", "kind")
)


def note_looks(subject: UUID, *, person: Person, roles: Iterable[str], kinds: Iterable[str]) -> None:
    """Note once a day that `person` read these kinds of content on one page.

    1 query, which only reads, when all of it stands there already; 2 when something is new today.
    """
    on = clock.today()
    seen = {(role, kind) for role in map(str, roles) for kind in map(str, kinds)}
    if new := sorted(seen - set(_NOTED.ask(subject=subject, person=person, on=on))) if seen else []:
        looks = [Look(subject=subject, person=person, role=role, kind=kind, on=on) for role, kind in new]
        Look.objects.bulk_create(looks, ignore_conflicts=True)
