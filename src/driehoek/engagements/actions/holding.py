"""Taking hold of an engagement for a deed, so that deeds in it go one at a time and in their stage."""

from driehoek.access import POLICY, Permission
from driehoek.engagements.models import Engagement
from driehoek.engagements.wording import why_not
from driehoek.kit.errors import Refused


def hold(engagement: Engagement, permission: Permission) -> Engagement:
    """The engagement as it stands, locked until the caller's transaction ends: 1 query.

    Refuses, with the stage as the reason, when this is not done in its stage: the door was passed
    on a page that may have been opened before the engagement was closed.
    """
    held = Engagement.objects.select_for_update().get(pk=engagement.pk)
    if held.stage_ not in POLICY[permission].stages:
        raise Refused(None, why_not(permission, held))
    return held
