from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.kit.zones import zone_name
from driehoek.people.models import Membership, Organisation, Person
from driehoek.people.queries import address_of


@transaction.atomic
def introduce(*, email: str, name: str = "", language: str = "") -> Person:
    """The person with this address, made when there is none yet. A known person keeps name and language.

    Refuses a name that nobody can see; none at all is no harm.
    """
    called = _visible(name) if name.strip() else ""
    address = address_of(email)
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    person = Person.objects.filter(email=address).first()
    if person is None:
        try:
            with transaction.atomic():
                return Person.objects.create(
                    email=address, name=called, language=spoken, joined_at=clock.now()
                )
        except IntegrityError:  # introduced by somebody else in this very moment
            person = Person.objects.get(email=address)
    if called and not person.name:
        person.name = called
        person.save(update_fields=["name"])
    return person


@transaction.atomic
def found_organisation(*, by: Person, name: str) -> Organisation:
    """A new organisation in which its founder coaches and administers.

    Refuses an empty name. Founding the same one twice, as with a double click, gives the first.
    """
    if not (called := one_line(name)):
        raise Refused("organisation_name", _("Give the organisation a name."))
    Person.objects.select_for_update().get(pk=by.pk)
    own = Organisation.objects.filter(name=called, memberships__person=by, memberships__is_admin=True)
    if known := own.first():
        return known
    now = clock.now()
    organisation = Organisation.objects.create(name=called, made_at=now)
    Membership.objects.create(person=by, organisation=organisation, is_admin=True, is_coach=True, since=now)
    return organisation


@transaction.atomic
def rename(person: Person, *, name: str) -> None:
    """Be called by another name from now on. Refuses one that nobody can see."""
    person.name = _visible(name)
    person.save(update_fields=["name"])


@transaction.atomic
def choose_language(person: Person, *, language: str) -> None:
    """Read pages and mails in this language from now on; one we do not speak changes nothing."""
    if language in dict(settings.LANGUAGES) and language != person.language:
        person.language = language
        person.save(update_fields=["language"])


@transaction.atomic
def choose_clock(person: Person, *, time_zone: str) -> None:
    """Live by the clock of this place; without one by that of each engagement. An unknown place is none."""
    person.time_zone = zone_name(time_zone)
    person.save(update_fields=["time_zone"])


def _visible(name: str) -> str:
    if not (called := one_line(name)):
        raise Refused("name", _("Fill in a name that others can read."))
    return called
