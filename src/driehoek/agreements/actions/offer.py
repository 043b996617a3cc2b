"""Offering a version, taking it back, and saying no to it."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import POLICY, Permission, Role
from driehoek.agreements.actions.desk import open_for_changes, take
from driehoek.agreements.models import Version
from driehoek.agreements.queries.frozen import (
    Terms,
    roles_signing,
    signers_in,
    terms,
    version_in_force,
    version_offered,
)
from driehoek.agreements.queries.goals import goals_of
from driehoek.agreements.queries.missing import missing
from driehoek.agreements.queries.snapshot import listed, snapshot
from driehoek.agreements.queries.standing import standing
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.models import Person


@transaction.atomic
def offer(engagement: Engagement, *, by: Person) -> Version:
    """Freeze everything that was written and lay it before all who must sign.

    Refuses with everything that is still missing. Offering twice is offering once.
    """
    held = take(engagement)
    if there := version_offered(held):
        return there
    open_for_changes(held)
    now, goals = standing(held), goals_of(held)
    draft = now.draft
    if gaps := missing(held, draft, goals, parted=now.parted, comments=now.open_comments):
        words = _("This cannot be offered yet. Still missing: %(what)s.")
        raise Refused(None, words % {"what": "; ".join(gap.what for gap in gaps)})
    said = snapshot(held, draft, goals, _next_number(held))
    _refuse_nothing_new(held, said)
    version = Version(
        engagement=held,
        number=said["number"],
        canonical=canonical(said).decode(),
        fingerprint=fingerprint(said),
        stumbling_blocks=draft.stumbling_blocks,
        salt=draft.salt,
        **listed(draft),
        offered_by=by,
        offered_at=clock.now(),
    )
    try:
        with transaction.atomic():
            version.save(force_insert=True)
    except IntegrityError:
        return held.versions.get(state=Version.State.OFFERED)
    _write_to_signers(version, said, by=by)
    return version


@transaction.atomic
def withdraw(version: Version, *, by: Person) -> None:
    """Take an offered version back, so that it can be changed. Twice does no harm.

    Refuses for anybody but who offered it, and once everybody has signed.
    """
    take(version.engagement)
    held = Version.objects.get(pk=version.pk)
    if held.state == Version.State.WITHDRAWN:
        return
    if held.offered_by_id != by.pk:
        words = _("This version was offered by %(name)s. Only they can take it back.")
        raise Refused(None, words % {"name": held.offered_by})
    if held.state != Version.State.OFFERED:
        raise Refused(None, why_closed(held))
    held.state, held.withdrawn_at = Version.State.WITHDRAWN, clock.now()
    held.save(update_fields=["state", "withdrawn_at"])


@transaction.atomic
def decline(version: Version, *, by: Person, reason: str) -> None:
    """Not sign this version, and say why, so that it can be changed. Twice does no harm.

    Refuses for somebody who does not sign, or has signed, and once it is no longer offered.
    """
    take(version.engagement)
    held = Version.objects.get(pk=version.pk)
    roles = roles_signing(terms(held), by)
    if held.state == Version.State.DECLINED and held.declined_by in roles:
        return
    if not roles:
        raise Refused(None, not_a_signer())
    if held.state != Version.State.OFFERED:
        raise Refused(None, why_closed(held))
    if held.signatures.filter(person=by).exists():
        raise Refused(None, _("You have signed this version. Ask who offered it to take it back."))
    held.state, held.declined_by, held.decline_reason = Version.State.DECLINED, roles[0], reason
    held.declined_at = clock.now()
    held.save(update_fields=["state", "declined_by", "declined_at", "decline_reason"])
    _write_to_drafters(held, by=by)


def not_a_signer() -> str:
    """Why somebody cannot sign or decline."""
    return _("This version is signed by those whom it names as signing. You are not one of them.")


def why_closed(version: Version) -> str:
    """Why a version cannot be signed, declined or withdrawn any more."""
    number = {"number": version.number}
    later = _number_after(version)
    if later and version.state == Version.State.WITHDRAWN:
        words = _("Version %(number)d was taken back, and version %(later)d came after it. Read that one.")
        return words % {"number": version.number, "later": later}
    if version.state == Version.State.WITHDRAWN:
        return _("Version %(number)d was taken back. Wait for the next one.") % number
    if version.state == Version.State.DECLINED:
        return _("Version %(number)d was declined. Talk about it; a next version can follow.") % number
    if version.state == Version.State.SUPERSEDED:
        return _("Version %(number)d was replaced by a later one.") % number
    return _("Version %(number)d has been signed by everyone and is in force.") % number


def _refuse_nothing_new(held: Engagement, said: Terms) -> None:
    in_force = version_in_force(held)
    if in_force and {**terms(in_force), "number": said["number"]} == said:
        words = _("Nothing differs from version %(number)d, which is in force.")
        raise Refused(None, words % {"number": in_force.number})


def _number_after(version: Version) -> int | None:
    """The latest version that was offered after this one."""
    later = Version.objects.filter(engagement_id=version.engagement_id, number__gt=version.number)
    return later.order_by("-number").values_list("number", flat=True).first()


def _next_number(held: Engagement) -> int:
    last = held.versions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _write_to_signers(version: Version, said: Terms, *, by: Person) -> None:
    link = f"{settings.BASE_URL}{reverse('agreements:sign', args=[version.engagement_id])}"
    facts: dict[str, Any] = {"by": str(by), "version": version.number, "link": link}
    others = set(signers_in(said).values()) - {str(by.pk)}
    for person in Person.objects.filter(pk__in=others):
        facts = facts | {"formal": is_sponsor(said, person)}
        key = f"agreement_offered:{version.pk}:{person.pk}"
        post(
            person.email,
            template="agreement_offered",
            facts=facts | about_whom(said, to=person),
            language=person.language,
            key=key,
            house=version.engagement.organisation_id,
        )


def _write_to_drafters(version: Version, *, by: Person) -> None:
    """That it was declined, and never why: the reason stands on the page."""
    said = terms(version)
    link = f"{settings.BASE_URL}{reverse('agreements:index', args=[version.engagement_id])}"
    facts = {"asked": "read_declined", "link": link}
    writing = {
        one["person"] for one in said["parties"] if one["role"] in POLICY[Permission.DRAFT_AGREEMENT].roles
    }
    for person in Person.objects.filter(pk__in=writing).exclude(pk=by.pk):
        key = f"declined:{version.pk}:{person.pk}"
        about = about_whom(said, to=person)
        post(
            person.email,
            template="your_turn",
            facts=facts | about,
            language=person.language,
            key=key,
            house=version.engagement.organisation_id,
        )


def is_sponsor(said: Terms, person: Person) -> bool:
    """Whether somebody is addressed as a sponsor in letters about this version."""
    return any((one["role"], one["person"]) == (Role.SPONSOR, str(person.pk)) for one in said["parties"])


def about_whom(said: Terms, *, to: Person) -> dict[str, str]:
    """Whose engagement this is, for a letter: the coachee's, or the sponsor's where nobody is coached.

    Nothing for that very person, who reads "your engagement".
    """
    there = {party["role"]: party for party in said["parties"]}
    whose = there.get(Role.COACHEE) or there.get(Role.SPONSOR)
    if whose is None:
        return {"about": str(said["title"])}
    return {} if whose["person"] == str(to.pk) else {"about": str(whose["name"])}
