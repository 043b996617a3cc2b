"""What stands in somebody's calendar, and how a program finds it."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid5

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import override, pgettext

from driehoek.access import Permission, Shape, Stage
from driehoek.calendars.models import Feed
from driehoek.documents.calendar import Day, Event, feed_text
from driehoek.documents.time_zones import zone_of
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import meeting_event, meetings_of
from driehoek.method.reviews import PlannedReview
from driehoek.outbox.letters import MEETING
from driehoek.people.models import Person
from driehoek.people.queries import hash_of
from driehoek.reviews.queries import planned_reviews, with_agreed
from driehoek.sessions.models import Session
from driehoek.sessions.queries import events_of
from driehoek.vault.keys import open_for_site
from driehoek.vault.sealing import Unreadable

FRESH_FOR: Final = timedelta(hours=1)
_UNDER_WAY: Final = (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING)


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a feed: as it is copied, and as a phone opens it in its calendar."""

    address: str
    for_a_phone: str


def feed_of(secret: str) -> Feed | None:
    """The feed with this secret, of somebody who may still sign in: 1 query, whether there is one or not."""
    found = Feed.objects.filter(secret_hash=hash_of(secret), person__is_active=True)
    return found.select_related("person").first()


def link_of(person: Person) -> Link | None:
    """Where the own feed is read, when it is switched on: 1 query.

    Empty when it works but cannot be shown any more, since the master key of its day was taken away.
    """
    feed = Feed.objects.filter(person=person).first()
    if feed is None:
        return None
    try:
        secret = open_for_site(bytes(feed.sealed), purpose=feed.purpose)
    except Unreadable:
        return Link("", "")
    address = f"{settings.BASE_URL}{reverse('calendars:feed', args=[secret])}"
    return Link(address, urlsplit(address)._replace(scheme="webcal").geturl())


def calendar_for(feed: Feed) -> str:
    """Everything in the calendar of a person, in their own language: 3 queries, however much it is."""
    person = feed.person
    talks = Engagement.objects.open_to(person, Permission.SEE_SESSION_DATES)
    works = Engagement.objects.open_to(person, Permission.READ_DELIVERABLES).filter(shape=Shape.CONSULTANCY)
    engagements = list(with_agreed(talks | works).order_by("pk"))
    sessions = defaultdict(list)
    for one in Session.objects.filter(engagement__in=[e.pk for e in engagements]).order_by("starts_at", "pk"):
        sessions[one.engagement_id].append(one)
    with override(person.language):
        events = [found for one in engagements for found in _events(one, sessions[one.pk])]
        events += [meeting_event(one, title=str(MEETING)) for one in meetings_of(person)]
        return feed_text(events, written_at=feed.made_at, name="Driehoek", fresh_for=FRESH_FOR)


def mark_of(text: str) -> str:
    """A short name for exactly this calendar."""
    return hashlib.sha256(text.encode()).hexdigest()


def _events(engagement: Engagement, sessions: Sequence[Session]) -> Iterator[Event | Day]:
    yield from events_of(sessions, engagement)
    for review, on in _reviews(engagement, sessions):
        beside = next((one for one in sessions if one.nth == review.after and not one.is_cancelled), None)
        yield Day(
            str(uuid5(engagement.pk, "review" if review.review == "interim" else f"review {review.review}")),
            on,
            pgettext("in a calendar", "Review"),
            url=f"{settings.BASE_URL}{reverse('engagement', args=[engagement.pk])}",
            changed_at=beside.changed_at if beside else None,
        )


def _reviews(engagement: Engagement, sessions: Sequence[Session]) -> list[tuple[PlannedReview, date]]:
    """The reviews with a day of their own while they count: with their session, wherever that was moved."""
    if engagement.stage_ not in _UNDER_WAY:
        return []
    zone = zone_of(engagement.time_zone) or UTC
    days = {one.nth: localtime(one.starts_at, zone).date() for one in sessions if not one.is_cancelled}
    last_day = engagement.stops_on or date.max
    planned = (one for one in planned_reviews(engagement, days) if one.has_own_day)
    return [(one, one.on) for one in planned if one.on and one.on <= last_day]
