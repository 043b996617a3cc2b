"""What the worker does around a session: a reminder the day before, and a question the day after."""

from datetime import UTC, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from driehoek.access import POLICY, Permission, Role, Stage
from driehoek.engagements.models import Party
from driehoek.kit import clock
from driehoek.outbox.actions import post
from driehoek.sessions.models import Note, Reflection, Session

BEFORE: Final = timedelta(hours=26)
AFTER: Final = timedelta(hours=18)
TOO_LATE: Final = timedelta(days=4)
"""Who was not asked by then, as the worker stood still, is left in peace."""
AT_ONCE: Final = 100


def remind_before() -> int:
    """A letter to each coachee without a question for tomorrow; says how many: 1 query when nobody waits.

    Once for each time a session has: who moves it is reminded again.
    """
    asked = Note.objects.filter(session=OuterRef("pk"), part=Note.Part.QUESTION)
    now = clock.now()
    soon = _standing(Permission.PREPARE_SESSION).filter(
        ~Exists(asked), held_at=None, reminded_at=None, starts_at__gt=now, starts_at__lte=now + BEFORE
    )
    return sum(_tell(one, "session_tomorrow", "sessions:prepare", "reminded_at") for one in soon[:AT_ONCE])


def ask_back() -> int:
    """A letter to each coachee who has not looked back; says how many: 1 query when nobody waits."""
    written = Reflection.objects.filter(session=OuterRef("pk"))
    now = clock.now()
    held = _standing(Permission.WRITE_REFLECTION).filter(
        ~Exists(written), asked_back_at=None, held_at__lte=now - AFTER, held_at__gt=now - TOO_LATE
    )
    return sum(_tell(one, "look_back", "sessions:reflect", "asked_back_at") for one in held[:AT_ONCE])


def _standing(permission: Permission) -> QuerySet[Session]:
    """Sessions that were not cancelled, where this can be done now: nothing is asked in a pause."""
    stages = POLICY[permission].stages - {Stage.PAUSED}
    return Session.objects.filter(cancelled_at=None, engagement__stage__in=stages).order_by("starts_at")


@transaction.atomic
def _tell(session: Session, letter: str, page: str, mark: str) -> bool:
    """One letter, and the mark that it was sent, in one transaction."""
    held = Session.objects.select_for_update().filter(pk=session.pk, **{mark: None}).first()
    coachee = Party.objects.filter(engagement=session.engagement_id, role=Role.COACHEE)
    party = coachee.filter(accepted_at__isnull=False).select_related("person").first()
    if held is None or party is None:
        return False
    place = reverse(page, args=[session.engagement_id, session.number])
    facts = {"at": session.starts_at.astimezone(UTC), "link": f"{settings.BASE_URL}{place}"}
    key = f"{letter}:{session.pk}:{session.moves}:{party.pk}"
    to, house = party.person, held.engagement.organisation_id
    post(to.email, template=letter, facts=facts, language=to.language, key=key, house=house)
    Session.objects.filter(pk=session.pk).update(**{mark: clock.now()})
    return True
