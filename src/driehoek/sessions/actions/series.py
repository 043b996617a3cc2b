"""Planning sessions, moving one, and saying that one was held."""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.kit.templatetags.look import clock_time, day
from driehoek.method.series import plan_series as moments
from driehoek.outbox.actions import post
from driehoek.people.models import Person
from driehoek.sessions.models import Session
from driehoek.sessions.queries import occurrences, rhythm

LONGEST = timedelta(minutes=480)


@transaction.atomic
def plan_series(engagement: Engagement, *, by: Person) -> list[Session]:
    """Plan every session the agreement in force names. A second press finds them planned and adds nothing.

    Refuses when the agreement names no number, first day and time.
    """
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    planned = list(engagement.sessions.all())
    if planned:
        return planned
    agreed = rhythm(engagement)
    series = occurrences(agreed, time_zone=engagement.time_zone)
    if not series:
        raise Refused(
            None,
            _("The agreement names no number of sessions with a first day and a time. Plan them one by one."),
        )
    sessions = Session.objects.bulk_create(
        Session(engagement=engagement, number=one.number, starts_at=one.starts_utc, minutes=agreed.minutes)
        for one in series
    )
    _tell(engagement, sessions[0], count=len(sessions))
    return sessions


@transaction.atomic
def add_session(engagement: Engagement, *, on: date, at: time, by: Person) -> Session:
    """Plan one session more. Refuses beyond the agreed number, and at a time that is taken."""
    engagement = Engagement.objects.select_for_update().get(pk=engagement.pk)
    agreed = rhythm(engagement)
    starts_at = _moment(engagement, on=on, at=at)
    same = engagement.sessions.filter(starts_at=starts_at).first()
    if same:
        return same
    count = engagement.sessions.count()
    if agreed.count is not None and count >= agreed.count:
        raise Refused(
            None,
            _("The agreement names %(count)d sessions and all are planned. More needs a new version.")
            % {"count": agreed.count},
        )
    session = Session(engagement=engagement, number=count + 1, starts_at=starts_at, minutes=agreed.minutes)
    _keep_free(session, by=by)
    session.save(force_insert=True)
    _tell(engagement, session)
    return session


@transaction.atomic
def move_session(session: Session, *, on: date, at: time, by: Person) -> Session:
    """Give a session another day or time. Refuses a held one, and a time that is taken."""
    session = Session.objects.select_for_update().select_related("engagement").get(pk=session.pk)
    if session.is_held:
        raise Refused(None, _("This session has been held, so it stays where it was."))
    starts_at = _moment(session.engagement, on=on, at=at)
    if starts_at == session.starts_at:
        return session
    session.starts_at = starts_at
    session.moves += 1
    _keep_free(session, by=by)
    session.save(update_fields=["starts_at", "moves"])
    _tell(session.engagement, session)
    return session


@transaction.atomic
def mark_held(session: Session, *, minutes: int) -> Session:
    """Write down that a session took place, and how long. Again corrects the length. Not before it began."""
    session = Session.objects.select_for_update().select_related("engagement").get(pk=session.pk)
    if clock.now() < session.starts_at:
        facts = {"day": day(session.starts_at), "time": clock_time(session.starts_at)}
        raise Refused(
            "minutes",
            _("This session starts on %(day)s at %(time)s. Mark it as held once it has begun.") % facts,
        )
    session.held_at = session.held_at or clock.now()
    session.held_minutes = minutes
    session.save(update_fields=["held_at", "held_minutes"])
    return session


def _moment(engagement: Engagement, *, on: date, at: time) -> datetime:
    """The moment of this clock time on this day, right on both sides of daylight saving."""
    return moments(on, at=at, every_weeks=1, count=1, timezone=engagement.time_zone)[0].starts_utc


def _keep_free(session: Session, *, by: Person) -> None:
    """Refuse a time at which these people, or this coach elsewhere, already meet."""
    mine = Engagement.objects.filter(
        parties__person=by, parties__role=Role.COACH, parties__accepted_at__isnull=False
    )
    near = Session.objects.filter(
        engagement__in=[*mine.values_list("pk", flat=True), session.engagement_id],
        held_at=None,
        starts_at__lt=session.ends_at,
        starts_at__gt=session.starts_at - LONGEST,
    )
    if any(other.ends_at > session.starts_at for other in near.exclude(pk=session.pk)):
        raise Refused("at", _("There is another session at this time. Choose another day or time."))


def _tell(engagement: Engagement, first: Session, *, count: int = 1) -> None:
    """A letter to coachee and coach with the day and time, nothing else."""
    link = f"{settings.BASE_URL}{reverse('sessions:index', args=[engagement.pk])}"
    parties = engagement.parties.filter(role__in=(Role.COACHEE, Role.COACH), accepted_at__isnull=False)
    facts = {"at": first.starts_at.astimezone(UTC), "link": link} | ({"count": count} if count > 1 else {})
    for party in parties.select_related("person"):
        post(
            party.person.email,
            template="session_planned",
            facts=facts,
            language=party.person.language,
            key=f"session:{first.pk}:{first.moves}:{party.pk}",
        )
