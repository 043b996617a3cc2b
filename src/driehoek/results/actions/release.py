"""Releasing a document to manager or sponsor, and taking it back."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.actions import hold
from driehoek.engagements.models import Engagement, Party
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.models import Person
from driehoek.results.models import Release
from driehoek.results.queries import Material, compose, material, releasable
from driehoek.results.wording import ITEM_KINDS, ITEM_WORDS


@transaction.atomic
def release(
    engagement: Engagement, *, by: Person, receiver: Role, items: Collection[str], seen: str
) -> Release:
    """Give manager or sponsor a document to read and keep, exactly as it was looked at.

    `seen` is the fingerprint of the preview. Refuses what the agreement in force does not let go to this
    receiver, and a document that changed since it was looked at. The same document twice is one release.
    """
    hold(engagement, Permission.RELEASE)
    refuse_outside_agreement(engagement, receiver, items)
    found = material(engagement)
    document, result_ids = compose(found, receiver=receiver, items=items)
    if found.version is None or fingerprint(document) != seen:
        raise Refused(None, _("Something changed since you looked. Read it again before you release it."))
    standing = engagement.releases.filter(receiver=receiver, fingerprint=seen, withdrawn_at=None).first()
    if standing is not None:
        return standing
    made = Release.objects.create(
        engagement=engagement,
        receiver=receiver,
        kinds=_kinds(found, items),
        result_ids=result_ids,
        under=found.version,
        content=canonical(document).decode(),
        fingerprint=seen,
        released_by=by,
        released_at=clock.now(),
    )
    _tell(engagement, made)
    return made


def _kinds(found: Material, items: Collection[str]) -> list[str]:
    """The rows of the table that this document was released under, in the order of the table."""
    return list(
        dict.fromkeys(str(kind) for item, kind in ITEM_KINDS.items() if item in items and found.holds(item))
    )


def refuse_outside_agreement(engagement: Engagement, receiver: Role, items: Collection[str]) -> None:
    """Raises Refused unless the disclosure table in force lets every item go to this receiver."""
    party = engagement.party(receiver)
    if party is None or not party.accepted_at:
        raise Refused("receiver", _("Nobody takes part in this role."))
    if not items:
        raise Refused("items", _("Choose at least one part to release."))
    if shut := [item for item in items if ITEM_KINDS[item] not in releasable(engagement, receiver)]:
        words = {"what": ITEM_WORDS[shut[0]][0], "name": party.person}
        raise Refused("items", _("%(what)s: the agreement says that %(name)s never sees this.") % words)


@transaction.atomic
def withdraw_release(release: Release) -> Release:
    """Hide a released document from now on. What was read stays known, and its line stays on the list."""
    hold(release.engagement, Permission.RELEASE)
    held = Release.objects.select_for_update().get(pk=release.pk)
    release.withdrawn_at = held.withdrawn_at or clock.now()
    release.save(update_fields=["withdrawn_at"])
    return release


def _tell(engagement: Engagement, made: Release) -> None:
    party: Party | None = engagement.party(Role(made.receiver))
    coachee = engagement.party(Role.COACHEE)
    if party is None or coachee is None:
        return
    post(
        party.person.email,
        template="released",
        facts={
            "by": coachee.person.name or coachee.person.email,
            "formal": made.receiver == Role.SPONSOR,
            "link": f"{settings.BASE_URL}{reverse('results:released', args=[engagement.pk, made.pk])}",
        },
        language=party.person.language,
        key=f"release:{made.pk}",
        house=engagement.organisation_id,
    )
