"""The engagements that may ask something of their reader, for the page of today."""

from collections import defaultdict
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Coalesce

from driehoek.access import OVER, Permission, Role, Stage
from driehoek.engagements.models import Engagement, EngagementQuerySet, Party
from driehoek.kit import clock
from driehoek.kit.prepared import Given, Prepared, lay_beside
from driehoek.people.models import Person
from driehoek.web.queries.rooms import with_signs

READER: Final = Given("person", UUIDField())
LOADED: Final = 60
"""So many of the newest engagements are asked what they need; nobody has more of them under way."""


def newest_under_way(person: Person) -> list[Engagement]:
    """The newest of them, with their parties and what the rooms need to know: 2 queries, 1 for none."""
    found = _NEWEST.ask(person=person, today=clock.today(), now=clock.now())
    if not found:
        return []
    parties: dict[UUID, list[Party]] = defaultdict(list)
    for party in _PARTIES.ask(person=person):
        parties[party.engagement_id].append(party)
    for one in found:
        lay_beside(one, "parties", parties[one.pk])
        one.only_read()
    return found


def _under_way() -> EngagementQuerySet:
    """Where the reader takes part, or made it and only has to invite; the newest first.

    A closed one asks at most for a release, of its coachee.
    """
    mine = Party.objects.filter(engagement=OuterRef("pk"), person=READER, accepted_at__isnull=False)
    begun = Q(made_by=READER, stage=Stage.PREPARING)
    guided = Q(Exists(mine.filter(role=Role.COACHEE)))
    found = Engagement.objects.open_to(READER, Permission.SEE_ENGAGEMENT)
    return (
        found.filter(Exists(mine) | begun)
        .filter(~Q(stage__in=OVER) | (guided & Q(stage=Stage.CLOSED)))
        .order_by("-made_at")
    )


def _seen() -> QuerySet[Engagement]:
    """Each of them also tells how many there are that are not closed."""
    is_open = _under_way().exclude(stage__in=OVER).order_by()
    counted = is_open.annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values("count")
    found = _under_way().annotate(open_in_all=Coalesce(Subquery(counted), 0))
    return with_signs(found.as_seen_by(READER))[:LOADED]


def _parties() -> QuerySet[Party]:
    found = Party.objects.filter(engagement__in=_under_way().values("pk")[:LOADED])
    return found.select_related("person", "organisation")


_NEWEST: Final = Prepared(_seen)
_PARTIES: Final = Prepared(_parties)
