"""What can be asked about people, their organisations and what was kept for them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField
from django.db.models.functions import Lower

from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared
from driehoek.outbox import queries as outbox
from driehoek.people.models import DemoMark, KeptForm, Membership, OneTimeLink, Organisation, Person
from driehoek.vault.keys import open_for_site

_WHO = "who typed this"
_WEEK = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Words:
    """The fields of a kept form as they were typed, and the names of files that could not be kept."""

    fields: Mapping[str, list[str]]
    files: list[str]


def hash_of(token: str) -> str:
    """The name under which a link is stored; the token itself is kept nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str, *, purpose: str) -> OneTimeLink | None:
    """The link with this token, open or not: 1 query."""
    return OneTimeLink.objects.filter(token_hash=hash_of(token), purpose=purpose).first()


def hosts(person: Person) -> QuerySet[Organisation]:
    """Organisations in which `person` may begin an engagement: 1 query."""
    may = Q(memberships__is_admin=True) | Q(memberships__is_coach=True)
    return Organisation.objects.filter(may, memberships__person=person).order_by("name")


def administered(person: Person) -> QuerySet[Organisation]:
    """Organisations `person` administers: 1 query."""
    mine = Membership.objects.filter(organisation=OuterRef("pk"), person=person, is_admin=True)
    return Organisation.objects.filter(Exists(mine)).order_by("name", "pk")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to it, by name: 1 query."""
    found = Membership.objects.filter(organisation=organisation).select_related("person", "organisation")
    return found.order_by(Lower("person__name"), "person__email")


def reader(person_id: UUID) -> Person | None:
    """Somebody as the layout of a page wants them, with whether they administer an organisation: 1 query."""
    return next(iter(_READER.ask(person=person_id)), None)


def _reader() -> QuerySet[Person]:
    administers = Membership.objects.filter(person=OuterRef("pk"), is_admin=True)
    found = Person.objects.annotate(is_administrator=Exists(administers))
    return found.filter(pk=Given("person", UUIDField()))


_READER: Final = Prepared(_reader)


def operates(person: Person) -> bool:
    """Whether `person` looks after this installation: an administrator of the organisation it began with.

    2 queries.
    """
    first = Organisation.objects.order_by("made_at", "pk").first()
    place = membership(person, first) if first else None
    return place is not None and place.is_admin


def wants(person: Person, kind: str) -> bool:
    """Whether letters of this kind come to `person`: 1 query, none for what nobody can do without."""
    return outbox.wanted(person.email, kind)


def membership(person: Person, organisation: Organisation) -> Membership | None:
    """How `person` belongs to this organisation: 1 query."""
    return Membership.objects.filter(person=person, organisation=organisation).first()


def hosts_at(person: Person, organisation: Organisation) -> bool:
    """Whether `person` may begin engagements of this organisation: 1 query."""
    place = membership(person, organisation)
    return place is not None and place.may_host


def sign_typist(person_id: UUID) -> str:
    """A mark in every form that says whose hands it was under; it opens nothing."""
    return signing.dumps(str(person_id), salt=_WHO)


def mark_of(mark: str) -> str:
    """Whose mark this is, by id; empty when it is not one of ours, or lay about for a week. No queries."""
    try:
        return str(signing.loads(mark, salt=_WHO, max_age=_WEEK))
    except signing.BadSignature:
        return ""


def typist(mark: str) -> Person | None:
    """Who had this form on screen, when the mark is ours: 1 query."""
    found = mark_of(mark)
    return Person.objects.filter(pk=found, is_active=True).first() if found else None


def kept_form(person: Person, kept_id: UUID) -> KeptForm | None:
    """What was kept for this person under this id, unless it is too old: 1 query."""
    return KeptForm.objects.filter(pk=kept_id, person=person, expires_at__gt=clock.now()).first()


def words_of(kept: KeptForm) -> Words:
    """What was typed: no queries."""
    body = json.loads(open_for_site(bytes(kept.sealed), purpose=kept.purpose))
    return Words(fields=body["fields"], files=body["files"])


def trouble_with_demo() -> str:
    """Why demo mode may not act on this database, for whoever starts it; empty when it may: 1 query."""
    if not settings.DEMO or DemoMark.objects.exists():
        return ""
    return (
        "DRIEHOEK_DEMO lets anybody step into any role, and this database was not filled with the demo. "
        "Start without it, or choose another database or data folder."
    )


def address_of(typed: str) -> str:
    """An address as it is stored, and compared sign by sign.

    Never by the rules of a database: to PostgreSQL a dotless i and an i are one letter in capitals, and a
    code would go to a domain that only looks like the right one.

    >>> address_of(" Johan@Example.org ")
    'johan@example.org'
    """
    return typed.strip().lower()


def mailbox_of(email: str) -> str:
    """Where letters arrive: what stands after a plus is another name for the same person.

    >>> mailbox_of("Johan+werk@Example.org")
    'johan@example.org'
    """
    who, _at, host = address_of(email).partition("@")
    return f"{who.partition('+')[0]}@{host}"


def person_of(email: str) -> Person | None:
    """The active person with this address: 1 query."""
    return Person.objects.filter(email=address_of(email), is_active=True).first()
