from django.db import transaction

from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import DemoMark, Person


@transaction.atomic
def mark_as_demo() -> None:
    """Say in the database itself that it holds the demo. Refuses where people are already."""
    if Person.objects.exists():
        raise Refused(None, "There are people here already. The demo wants an empty installation.")
    DemoMark.objects.get_or_create(pk=DemoMark.ONLY, defaults={"made_at": clock.now()})
