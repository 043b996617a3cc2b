"""The meetings before and about an agreement: when they are, and who takes part in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from driehoek.access import Permission, Role, Shape
from driehoek.documents.calendar import Event
from driehoek.engagements.models import Engagement, Meeting, Party, Scheduled
from driehoek.kit import clock
from driehoek.people.models import Person

Kind = Meeting.Kind
TALKING: Final = (Role.COACHEE, Role.COACH)
ALL: Final = (*TALKING, Role.CONSULTANT, Role.MANAGER, Role.SPONSOR)
WHO_MEETS: Final[Mapping[str, tuple[Role, ...]]] = {Kind.ACQUAINTANCE: TALKING, Kind.THREE_WAY: ALL}
LASTS: Final[Mapping[str, int]] = {Kind.ACQUAINTANCE: 30, Kind.THREE_WAY: 60}
TO_PLAN: Final[Mapping[str, Permission]] = {
    Kind.ACQUAINTANCE: Permission.WRITE_ACQUAINTANCE,
    Kind.THREE_WAY: Permission.PLAN_MEETING,
}
TO_SEE: Final[Mapping[str, Permission]] = {
    Kind.ACQUAINTANCE: Permission.READ_ACQUAINTANCE,
    Kind.THREE_WAY: Permission.SEE_MEETING,
}
LONGEST: Final = timedelta(minutes=480)


def meeting_of(engagement: Engagement, kind: str) -> Meeting | None:
    """The meeting of this kind that is planned, or was when none was planned after it: 1 query."""
    return engagement.meetings.filter(kind=kind, cancelled_at=None, followed_at=None).first()


def may_see(engagement: Engagement, person: Person, kind: str) -> bool:
    """Whether somebody may know when it is: no queries."""
    return engagement.lets(person, TO_SEE[kind])


def may_plan(engagement: Engagement, person: Person, kind: str) -> bool:
    """Whether somebody plans, moves or cancels it. A sponsor only where nobody is coached: no queries."""
    if not engagement.lets(person, TO_PLAN[kind]):
        return False
    of_work = engagement.roles_of(person) & {Role.COACHEE, Role.COACH, Role.CONSULTANT}
    return bool(of_work) or engagement.shape_ is Shape.CONSULTANCY


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting on the page where it is prepared: when, and where another moment is chosen."""

    at: datetime | None  # on the clock of the engagement, while it is still to come
    past_day: date | None
    url: str
    choose_url: str


def with_standing(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds what `planned_for` reads: the meeting of each kind that is planned, or was the last one."""
    for kind in Kind.values:
        standing = Meeting.objects.filter(
            engagement=OuterRef("pk"), kind=kind, cancelled_at=None, followed_at=None
        )
        engagements = engagements.annotate(
            **{f"meeting_{kind}_{part}": Subquery(standing.values(part)[:1]) for part in ("pk", "starts_at")}
        )
    return engagements


def planned_for(engagement: Engagement, person: Person, kind: str) -> Planned:
    """When it is, or on which day it was; without an address for who does not plan it.

    Needs `with_standing`; no queries.
    """
    starts_at: datetime | None = getattr(engagement, f"meeting_{kind}_starts_at")
    found = getattr(engagement, f"meeting_{kind}_pk")
    choose = reverse(f"book:choose_{kind}", args=[engagement.pk])
    here = starts_at.astimezone(engagement.zone).replace(tzinfo=None) if starts_at else None
    over = starts_at is not None and starts_at <= clock.now()
    return Planned(
        at=None if over else here,
        past_day=here.date() if here and over else None,
        url=reverse("book:meeting", args=[engagement.pk, found]) if found else "",
        choose_url=choose if may_plan(engagement, person, kind) else "",
    )


def taking_part_in(engagement: Engagement, kind: str) -> list[Party]:
    """Who takes part and so is invited: no queries with prefetched parties."""
    return [one for one in engagement.parties_in_order if one.role in WHO_MEETS[kind] and one.accepted_at]


def not_without(engagement: Engagement, kind: str) -> list[Role]:
    """The roles without which nothing is planned, and which nobody holds yet: no queries."""
    two = (Role.CONSULTANT, Role.SPONSOR) if engagement.shape_ is Shape.CONSULTANCY else TALKING
    there = {party.role for party in taking_part_in(engagement, kind)}
    return [role for role in two if role not in there]


def meetings_with(
    engagement: Engagement, roles: Collection[Role], starts: datetime, ends: datetime
) -> QuerySet[Meeting]:
    """The meetings between two moments of those who hold these roles here, wherever they are."""
    people = Party.objects.filter(engagement=engagement, role__in=roles).values("person")
    places = Party.objects.filter(engagement=OuterRef("engagement"), person__in=people)
    places = places.filter(accepted_at__isnull=False)
    return Meeting.objects.filter(
        Q(Exists(places), kind=Kind.THREE_WAY) | Q(Exists(places.filter(role__in=TALKING))),
        cancelled_at=None,
        starts_at__lt=ends,
        starts_at__gt=starts - LONGEST,
    )


def meetings_of(person: Person) -> Sequence[Meeting]:
    """Every meeting somebody is invited to, also a cancelled one, with its engagement: 1 query."""
    mine = Party.objects.filter(engagement=OuterRef("engagement"), person=person, accepted_at__isnull=False)
    found = Meeting.objects.filter(
        Q(Exists(mine), kind=Kind.THREE_WAY) | Q(Exists(mine.filter(role__in=TALKING)))
    )
    return list(found.select_related("engagement").order_by("starts_at", "pk"))


def meeting_event(meeting: Meeting, *, title: str = "") -> Event:
    """A meeting as a calendar knows it: its moment only, not even of which kind it is: no queries."""
    return event_at(meeting, meeting.engagement, url=meeting_link(meeting), title=title)


def event_at(one: Scheduled, engagement: Engagement, *, url: str, title: str = "") -> Event:
    """What is scheduled as a calendar knows it: no queries."""
    return Event(
        uid=str(one.pk),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        title=title,
        url=url,
        version=one.version,
        cancelled=one.is_cancelled,
        time_zone=engagement.time_zone,
        changed_at=one.changed_at,
    )


def meeting_link(meeting: Meeting) -> str:
    """Where a meeting is looked at; the address does not tell of which kind it is."""
    return f"{settings.BASE_URL}{reverse('book:meeting', args=[meeting.engagement_id, meeting.pk])}"
