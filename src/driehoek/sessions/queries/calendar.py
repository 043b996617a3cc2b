"""Sessions as a calendar knows them: when they are, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from driehoek.documents.calendar import Event, Repeats, calendar_text
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import event_at
from driehoek.kit import clock
from driehoek.method.series import Rule
from driehoek.outbox.letters import SESSION
from driehoek.sessions.models import Session


def calendar_of(engagement: Engagement) -> str:
    """The sessions as a calendar file: days and times under a neutral title, nothing else: 1 query."""
    events = [event_of(one, engagement) for one in engagement.sessions.all()]
    return calendar_text(events, written_at=clock.now())


def event_of(session: Session, engagement: Engagement) -> Event:
    """One session for a file or a feed: no queries."""
    return replace(_plain(session, engagement), title=str(SESSION))


def planned_events(engagement: Engagement, sessions: Sequence[Session], rule: Rule | None) -> list[Event]:
    """What was planned at once, for an invitation: a series is one event, so that one answer is enough.

    All events of one invitation are one event to a calendar; with more, each would need a letter of its own.
    """
    if rule is None:
        return [_plain(one, engagement) for one in sessions]
    first = _plain(sessions[0], engagement)
    repeats = Repeats(rule.every_weeks, rule.count, rule.leaves_out)
    return [replace(first, uid=str(sessions[0].series), repeats=repeats)]


def changed_event(engagement: Engagement, session: Session) -> Event:
    """A session that was moved or cancelled, for a letter: by the name under which it was planned."""
    event = _plain(session, engagement)
    if session.series is None:
        return event
    return replace(event, uid=str(session.series), instead_of=session.series_at)


def _plain(session: Session, engagement: Engagement) -> Event:
    url = f"{settings.BASE_URL}{reverse('sessions:index', args=[engagement.pk])}"
    return event_at(session, engagement, url=url)
