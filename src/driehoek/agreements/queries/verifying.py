"""What a sealed document says about itself, for somebody who may know nothing else."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from driehoek.agreements.models import Version
from driehoek.documents.seal import NotSealed, read_seal, sealer

Finding = Literal["current", "replaced", "altered", "unknown", "elsewhere", "not_sealed"]
_MARK = re.compile(r"driehoek agreement ([0-9a-f-]{36}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a document is unaltered and still holds. No title, no name, no word of what was agreed."""

    finding: Finding
    number: int | None = None
    in_force_at: datetime | None = None
    sealed_at: datetime | None = None


def mark_of(version: Version) -> str:
    """What is sealed into the document: which version this is, and the fingerprint of its text."""
    return f"driehoek agreement {version.pk} {version.fingerprint}"


def verdict_on(pdf: bytes) -> Verdict:
    """Whether this file is an agreement of ours, unaltered and current: 1 query, none for other files."""
    try:
        seal = read_seal(pdf, sealer=sealer())
    except NotSealed:
        return Verdict("not_sealed")
    if not seal.is_intact:
        return Verdict("altered")
    if not seal.is_ours:
        return Verdict("elsewhere", sealed_at=seal.sealed_at)
    version = _sealed_version(seal.reason)
    if version is None:
        return Verdict("unknown", sealed_at=seal.sealed_at)
    finding: Finding = "current" if version.state == Version.State.IN_FORCE else "replaced"
    return Verdict(finding, version.number, version.in_force_at, seal.sealed_at)


def _sealed_version(mark: str) -> Version | None:
    if not (found := _MARK.fullmatch(mark)):
        return None
    known = Version.objects.filter(pk=UUID(found.group(1)), fingerprint=found.group(2))
    return known.filter(in_force_at__isnull=False).first()
