"""Giving a meeting its moment, and cancelling it. Whether the moment is free, the room of booking knows."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.engagements.actions.holding import hold
from driehoek.engagements.models import Engagement, Meeting, Party
from driehoek.engagements.queries.meetings import (
    LASTS,
    TO_PLAN,
    WHO_MEETS,
    meeting_event,
    meeting_link,
    meeting_of,
)
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.outbox.actions import post
from driehoek.people.models import Person


def put_meeting(engagement: Engagement, kind: str, starts_at: datetime, *, by: Person) -> Meeting:
    """Plan the meeting, or move the one that is planned, in an engagement that is held for this deed.

    One that is over stays as it was, and makes place for the next.
    """
    standing, now = meeting_of(engagement, kind), clock.now()
    if standing and not standing.has_begun:
        standing.starts_at, standing.changed_at, standing.planned_by = starts_at, now, by
        standing.moves += 1
        standing.save(update_fields=["starts_at", "changed_at", "planned_by", "moves"])
        _tell(engagement, standing, "meeting_moved")
        return standing
    if standing:
        standing.followed_at = now
        standing.save(update_fields=["followed_at"])
    meeting = Meeting.objects.create(
        engagement=engagement,
        kind=kind,
        starts_at=starts_at,
        minutes=LASTS[kind],
        changed_at=now,
        planned_by=by,
    )
    _tell(engagement, meeting, "meeting_planned")
    return meeting


@transaction.atomic
def cancel_meeting(engagement: Engagement, kind: str, *, by: Person) -> None:
    """Call off what is planned; before an agreement that never costs anything. Twice is once.

    Refuses a meeting that has begun.
    """
    engagement = hold(engagement, TO_PLAN[kind])
    standing = meeting_of(engagement, kind)
    if standing is None:
        return
    if standing.has_begun:
        raise Refused(None, _("This meeting has begun, so it is not cancelled any more."))
    _cancel(engagement, standing)


def lapse_meetings(engagement: Engagement) -> None:
    """What ends leaves nothing to meet about: what is still to come is called off. Twice is once."""
    for one in engagement.meetings.filter(cancelled_at=None, starts_at__gt=clock.now()):
        _cancel(engagement, one)


def invite_to_meetings(party: Party) -> None:
    """Who takes part from now on is invited to what the others planned before."""
    for one in party.engagement.meetings.filter(cancelled_at=None, starts_at__gt=clock.now()):
        if party.role in WHO_MEETS[one.kind]:
            _write(party, one, "meeting_planned")


def leave_meetings(party: Party) -> None:
    """Who steps out is rid of what the others planned, also in the calendar. Before the place is empty."""
    for one in party.engagement.meetings.filter(cancelled_at=None, starts_at__gt=clock.now()):
        if party.role in WHO_MEETS[one.kind]:
            one.moves, one.cancelled_at = one.moves + 1, clock.now()  # for this reader only: not kept
            _write(party, one, "meeting_cancelled")


def _cancel(engagement: Engagement, meeting: Meeting) -> None:
    meeting.cancelled_at = meeting.changed_at = clock.now()
    meeting.save(update_fields=["cancelled_at", "changed_at"])
    _tell(engagement, meeting, "meeting_cancelled")


def _tell(engagement: Engagement, meeting: Meeting, template: str) -> None:
    """To everybody who takes part, also to who did it, for the calendar in which it stands."""
    meeting.engagement = engagement
    parties = engagement.parties.filter(role__in=WHO_MEETS[meeting.kind], accepted_at__isnull=False)
    by_person = {party.person_id: party for party in parties.select_related("person").order_by("role")}
    for party in by_person.values():
        _write(party, meeting, template)


def _write(party: Party, meeting: Meeting, template: str) -> None:
    person = party.person
    post(
        person.email,
        template=template,
        facts={
            "at": meeting.starts_at.astimezone(UTC),
            "link": meeting_link(meeting),
            "events": [meeting_event(meeting)],
            "formal": party.role == Role.SPONSOR,
        },
        language=person.language,
        key=f"{template}:{meeting.pk}:{meeting.version}:{person.pk}",
        house=meeting.engagement.organisation_id,
    )
