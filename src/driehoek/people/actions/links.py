"""Links that work once. The database knows only their hash."""

import secrets
from datetime import timedelta
from typing import Final, Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.actions.joining import found_organisation, introduce, rename
from driehoek.people.models import Membership, OneTimeLink, Person
from driehoek.people.queries import hash_of

Purpose = Literal["first-admin", "invitation", "progress"]
LASTS: Final = {
    "first-admin": timedelta(days=3),
    "invitation": timedelta(days=14),
    "progress": timedelta(days=14),
}


@transaction.atomic
def make_link(*, purpose: Purpose, about: UUID | None = None) -> str:
    """A new token for this purpose; earlier open links about the same subject stop working."""
    token = secrets.token_urlsafe(32)
    if about is not None:
        close_links(about)
    OneTimeLink.objects.create(
        token_hash=hash_of(token),
        purpose=purpose,
        about=about,
        expires_at=clock.now() + LASTS[purpose],
    )
    return token


@transaction.atomic
def close_links(about: UUID) -> None:
    """Every open link about this subject has done its work."""
    OneTimeLink.objects.filter(about=about, used_at=None).update(used_at=clock.now())


@transaction.atomic
def first_administrator_link() -> str:
    """The address at which the first administrator of an empty installation begins, once."""
    token = make_link(purpose="first-admin")
    return f"{settings.BASE_URL}{reverse('people:first_administrator', args=[token])}"


@transaction.atomic
def install_first_administrator(
    link: OneTimeLink, *, name: str, email: str, organisation_name: str, language: str
) -> Person:
    """Make the first person with an organisation of their own, who administers and coaches in it.

    Refuses a link that was used or is too old, and an installation that already has an administrator.
    """
    held = OneTimeLink.objects.select_for_update().get(pk=link.pk)
    if not held.is_open or Membership.objects.filter(is_admin=True).exists():
        raise Refused(None, _("This link has done its work. Sign in with your e-mail address."))
    person = introduce(email=email, name=name, language=language)
    rename(person, name=name)
    found_organisation(by=person, name=organisation_name)
    held.used_at = clock.now()
    held.save(update_fields=["used_at"])
    return person
