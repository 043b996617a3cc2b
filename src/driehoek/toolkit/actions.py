"""What a leader does with the tools."""

from uuid import UUID

from django.db import transaction

from driehoek.kit import clock
from driehoek.method.style import Style
from driehoek.people.models import Person
from driehoek.toolkit.models import HatChoice


@transaction.atomic
def keep_hat(person: Person, *, style: Style, once: UUID) -> HatChoice:
    """Keep that this style was chosen today. The same form sent twice counts once."""
    choice, _is_new = HatChoice.objects.get_or_create(
        pk=once, defaults={"person": person, "style": style, "on": clock.today()}
    )
    return choice
