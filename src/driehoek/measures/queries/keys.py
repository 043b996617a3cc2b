"""Keys with which a program sends values, and what one opens."""

from uuid import UUID

from driehoek.access import Permission
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import with_parties
from driehoek.measures.models import SeriesKey
from driehoek.people.queries import hash_of


def keys_of(engagement: Engagement, criterion_id: UUID) -> list[SeriesKey]:
    """The keys of one series, the newest first, with who made them: 1 query."""
    found = engagement.series_keys.filter(criterion_id=criterion_id)
    return list(found.select_related("made_by", "withdrawn_by").order_by("-made_at"))


def key_of(secret: str) -> SeriesKey | None:
    """The key with this secret, unless it was withdrawn: 1 query."""
    found = SeriesKey.objects.filter(secret_hash=hash_of(secret), withdrawn_at=None)
    return found.select_related("engagement", "made_by").first()


def opened_by(key: SeriesKey) -> Engagement | None:
    """The engagement of a key, as whoever made it may write in it now; None when they may not: 2 queries."""
    mine = Engagement.objects.open_to(key.made_by, Permission.ENTER_MEASUREMENTS)
    found = mine.as_seen_by(key.made_by).filter(pk=key.engagement_id).first()
    return with_parties(found) if found else None
