"""What the sessions ask of somebody today."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Cast, Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from driehoek.access import Kind, Permission, Role
from driehoek.agreements.models import Version
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking, Step
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import clock_time, week_day
from driehoek.people.models import Person
from driehoek.sessions.models import Note, Reflection, Session

SOON = timedelta(hours=1)  # what begins within this time comes before everything else
PREPARE_DAYS = 7  # so long before a session its coachee is asked for a question


@dataclass(frozen=True, slots=True)
class _Signs:
    """The annotations of `with_signs`, without their prefix."""

    planned: bool
    lapsed: bool
    taken: int
    agreed: int | None
    next_at: datetime | None
    next_number: int | None
    next_nth: int | None
    next_minutes: int | None
    next_has_question: bool | None
    open_at: datetime | None
    open_number: int | None
    open_nth: int | None
    last_held: int | None
    last_nth: int | None
    last_has_reflection: bool | None


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds what Today needs to know of the sessions, all named `sessions_...`.

    Next is the first session that is not over; open is the first one that is over and not rounded off.
    """
    every = Session.objects.filter(engagement=OuterRef("pk"))
    lasts = ExpressionWrapper(Cast("minutes", IntegerField()) * timedelta(minutes=1), DurationField())
    ends = ExpressionWrapper(F("starts_at") + lasts, DateTimeField())
    unheld = every.filter(held_at=None, cancelled_at=None).alias(ends=ends).order_by("starts_at")
    # The end is reckoned in Python on SQLite: only for one that has begun, which the first half tells.
    to_come = unheld.filter(Q(starts_at__gte=by.now) | Q(ends__gte=by.now))
    past = unheld.filter(starts_at__lt=by.now, ends__lt=by.now)
    held = every.filter(held_at__isnull=False).order_by("-starts_at", "-number")
    lapsed = every.filter(cancelled_at__isnull=False, cancelled_by="", starts_at__gte=by.now)
    takes_turn = every.filter(Q(cancelled_at=None) | Q(counts_as_used=True)).order_by().values("engagement")
    agreed = Version.objects.filter(engagement=OuterRef("pk"), state=Version.State.IN_FORCE)
    question = Note.objects.filter(session=OuterRef("pk"), part=Note.Part.QUESTION)
    asked = to_come.annotate(has_question=Exists(question))
    looked_back = held.annotate(has_reflection=Exists(Reflection.objects.filter(session=OuterRef("pk"))))
    return engagements.annotate(
        sessions_planned=Exists(every),
        sessions_lapsed=Exists(lapsed),
        sessions_taken=Coalesce(Subquery(takes_turn.annotate(number=Count("pk")).values("number")), 0),
        sessions_agreed=Subquery(agreed.values("session_count")[:1]),
        sessions_next_at=Subquery(to_come.values("starts_at")[:1]),
        sessions_next_number=Subquery(to_come.values("number")[:1]),
        sessions_next_nth=Subquery(to_come.values("nth")[:1]),
        sessions_next_minutes=Subquery(to_come.values("minutes")[:1]),
        sessions_open_at=Subquery(past.values("starts_at")[:1]),
        sessions_open_number=Subquery(past.values("number")[:1]),
        sessions_open_nth=Subquery(past.values("nth")[:1]),
        sessions_next_has_question=Subquery(asked.values("has_question")[:1]),
        sessions_last_held=Subquery(held.values("number")[:1]),
        sessions_last_nth=Subquery(held.values("nth")[:1]),
        sessions_last_has_reflection=Subquery(looked_back.values("has_reflection")[:1]),
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """What the sessions ask of `person` now: no queries, it reads the signs."""
    coachee = engagement.lets(person, Permission.PREPARE_SESSION)
    coach = engagement.lets(person, Permission.PLAN_SESSIONS)
    if not (coachee or coach):
        return []
    signs = _Signs(**{field.name: getattr(engagement, f"sessions_{field.name}") for field in fields(_Signs)})
    if not signs.planned:
        return [_plan(engagement)] if coach and not engagement.stops_on else []
    asked = [_meet(engagement, signs)]
    if coach:
        asked += [_round_off(engagement, signs), _plan_again(engagement, signs)]
    if coachee:
        asked += [_prepare(engagement, signs), _reflect(engagement, signs)]
    return [step for step in asked if step]


def _plan(engagement: Engagement) -> Step:
    return Step(
        engagement,
        _("Plan the sessions"),
        reverse("sessions:index", args=[engagement.pk]),
        rank=25,
        minutes=1,
        kind=Kind.SESSION_DATES,
        button=_("Look at the dates"),
        explained=_("The agreement is in force. One press puts the whole series in place."),
    )


def _plan_again(engagement: Engagement, signs: _Signs) -> Step | None:
    """A stop called these off, and it was taken back: until as many stand as were agreed."""
    is_enough = signs.taken >= signs.agreed if signs.agreed else signs.next_at is not None
    if not signs.lapsed or is_enough or engagement.stops_on:
        return None
    return Step(
        engagement,
        _("Plan the sessions again"),
        reverse("sessions:index", args=[engagement.pk]),
        rank=25,
        minutes=5,
        kind=Kind.SESSION_DATES,
        button=_("Look at the dates"),
        explained=_("They were called off when this was going to stop. Now it goes on."),
    )


def _meet(engagement: Engagement, signs: _Signs) -> Step | None:
    if signs.next_at is None or _day(engagement, signs.next_at) > _today(engagement):
        return None
    facts = {"number": signs.next_nth, "time": clock_time(signs.next_at)}
    return Step(
        engagement,
        _("Session %(number)d, today at %(time)s") % facts,
        reverse("sessions:talk", args=[engagement.pk, signs.next_number]),
        rank=1 if signs.next_at <= clock.now() + SOON else 28,
        kind=Kind.SESSION_CONTENT,
        button=_("Open the session"),
    )


def _round_off(engagement: Engagement, signs: _Signs) -> Step | None:
    if signs.open_at is None:
        return None
    facts = {"number": signs.open_nth, "day": week_day(signs.open_at)}
    return Step(
        engagement,
        _("Round off session %(number)d of %(day)s") % facts,
        reverse("sessions:close", args=[engagement.pk, signs.open_number]),
        rank=32,
        kind=Kind.SESSION_CONTENT,
        button=_("Round off the session"),
        explained=_("If it did not take place, cancel it on the list of sessions."),
    )


def _prepare(engagement: Engagement, signs: _Signs) -> Step | None:
    starts = signs.next_at
    if starts is None or signs.next_has_question or starts <= clock.now():
        return None
    if _day(engagement, starts) > _today(engagement) + timedelta(days=PREPARE_DAYS):
        return None
    coach = engagement.party(Role.COACH)
    facts = {
        "coach": coach.person.first_name_only if coach else "",
        "day": week_day(starts),
        "time": clock_time(starts),
    }
    return Step(
        engagement,
        _("Write your question for session %(number)d") % {"number": signs.next_nth},
        reverse("sessions:prepare", args=[engagement.pk, signs.next_number]),
        rank=30,
        minutes=3,
        kind=Kind.SESSION_CONTENT,
        button=_("Write your question"),
        explained=_("You meet %(coach)s on %(day)s at %(time)s. One question is enough.") % facts,
    )


def _reflect(engagement: Engagement, signs: _Signs) -> Step | None:
    if signs.last_held is None or signs.last_has_reflection:
        return None
    return Step(
        engagement,
        _("Look back on session %(number)d") % {"number": signs.last_nth},
        reverse("sessions:reflect", args=[engagement.pk, signs.last_held]),
        rank=35,
        minutes=5,
        kind=Kind.REFLECTIONS,
        button=_("Look back"),
        explained=_("What stays with you, and what will you try?"),
    )


def _day(engagement: Engagement, moment: datetime) -> date:
    return localtime(moment, engagement.zone).date()


def _today(engagement: Engagement) -> date:
    return clock.today(engagement.time_zone)
