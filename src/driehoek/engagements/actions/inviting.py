from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from driehoek.access import RECEIVERS, Role, Stage, roles_in
from driehoek.engagements.actions.conflicts import lock, refuse_conflict
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.outbox.actions import post
from driehoek.people.actions import close_links, introduce, make_link
from driehoek.people.models import Organisation, Person


@transaction.atomic
def invite(
    engagement: Engagement,
    *,
    by: Person,
    role: Role,
    name: str,
    email: str,
    organisation_name: str = "",
    language: str = "",
) -> Party:
    """Invite somebody into a role; a declined invitation is replaced, the same one again stays one.

    Refuses a role that is taken or does not exist here, and a person whose other role does not go with it,
    as far as `by` may know of that other role; the invited person hears the rest at accepting.
    """
    person = introduce(email=email, name=name, language=language or by.language)
    held = lock(engagement, person)
    if held.stage_ is not Stage.PREPARING:
        raise Refused(None, _too_late(held))
    if role not in roles_in(held.shape_):
        raise Refused("role", _("This role does not exist in this kind of engagement. Choose another."))
    if (known := _standing(held, role)) is not None:
        if known.person_id == person.pk:
            return known
        raise Refused(None, _("Somebody is already invited for this role. Withdraw that invitation first."))
    called = one_line(name)[:120]
    refuse_conflict(held, person, role, by=by, called=called)
    if person.pk == by.pk and role in RECEIVERS:
        raise Refused("email", _("This is your own address. Somebody else invites you to read, not you."))
    party = Party(engagement=held, role=role, person=person, called=called, invited_by=by)
    party.invited_at = clock.now()
    party.organisation = _organisation(held, organisation_name)
    party.save(force_insert=True)
    _write_to(party, by=by)
    return party


@transaction.atomic
def send_again(party: Party, *, by: Person) -> None:
    """Send the invitation anew, with a new link; the old one stops working. Refuses an answered one."""
    held = _unanswered(party)
    _write_to(held, by=by)


@transaction.atomic
def withdraw_invitation(party: Party, *, by: Person) -> None:
    """Take back an invitation nobody answered yet. Refuses an answered one; twice does no harm."""
    if not Party.objects.select_for_update().filter(pk=party.pk).exists():
        return
    held = _unanswered(party)
    close_links(held.pk)
    held.delete()


def _too_late(engagement: Engagement) -> str:
    if engagement.stage_ is Stage.DROPPED:
        return _("The preparation has ended, so nobody joins any more.")
    return _("The agreement is signed by those who take part. Nobody joins after that.")


def _standing(engagement: Engagement, role: Role) -> Party | None:
    """The party in this role, once a declined one has made room."""
    known = Party.objects.filter(engagement=engagement, role=role).first()
    if known is not None and known.declined_at:
        close_links(known.pk)
        known.delete()
        return None
    return known


def _unanswered(party: Party) -> Party:
    every = Party.objects.select_for_update(of=("self",)).select_related("engagement", "person")
    if (held := every.filter(pk=party.pk).first()) is None:
        raise Refused(None, _("This invitation has been withdrawn in the meantime."))
    if held.accepted_at or held.declined_at:
        raise Refused(None, _("%(name)s has answered this invitation already.") % {"name": held.name})
    return held


def _write_to(party: Party, *, by: Person) -> None:
    person, engagement = party.person, party.engagement
    token = make_link(purpose="invitation", about=party.pk)
    with override(person.language):
        role = str(ROLE_WORDS[party.role_])
    facts = {
        "by": str(by),
        "role": role,
        "organisation": engagement.organisation.name,
        "link": f"{settings.BASE_URL}{reverse('engagements:invitation', args=[token])}",
        "formal": party.role_ is Role.SPONSOR,
    }
    key = f"invitation:{party.pk}:{uuid4()}"  # never the token: a key stands in the open
    post(
        person.email,
        template="invitation",
        facts=facts,
        language=person.language,
        key=key,
        about=party.pk,
        house=engagement.organisation_id,
    )


def _organisation(engagement: Engagement, name: str) -> Organisation | None:
    """Where the invited person works: the host, one named before in this engagement, or a new one."""
    if not (called := one_line(name)):
        return None
    if called.casefold() == engagement.organisation.name.casefold():
        return engagement.organisation
    for party in engagement.parties.select_related("organisation"):
        if party.organisation and party.organisation.name.casefold() == called.casefold():
            return party.organisation
    return Organisation.objects.create(name=called[:120], made_at=clock.now())
