"""Taking hold of a session for a deed."""

from typing import Final

from django.db.models import UUIDField
from django.utils.translation import gettext as _

from driehoek.access import Permission, Role
from driehoek.engagements.actions import hold
from driehoek.engagements.models import HERE, Engagement, Party
from driehoek.kit.errors import Refused
from driehoek.kit.prepared import Given, Prepared
from driehoek.people.models import Person
from driehoek.sessions.models import Session

_HELD: Final = Prepared(lambda: Session.objects.select_for_update().filter(pk=Given("session", UUIDField())))

_COACHING: Final = Prepared(
    lambda: Party.objects.filter(
        engagement=HERE,
        person=Given("person", UUIDField()),
        role=Role.COACH,
        accepted_at__isnull=False,
    ).values_list("pk")
)


def hold_session(session: Session, permission: Permission) -> Session:
    """The session as it stands, with its engagement, locked: 2 queries.

    Refuses when this is not done in the stage of the engagement, and for a session that was cancelled.
    """
    engagement = hold(session.engagement, permission)
    [held] = _HELD.ask(session=session.pk)
    held.engagement = engagement
    if held.is_cancelled:
        raise Refused(None, _("This session was cancelled, so nothing is added to it any more."))
    return held


def role_of(engagement: Engagement, person: Person) -> Role:
    """In which role somebody writes about a session: 1 query."""
    return Role.COACH if _COACHING.ask(engagement=engagement.pk, person=person.pk) else Role.COACHEE
