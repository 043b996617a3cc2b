"""What can be asked about choosing a moment for a meeting before or about an agreement."""

from django.utils.translation import gettext as _

from driehoek.access import Stage
from driehoek.agreements.queries.draft import is_amending
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import not_without
from driehoek.engagements.wording import ROLE_WORDS


def why_not_now(engagement: Engagement, kind: str) -> str:
    """Why no moment is chosen for this now; "" when one can be: 1 query once the work has begun."""
    if missing := not_without(engagement, kind):
        words = _("A moment can be chosen once everybody needed takes part. Still to come: %(who)s.")
        return words % {"who": ", ".join(str(ROLE_WORDS[role]) for role in missing)}
    if engagement.stage_ is Stage.ACTIVE and not is_amending(engagement):
        return _("The agreement is in force and nothing in it is being changed, so nobody meets about it.")
    return ""
