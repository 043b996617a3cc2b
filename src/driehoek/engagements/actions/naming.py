"""Giving an engagement another name while it is prepared."""

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Permission
from driehoek.engagements.actions.holding import hold
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.kit.names import one_line
from driehoek.people.models import Person


@transaction.atomic
def rename(engagement: Engagement, *, by: Person, title: str, occasion: str = "") -> Engagement:
    """Call it otherwise, and say what the occasion is. Refuses for anybody but who began it."""
    held = hold(engagement, Permission.INVITE_PARTIES)
    if held.made_by_id != by.pk:
        words = _("Only %(name)s, who began this, gives it another name.")
        raise Refused(None, words % {"name": held.made_by})
    if not (known_as := one_line(title)):
        raise Refused("title", _("Give the engagement a name by which everyone in it knows it."))
    held.title, held.occasion = known_as, occasion
    held.save(update_fields=["title", "occasion"])
    return held
