"""The sessions themselves: agreed, planned, held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from driehoek.access import Permission
from driehoek.agreements.queries import CancelRule, cancel_rule, terms, version_in_force
from driehoek.engagements.models import HERE, Engagement
from driehoek.engagements.queries import Stop
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.prepared import Prepared
from driehoek.method.holidays import DaysOff
from driehoek.method.series import Occurrence, plan_series
from driehoek.people.models import Person
from driehoek.sessions.models import Note, Reflection, Session

ALL_DAYS: Final = DaysOff()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The sessions as the agreement in force names them; a series needs a number, a first day and a time."""

    count: int | None = None
    minutes: int = 60
    every_weeks: int = 1
    first_on: date | None = None
    at: time | None = None
    cancel: CancelRule | None = None


def rhythm(engagement: Engagement) -> Rhythm:
    """The number, length and rhythm of the sessions as agreed: 1 query."""
    version = version_in_force(engagement)
    said: Mapping[str, Any] = (terms(version).get("logistics") or {}) if version else {}
    first, at = said.get("first_session_on"), said.get("session_time")
    return Rhythm(
        count=said.get("session_count"),
        minutes=said.get("session_minutes") or 60,
        every_weeks=said.get("every_weeks") or 1,
        first_on=date.fromisoformat(first) if first else None,
        at=time.fromisoformat(at) if at else None,
        cancel=cancel_rule(terms(version)) if version else None,
    )


