"""Writing down who read what was released: a release is read through no door of its own kind."""

from collections.abc import Collection

from driehoek.access import Role
from driehoek.audit.actions import note_looks
from driehoek.engagements.models import Engagement
from driehoek.people.models import Person


def note_reading(engagement: Engagement, *, by: Person, kinds: Collection[str]) -> None:
    """Note once a day that somebody read these kinds of content in a document, or on the page about it.

    The coachee's own look is not noted. 2 queries at most.
    """
    readers = engagement.roles_of(by) - {Role.COACHEE, Role.ORG_ADMIN}
    if readers and kinds:
        note_looks(engagement.pk, person=by, roles=readers, kinds=kinds)
