"""Who belongs to an organisation, and what they may do in its name."""

from typing import Literal
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.actions.joining import introduce
from driehoek.people.models import Membership, Organisation, Person

Right = Literal["coach", "administrator"]


@transaction.atomic
def add_member(
    organisation: Organisation, *, by: Person, name: str, email: str, right: Right, language: str
) -> Membership:
    """Let somebody begin engagements here, or administer the organisation; a letter tells them.

    Whoever belongs here already gets the right as well; who has it already hears nothing. Refuses a name that
    nobody can see.
    """
    person = introduce(email=email, name=name, language=language)
    _hold(organisation)
    place, _is_new = Membership.objects.get_or_create(
        person=person, organisation=organisation, defaults={"since": clock.now()}
    )
    field = "is_admin" if right == "administrator" else "is_coach"
    if getattr(place, field):
        return place
    setattr(place, field, True)
    place.save(update_fields=[field])
    if person != by:
        _write_to(person, organisation, by=by, administers=right == "administrator")
    return place


@transaction.atomic
def take_administration(place: Membership) -> None:
    """No longer an administrator; what else they may here stays. Refuses the last one. Twice does no harm."""
    held = _held(place)
    if held is None or not held.is_admin:
        return
    _refuse_last(held)
    held.is_admin = False
    held.save(update_fields=["is_admin"])


@transaction.atomic
def end_membership(place: Membership) -> None:
    """No longer of this organisation. Refuses the last administrator. Twice does no harm."""
    held = _held(place)
    if held is None:
        return
    if held.is_admin:
        _refuse_last(held)
    held.delete()


def _hold(organisation: Organisation) -> None:
    """Two administrators at once go one after the other."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _held(place: Membership) -> Membership | None:
    _hold(place.organisation)
    return Membership.objects.filter(pk=place.pk).first()


def _refuse_last(place: Membership) -> None:
    others = Membership.objects.filter(organisation=place.organisation_id, is_admin=True).exclude(pk=place.pk)
    if not others.exists():
        raise Refused(
            None,
            _("An organisation keeps at least one administrator. Make somebody else administrator first."),
        )


def _write_to(person: Person, organisation: Organisation, *, by: Person, administers: bool) -> None:
    facts = {
        "by": str(by),
        "organisation": organisation.name,
        "administers": administers,
        "link": f"{settings.BASE_URL}{reverse('account_login')}",
    }
    key, house = f"member:{uuid4()}", organisation.pk
    post(person.email, template="member", facts=facts, language=person.language, key=key, house=house)
