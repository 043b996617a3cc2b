"""What is asked of somebody now, and the stops on the path."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, Self

from django.db.models import DateField, DateTimeField, OuterRef, QuerySet, Subquery, UUIDField
from django.utils.translation import gettext as _

from driehoek.access import Kind, Permission, Role, Stage, must_sign, roles_in
from driehoek.engagements.models import Engagement, Meeting, Party, Pause
from driehoek.engagements.queries.seeing import Seen, who_sees
from driehoek.engagements.wording import ROLE_WORDS
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.prepared import Given
from driehoek.outbox.queries import latest_failed
from driehoek.people.models import Person


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks what is asked of them, and when: what the signs of the rooms depend on."""

    person: Person | Given
    today: date | Given
    now: datetime | Given

    @classmethod
    def by(cls, person: Person) -> Self:
        """At this moment."""
        return cls(person, clock.today(), clock.now())


ANYBODY: Final = Asking(
    Given("person", UUIDField()), Given("today", DateField()), Given("now", DateTimeField())
)
"""The same for a query that is put together once: `person`, `today` and `now` are given when it is asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is asked of somebody now. A lower `rank` comes first.

    `seen` says who reads what is given there, where that is not what the agreement says of its kind.
    """

    engagement: Engagement
    title: str
    url: str
    rank: int
    minutes: int | None = None
    kind: Kind | None = None
    button: str = ""
    explained: str = ""
    seen: Seen | None = None

    def chip(self, person: Person) -> Seen | None:
        """Who sees what this is about, for `person`: no queries."""
        return self.seen or (who_sees(self.engagement, self.kind, person) if self.kind else None)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the path of an engagement, past or planned; at one that is `stuck` nothing goes on."""

    kind: Literal["session", "talk", "milestone", "measure"]
    label: str
    on: date | None
    done: bool
    url: str = ""
    number: int | None = None
    stuck: bool = False


def missing_roles(engagement: Engagement) -> list[Role]:
    """Roles without which no agreement can be signed, and which nobody holds or was asked for: no queries."""
    filled = {party.role_ for party in engagement.parties.all() if not party.declined_at}
    needed = must_sign(engagement.shape_, ())
    return [role for role in roles_in(engagement.shape_) if role in needed and role not in filled]


def unanswered(engagement: Engagement) -> list[Party]:
    """Invitations that wait for their answer, from the prefetched parties: no queries."""
    return [p for p in engagement.parties_in_order if not p.accepted_at and not p.declined_at]


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds when meetings are planned, and on which day a pause was expected to end."""
    standing = Pause.objects.filter(engagement=OuterRef("pk"), ended_at=None)
    planned = Meeting.objects.filter(engagement=OuterRef("pk"), cancelled_at=None, starts_at__gt=by.now)
    moments = {
        f"engagements_{kind}_at": Subquery(planned.filter(kind=kind).values("starts_at")[:1])
        for kind in Meeting.Kind.values
    }
    unanswered = Party.objects.filter(engagement=OuterRef("pk"), accepted_at=None, declined_at=None)
    lost = unanswered.alias(lost=latest_failed()).filter(lost=True).order_by("role")
    return engagements.annotate(
        engagements_expected_on=Subquery(standing.values("expected_on")[:1]),
        engagements_lost=Subquery(lost.values("role")[:1]),
        **moments,
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """Inviting whoever must sign, an invitation that came back, and going on after a pause: no queries."""
    if engagement.stage_ is Stage.PAUSED:
        return _resume_step(engagement, person)
    if not engagement.lets(person, Permission.INVITE_PARTIES):
        return []
    return [*_invite_step(engagement), *_lost_step(engagement)]


def _invite_step(engagement: Engagement) -> list[Step]:
    missing = missing_roles(engagement)
    if not missing:
        return []
    roles = ", ".join(str(ROLE_WORDS[role]) for role in missing)
    return [
        Step(
            engagement=engagement,
            title=_("Invite somebody as %(roles)s") % {"roles": roles},
            url=reverse("engagements:parties", args=[engagement.pk]),
            rank=5,
            minutes=2,
            button=_("Invite"),
            explained=_("Without everyone who signs, no agreement can be made."),
        )
    ]


def _lost_step(engagement: Engagement) -> list[Step]:
    role = getattr(engagement, "engagements_lost", None)
    if not role:
        return []
    words = {"role": str(ROLE_WORDS[Role(role)])}
    return [
        Step(
            engagement=engagement,
            title=_("The invitation for the %(role)s could not be delivered") % words,
            url=reverse("engagements:parties", args=[engagement.pk]),
            rank=4,
            minutes=2,
            button=_("Look at the address"),
            explained=_("The mail could not be delivered, so nobody can answer it."),
        )
    ]


def _resume_step(engagement: Engagement, person: Person) -> list[Step]:
    """From the day on which it was expected to go on; nothing before, and never without such a day."""
    expected_on = getattr(engagement, "engagements_expected_on", None)
    is_due = expected_on is not None and clock.today() >= expected_on
    if not is_due or not engagement.lets(person, Permission.RESUME):
        return []
    return [
        Step(
            engagement,
            title=_("Say whether it goes on again"),
            url=reverse("results:stop_or_pause", args=[engagement.pk]),
            rank=60,
            minutes=1,
            kind=Kind.INTERRUPTIONS,
            button=_("Look at it"),
            explained=_("The day on which you expected to go on has come. Another day is fine too."),
        )
    ]
