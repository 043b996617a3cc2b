"""Switching the own calendar feed on and off, and what it said last."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from driehoek.calendars.models import Feed
from driehoek.kit import clock
from driehoek.people.models import Person
from driehoek.people.queries import hash_of
from driehoek.vault.keys import seal_for_site


@transaction.atomic
def renew_feed(person: Person) -> str:
    """Switch the feed on under a new secret; where there was one, its link stops at once."""
    Feed.objects.filter(person=person).delete()
    secret = secrets.token_urlsafe(32)
    feed = Feed(person=person, secret_hash=hash_of(secret))
    feed.sealed = seal_for_site(secret, purpose=feed.purpose)
    feed.save(force_insert=True)
    return secret


@transaction.atomic
def switch_off_feed(person: Person) -> None:
    """Nobody reads this calendar any more by the link there was."""
    Feed.objects.filter(person=person).delete()


def since_when(feed: Feed, mark: str) -> datetime:
    """Since when the calendar reads as it does now: at most 1 query, when it changed."""
    if feed.told == mark and feed.told_at:
        return feed.told_at
    now = clock.now()
    if feed.told_at:  # never in the second of the version before, which is as fine as a header tells it
        now = max(now, feed.told_at + timedelta(seconds=1))
    Feed.objects.filter(pk=feed.pk).update(told=mark, told_at=now)
    return now
