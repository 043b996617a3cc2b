"""Whether what is stored is still what was signed."""

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any, Final

from driehoek.access import Stage
from driehoek.agreements.models import Version
from driehoek.agreements.queries.frozen import table_in, terms
from driehoek.agreements.queries.snapshot import commitment_of
from driehoek.documents.fingerprint import canonical
from driehoek.engagements.models import Engagement
from driehoek.vault import keys
from driehoek.vault.sealing import Unreadable

# Bytes that no key opens, or an opened text that is not what we write: no JSON, or parts missing.
_UNREADABLE: Final = (Unreadable, ValueError, LookupError, TypeError)


def check_fingerprints() -> list[str]:
    """Every mismatch between text, fingerprint and the table in use, in plain sentences; empty is good.

    One query per version and per engagement: for the command line, not for a page.
    """
    return [*_versions(), *_engagements()]


def _versions() -> Iterator[str]:
    found = Version.objects.select_related("engagement__data_key").order_by("engagement", "number")
    for version in found.iterator(chunk_size=200):
        if version.engagement.data_key is None:
            continue  # erased on purpose: there is no text any more
        name = f"Version {version.number} of engagement {version.engagement_id}"
        try:
            keys.warm([version.engagement.data_key])
            yield from _of_text(version, name)
        except _UNREADABLE:
            yield f"{name}: what is stored cannot be read."
        for signature in version.signatures.all():
            if signature.fingerprint != version.fingerprint:
                yield f"{name}: the signature of the {signature.role} is under another text."


def _of_text(version: Version, name: str) -> Iterator[str]:
    if not hmac.compare_digest(fingerprint_of(version), version.fingerprint):
        yield f"{name}: the text does not match its fingerprint."
    elif canonical(terms(version)).decode() != version.canonical:
        yield f"{name}: the text is not in its canonical form."
    if terms(version)["stumbling_blocks"]["commitment"] != commitment_of(version):
        yield f"{name}: the stumbling blocks do not match the seal that was signed."


def _engagements() -> Iterator[str]:
    started = Engagement.objects.exclude(stage__in=[Stage.PREPARING, Stage.DROPPED], fingerprint_in_force="")
    for engagement in started.select_related("data_key").iterator(chunk_size=200):
        version = engagement.versions.filter(state=Version.State.IN_FORCE).first()
        name = f"Engagement {engagement.pk}"
        if version is None:
            yield f"{name} has started without an agreement in force."
        elif version.fingerprint != engagement.fingerprint_in_force:
            yield f"{name} works under another agreement than the one in force."
        elif engagement.data_key and _signed_table(version) not in (None, engagement.disclosure):
            yield f"{name} shows by another disclosure table than the one that was signed."


def _signed_table(version: Version) -> Any:
    """The table of a version; None when it cannot be read, which is said of the version itself."""
    try:
        return table_in(terms(version)).as_json()
    except _UNREADABLE:
        return None


def fingerprint_of(version: Version) -> str:
    """The fingerprint of the bytes that are stored: no queries."""
    return hashlib.sha256(version.canonical.encode()).hexdigest()
