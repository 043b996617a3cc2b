"""Sessions as a calendar knows them: when they are, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from driehoek.documents.calendar import Event, Repeats, calendar_text
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import event_at
from driehoek.kit import clock
from driehoek.method.series import Rule, rule_of
from driehoek.outbox.letters import SESSION
from driehoek.sessions.models import Session


def calendar_of(engagement: Engagement) -> str:
    """The sessions as a calendar file: days and times under a neutral title, nothing else: 1 query."""
    return calendar_text(events_of(engagement.sessions.all(), engagement), written_at=clock.now())


def events_of(sessions: Iterable[Session], engagement: Engagement) -> list[Event]:
    """All sessions of an engagement for a file or a feed, by the names that invitations use: no queries.

    What was planned at once is one event that repeats, and each turn that went differently since.
    """
    alone, series = list[Session](), defaultdict[UUID, list[Session]](list)
    for one in sessions:
        (series[one.series] if one.series else alone).append(one)
    events = [event for turns in series.values() for event in _as_series(turns, engagement)]
    return events + [event_of(one, engagement) for one in alone]


def event_of(session: Session, engagement: Engagement) -> Event:
    """One session by itself, for a calendar that is written to: no queries."""
    return replace(_plain(session, engagement), title=str(SESSION))


def _as_series(turns: Sequence[Session], engagement: Engagement) -> list[Event]:
    moments = {one.series_at: one for one in turns if one.series_at}
    rule = rule_of(list(moments), timezone=engagement.time_zone)
    if rule is None:  # nothing was planned so; but rather twice in a calendar than on a wrong day
        return [event_of(one, engagement) for one in turns]
    begins = min(moments)
    first = event_of(moments[begins], engagement)
    whole = replace(
        first,
        uid=str(turns[0].series),
        starts_at=begins,
        ends_at=begins + (first.ends_at - first.starts_at),
        version=0,
        cancelled=False,
        changed_at=min(one.changed_at for one in turns),
        repeats=Repeats(rule.every_weeks, rule.count, rule.leaves_out),
    )
    changed = (one for one in turns if one.version or one.starts_at != one.series_at)
    return [whole, *(_turn(event_of(one, engagement), one) for one in changed)]


def _turn(event: Event, session: Session) -> Event:
    """By the name under which it was planned."""
    if session.series is None:
        return event
    return replace(event, uid=str(session.series), instead_of=session.series_at)


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
    return _turn(_plain(session, engagement), session)


def _plain(session: Session, engagement: Engagement) -> Event:
    url = f"{settings.BASE_URL}{reverse('sessions:index', args=[engagement.pk])}"
    return event_at(session, engagement, url=url)
