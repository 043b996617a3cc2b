"""What is sealed into a released report, which release a seal belongs to, and whether that still stands."""

import re
from typing import Literal
from uuid import UUID

from driehoek.results.models import Release

Standing = Literal["stands", "followed", "withdrawn"]
_MARK = re.compile(r"driehoek report ([0-9a-f-]{36}) ([0-9a-f]{64})")


def mark_of(release: Release) -> str:
    """What is sealed into the document: which release this is, and the fingerprint of its text."""
    return f"driehoek report {release.pk} {release.fingerprint}"


def release_marked(mark: str) -> Release | None:
    """The release that was sealed with this mark, withdrawn or not: 1 query, none for another mark."""
    if not (found := _MARK.fullmatch(mark)):
        return None
    return Release.objects.filter(pk=UUID(found.group(1)), fingerprint=found.group(2)).first()


def standing_of(release: Release) -> Standing:
    """Whether a release still stands, alone or with a later one to the same reader: 1 query at most.

    Which parts the later one holds is not looked at: that would tell something of what stands in it.
    """
    if release.withdrawn_at:
        return "withdrawn"
    later = Release.objects.filter(
        engagement=release.engagement_id,
        receiver=release.receiver,
        released_at__gt=release.released_at,
        withdrawn_at=None,
    )
    return "followed" if later.exists() else "stands"
