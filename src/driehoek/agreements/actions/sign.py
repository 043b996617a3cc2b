"""Signing: everybody the same bytes, and the last signature puts them in force."""

import hmac
import re
import unicodedata
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import UUIDField
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import POLICY, Permission, Role
from driehoek.agreements.actions.amend import end_amendment
from driehoek.agreements.actions.desk import take
from driehoek.agreements.actions.offer import about_whom, is_sponsor, not_a_signer, why_closed
from driehoek.agreements.models import Signature, Version
from driehoek.agreements.queries.frozen import Terms, roles_signing, signers_in, table_in, terms
from driehoek.agreements.queries.proof import fingerprint_of
from driehoek.agreements.queries.standing import standing
from driehoek.engagements.actions import put_in_force
from driehoek.engagements.models import HERE, Engagement
from driehoek.engagements.wording import why_not
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.kit.prepared import Given, Prepared
from driehoek.outbox.actions import post
from driehoek.people.models import Person

_VERSION: Final = Prepared(lambda: Version.objects.filter(pk=Given("version", UUIDField()), engagement=HERE))


@transaction.atomic
def sign(
    version: Version,
    *,
    by: Person,
    fingerprint: str,
    typed_name: str,
    capacity: str,
    sentence: str,
    agrees: bool = True,
) -> Signature:
    """Sign the version whose fingerprint was shown; the last one who must puts it in force.

    Signing twice is signing once. Refuses who does not sign here, another fingerprint than the one shown,
    a version no longer offered, a name that is somebody else's, and anything before the parties have met.
    """
    engagement = take(version.engagement)
    [held] = _VERSION.ask(version=version.pk, engagement=engagement)
    said = terms(held)
    if not (roles := roles_signing(said, by)):
        raise Refused(None, not_a_signer())
    if there := held.signatures.filter(person=by).first():
        return there
    _refuse_what_is_not_offered(engagement, held, said, fingerprint)
    held.met_on = _day_of_the_talk(engagement)
    _refuse_an_empty_gesture(by, typed_name, capacity, agrees=agrees)
    how = {"typed_name": typed_name, "capacity": capacity, "sentence": sentence}
    try:
        with transaction.atomic():
            held.save(update_fields=["met_on"])
            signatures = [_write(held, role, by, how) for role in roles]
    except IntegrityError:
        return held.signatures.get(person=by, role=roles[0])
    if set(signers_in(said)) <= set(held.signatures.values_list("role", flat=True)):
        _put_in_force(engagement, held, said)
    return signatures[0]


def same_name(typed: str, name: str) -> bool:
    """Whether somebody typed their own name, whatever its accents, capitals or order.

    One of several first names may be left out; the name must be recognisable as a whole.
    """
    mine, theirs = _name_words(typed), _name_words(name)
    if not theirs:  # a name without letters, or none known yet
        return bool(typed.strip()) and (not name.strip() or typed.strip() == name.strip())
    return bool(mine) and mine <= theirs and (len(mine) > 1 or len(theirs) == 1)


def _name_words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return set(re.findall(r"\w+", "".join(sign for sign in plain if not unicodedata.combining(sign))))


def _refuse_what_is_not_offered(engagement: Engagement, held: Version, said: Terms, shown: str) -> None:
    if held.state != Version.State.OFFERED:
        raise Refused(None, why_closed(held))
    if engagement.stage_ not in POLICY[Permission.SIGN_AGREEMENT].stages:
        raise Refused(None, why_not(Permission.SIGN_AGREEMENT, engagement))
    if not hmac.compare_digest(shown.encode(), held.fingerprint.encode()):
        raise Refused(
            None,
            _("The page you signed on showed another text than this version. Read this one, then sign."),
        )
    if not hmac.compare_digest(fingerprint_of(held), held.fingerprint):
        raise Refused(None, _("The stored text no longer matches its fingerprint. Tell your administrator."))
    present = {(one.role, str(one.person_id)) for one in engagement.parties.all() if one.accepted_at}
    if present != {(party["role"], party["person"]) for party in said["parties"]}:
        raise Refused(
            None,
            _("Who takes part has changed since this was offered. It must be taken back and offered anew."),
        )


def _day_of_the_talk(engagement: Engagement) -> date:
    """The day on the strength of which is signed; a version keeps it from its first signature."""
    now = standing(engagement)
    if now.parted:
        raise Refused(
            None,
            _("You wrote down that you do not go on together. Only once you both wish to is this signed."),
        )
    if now.met_on is None:
        raise Refused(
            None,
            _("First meet and talk it through. Signing is possible once that day has been written down."),
        )
    return now.met_on


def _refuse_an_empty_gesture(by: Person, typed_name: str, capacity: str, *, agrees: bool) -> None:
    if not agrees:
        raise Refused(
            "agrees", _("Tick this sentence yourself if it is true. Without it there is no signature.")
        )
    if not same_name(typed_name, by.name):
        words = _("This is not the name we know you by: %(name)s. Type your own full name.")
        raise Refused("typed_name", words % {"name": by})
    if not one_line(capacity):
        raise Refused("capacity", _("Say as who you sign, for example for yourself or on behalf of whom."))


def _write(held: Version, role: Role, by: Person, how: dict[str, str]) -> Signature:
    signature = Signature(version=held, role=role, person=by, fingerprint=held.fingerprint, **how)
    signature.signed_at = clock.now()
    signature.save(force_insert=True)
    return signature


def _put_in_force(engagement: Engagement, held: Version, said: Terms) -> None:
    engagement.versions.filter(state=Version.State.IN_FORCE).update(state=Version.State.SUPERSEDED)
    held.state, held.in_force_at = Version.State.IN_FORCE, clock.now()
    held.save(update_fields=["state", "in_force_at"])
    end_amendment(engagement, said)
    put_in_force(
        engagement,
        table=table_in(said),
        fingerprint=held.fingerprint,
        on=clock.today(engagement.time_zone),
    )
    link = f"{settings.BASE_URL}{reverse('agreements:index', args=[engagement.pk])}"
    facts: dict[str, Any] = {"version": held.number, "link": link}
    for person in Person.objects.filter(pk__in={party["person"] for party in said["parties"]}):
        facts = facts | {"formal": is_sponsor(said, person)}
        about = about_whom(said, to=person)
        key = f"agreement_in_force:{held.pk}:{person.pk}"
        post(
            person.email,
            template="agreement_in_force",
            facts=facts | about,
            language=person.language,
            key=key,
            house=held.engagement.organisation_id,
        )
