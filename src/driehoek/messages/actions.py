"""Writing a message, and having read what others wrote."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Circle, Engagement, Party
from driehoek.engagements.queries import members
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.messages.models import READS, WRITES, Message, Reader
from driehoek.messages.queries import read_so_far
from driehoek.outbox.actions import post
from driehoek.people.models import Person


@transaction.atomic
def write_message(
    engagement: Engagement, circle: Circle, *, by: Person, text: str, message_id: UUID
) -> Message:
    """Write to everybody in this circle; the same `message_id` again gives the same message.

    Each of the others gets one letter until they have read it: that there is something, not what.
    Refuses where nobody else is in the circle.
    """
    held = hold(engagement, WRITES[circle])
    if known := held.messages.filter(pk=message_id).first():
        return known
    others = [party for party in members(held, READS[circle]) if party.person_id != by.pk]
    if not others:
        raise Refused(None, _("Nobody else takes part yet, so there is nobody to write to."))
    last = held.messages.filter(circle=circle).aggregate(last=Max("number"))["last"] or 0
    message = Message(pk=message_id, engagement=held, circle=circle, number=last + 1, author=by, text=text)
    message.role, message.written_at = _role(held, by), clock.now()
    message.save(force_insert=True)
    read = read_so_far(held, circle)
    for party in {party.person_id: party for party in others}.values():
        _tell(held, circle, party, by=by, read=read.get(party.person_id, 0))
    return message


@transaction.atomic
def have_read(engagement: Engagement, circle: Circle, *, by: Person, number: int) -> None:
    """Remember how far somebody has read: 1 query when it was known, 2 otherwise."""
    readers = Reader.objects.filter(engagement=engagement, circle=circle, person=by)
    if not readers.filter(seen__gte=number).exists():
        Reader.objects.update_or_create(
            engagement=engagement, circle=circle, person=by, defaults={"seen": number}
        )


def _role(engagement: Engagement, person: Person) -> Role:
    roles = engagement.roles_of(person)
    return next(role for role in Role if role in roles)


def _tell(engagement: Engagement, circle: Circle, to: Party, *, by: Person, read: int) -> None:
    place = reverse(f"messages:{circle.value}", args=[engagement.pk])
    facts = {"by": by.name, "link": f"{settings.BASE_URL}{place}", "formal": to.role_ is Role.SPONSOR}
    key, person = f"message:{engagement.pk}:{circle}:{to.person_id}:{read}", to.person
    house = engagement.organisation_id
    post(person.email, template="new_message", facts=facts, language=person.language, key=key, house=house)
