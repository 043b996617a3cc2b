"""What is sealed into an agreement, and which version a seal belongs to."""

import re
from uuid import UUID

from driehoek.agreements.models import Version

_MARK = re.compile(r"driehoek agreement ([0-9a-f-]{36}) ([0-9a-f]{64})")


def mark_of(version: Version) -> str:
    """What is sealed into the document: which version this is, and the fingerprint of its text."""
    return f"driehoek agreement {version.pk} {version.fingerprint}"


def version_marked(mark: str) -> Version | None:
    """The version that was sealed with this mark, in force or replaced: 1 query, none for another mark."""
    if not (found := _MARK.fullmatch(mark)):
        return None
    known = Version.objects.filter(pk=UUID(found.group(1)), fingerprint=found.group(2))
    return known.filter(in_force_at__isnull=False).first()
