"""Calling one session off, and whether it counts."""

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.engagements.actions import hold
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.people.models import Person
from driehoek.sessions.actions.holding import role_of
from driehoek.sessions.actions.numbering import number_anew
from driehoek.sessions.actions.telling import tell_cancelled
from driehoek.sessions.models import Session
from driehoek.sessions.queries import counts_when_cancelled


@transaction.atomic
def cancel_session(session: Session, *, by: Person, reason: str = "", expects: bool | None = None) -> Session:
    """Call a planned session off, or say that it did not take place; cancelling twice is cancelling once.

    It stays on the list as cancelled, with the reason for coachee and coach. Refuses a held one. Whether it
    counts as used is decided now, by the agreement in force at this moment; refuses when somebody `expects`
    otherwise, since the page they confirm was opened before it became late.
    """
    engagement = hold(session.engagement, Permission.CANCEL_SESSION)
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.is_held:
        raise Refused(None, _("This session has been held, so it is not cancelled any more."))
    if session.is_cancelled:
        return session
    session.engagement, role = engagement, role_of(engagement, by)
    session.cancelled_at = session.changed_at = clock.now()
    session.cancelled_by, session.cancel_reason = role, reason.strip()
    session.counts_as_used = role is Role.COACHEE and counts_when_cancelled(session)
    if expects not in (None, session.counts_as_used):
        raise Refused(None, _("What cancelling means has changed. Read it below, and confirm again."))
    session.save(
        update_fields=["cancelled_at", "changed_at", "cancelled_by", "cancel_reason", "counts_as_used"]
    )
    number_anew(engagement)
    tell_cancelled(engagement, session)
    return session


@transaction.atomic
def let_go(session: Session, *, by: Person) -> Session:
    """The coach does not count a session that was cancelled too late; so another one can be planned."""
    engagement = hold(session.engagement, Permission.PLAN_SESSIONS)
    session = Session.objects.select_for_update().get(pk=session.pk)
    session.engagement, session.counts_as_used = engagement, False
    session.save(update_fields=["counts_as_used"])
    number_anew(engagement)
    return session
