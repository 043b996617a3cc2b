"""Taking hold of an engagement for a deed, so that deeds in it go one at a time and in their stage."""

from typing import Final

from driehoek.access import POLICY, Permission
from driehoek.engagements.models import HERE, Engagement
from driehoek.engagements.wording import why_not
from driehoek.kit.errors import Refused
from driehoek.kit.prepared import Prepared

_HELD: Final = Prepared(lambda: Engagement.objects.select_for_update().filter(pk=HERE))


def take_hold(engagement: Engagement) -> Engagement:
    """The engagement as it stands, locked until the caller's transaction ends: 1 query."""
    [held] = _HELD.ask(engagement=engagement.pk)
    return held


def hold(engagement: Engagement, permission: Permission) -> Engagement:
    """The engagement as it stands, locked until the caller's transaction ends: 1 query.

    Refuses, with the stage as the reason, when this is not done in its stage: the door was passed
    on a page that may have been opened before the engagement was closed.
    """
    held = take_hold(engagement)
    if held.stage_ not in POLICY[permission].stages:
        raise Refused(None, why_not(permission, held))
    return held