def occurrences(agreed: Rhythm, *, time_zone: str, without: DaysOff = ALL_DAYS) -> tuple[Occurrence, ...]:
    """When a series of this rhythm meets, the clock on the wall staying as it is; empty when not agreed.

    On a day `without` sessions there is none: the series goes on in its rhythm until it has its number.
    """
    if not (agreed.count and agreed.first_on and agreed.at):
        return ()
    return plan_series(
        agreed.first_on,
        at=agreed.at,
        every_weeks=agreed.every_weeks,
        count=agreed.count,
        timezone=time_zone,
        skip=without,
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the agreed sessions are held, planned, or used though they were cancelled."""

    agreed: int | None
    held: int
    planned: int
    late: int

    @property
    def left(self) -> int | None:
        """How many are still to plan; None when the agreement names no number."""
        taken = self.held + self.planned + self.late
        return None if self.agreed is None else max(0, self.agreed - taken)

    @property
    def words(self) -> str:
        """The same in a sentence: "3 of 7 held, 2 planned, 2 still to plan."."""
        if self.agreed is None:
            words = ngettext("%(count)d session held", "%(count)d sessions held", self.held)
            said = [words % {"count": self.held}]
        else:
            said = [_("%(held)d of %(agreed)d held") % {"held": self.held, "agreed": self.agreed}]
        said.append(_("%(count)d planned") % {"count": self.planned})
        if self.late:
            said.append(_("%(count)d cancelled late and used") % {"count": self.late})
        if self.left is not None:
            left = _("%(count)d still to plan") % {"count": self.left}
            said.append(left if self.left else _("none left to plan"))
        return ", ".join(said) + "."


def tally_of(agreed: int | None, sessions: Sequence[Session]) -> Tally:
    """How these sessions stand to the number that was agreed: no queries."""
    return Tally(
        agreed,
        held=sum(one.is_held for one in sessions),
        planned=sum(one.is_planned for one in sessions),
        late=sum(one.counts_as_used for one in sessions),
    )


def still_to_plan(
    engagement: Engagement, agreed: Rhythm, sessions: Sequence[Session], *, without: DaysOff = ALL_DAYS
) -> list[Occurrence]:
    """The series, or what is left of it beside these sessions, up to the last day: no queries.

    What is left goes on in its rhythm, after today and after the last session that takes a turn.
    """
    left = tally_of(agreed.count, sessions).left
    if not (left and agreed.first_on):
        return []
    rest = replace(agreed, count=left, first_on=goes_on(engagement, agreed, sessions))
    ends_on = engagement.stops_on or date.max
    every = occurrences(rest, time_zone=engagement.time_zone, without=without)
    return [one for one in every if one.starts_local.date() <= ends_on]


def goes_on(engagement: Engagement, agreed: Rhythm, sessions: Sequence[Session]) -> date:
    """The first turn of what is still to plan beside these sessions: no queries."""
    turn = agreed.first_on or clock.today()
    if not sessions:
        return turn
    taken = [one.starts_at.astimezone(engagement.zone).date() for one in sessions if one.takes_a_turn]
    steps = (max([*taken, clock.today()]) - turn).days // (7 * agreed.every_weeks) + 1
    return turn + timedelta(weeks=agreed.every_weeks * max(0, steps))


def sessions_of(engagement: Engagement) -> QuerySet[Session]:
    """The sessions in order, with whether there is a question and a reflection: 1 query."""
    questions = Note.objects.filter(session=OuterRef("pk"), part=Note.Part.QUESTION)
    reflections = Reflection.objects.filter(session=OuterRef("pk"))
    return engagement.sessions.annotate(has_question=Exists(questions), has_reflection=Exists(reflections))


@dataclass(frozen=True, slots=True)
class Meeting:
    """One line of the list of sessions: how it stands, and where to go from there."""

    session: Session
    state: str
    words: str
    url: str
    is_over: bool = False

    @property
    def is_to_come(self) -> bool:
        return self.session.is_planned and not self.is_over


def still_planned(engagement: Engagement, start: datetime) -> QuerySet[Session]:
    """The sessions planned from this moment on, in order."""
    planned = engagement.sessions.filter(held_at=None, cancelled_at=None, starts_at__gte=start)
    return planned.order_by("starts_at")


def agenda(engagement: Engagement, person: Person) -> list[Meeting]:
    """The sessions by day, as a list for coachee or coach: 1 query."""
    prepares = engagement.lets(person, Permission.PREPARE_SESSION)
    by_day = sessions_of(engagement).order_by("starts_at", "number")
    return [_meeting(engagement, one, prepares=prepares) for one in by_day]


_ON_THE_PATH: Final = Prepared(lambda: Session.objects.filter(engagement=HERE, cancelled_at=None))
_HELD: Final = Prepared(
    lambda: Session.objects.filter(engagement=HERE, held_at__isnull=False).values_list("pk", flat=True)
)


def held_count(engagement: Engagement) -> int:
    """How many sessions have been held: 1 query. The one thing about sessions an organisation may be told."""
    return len(_HELD.ask(engagement=engagement))


def stops_of(engagement: Engagement, person: Person) -> list[Stop]:
    """The sessions on the path, for those who may see their days: 1 query or none."""
    if not engagement.lets(person, Permission.SEE_SESSION_DATES):
        return []
    prepares, now = engagement.lets(person, Permission.PREPARE_SESSION), clock.now()
    words = _("Session %(number)d")
    return [
        Stop(
            "session",
            words % {"number": one.nth},
            localtime(one.starts_at, engagement.zone).date(),
            one.is_held,
            reverse(_page_of(one, now, prepares=prepares), args=[engagement.pk, one.number]),
            one.nth,
        )
        for one in _ON_THE_PATH.ask(engagement=engagement)
    ]


def _page_of(one: Session, now: datetime, *, prepares: bool) -> str:
    """Where a session on the path leads: who prepares it writes the question first."""
    if one.is_held:
        return "sessions:show"
    return "sessions:prepare" if prepares and now < one.starts_at else "sessions:talk"


def _meeting(engagement: Engagement, one: Any, *, prepares: bool) -> Meeting:
    now, place = clock.now(), [engagement.pk, one.number]
    talk = reverse("sessions:talk", args=place)
    if one.is_held:
        return Meeting(one, "ok", _("Held"), reverse("sessions:show", args=place))
    if one.is_cancelled:
        words = _("Cancelled late, counts as used") if one.counts_as_used else _("Cancelled")
        return Meeting(one, "neutral", words, reverse("sessions:show", args=place))
    if one.ends_at < now:
        return Meeting(one, "warn", _("Not rounded off yet"), talk, is_over=True)
    if one.has_question:
        return Meeting(one, "ok", _("The question is in"), talk)
    if prepares and now < one.starts_at:
        return Meeting(one, "open", _("Planned"), reverse("sessions:prepare", args=place))
    return Meeting(one, "open", _("Planned"), talk)
