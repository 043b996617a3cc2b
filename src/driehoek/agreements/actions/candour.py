"""Whether the organisation has told the coachee everything: asked before anything is offered."""

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.access import Role
from driehoek.agreements.actions.desk import draft_of, open_for_changes
from driehoek.agreements.models import Draft
from driehoek.agreements.queries.draft import receivers_of
from driehoek.engagements.models import Engagement
from driehoek.kit.errors import Refused
from driehoek.people.models import Person


@transaction.atomic
def answer_candour(engagement: Engagement, *, by: Person, answer: str) -> Draft:
    """Say whether there is something that the coachee has not been told. What it is, is never asked.

    As long as somebody still has to tell it, nothing is offered. Refuses whoever is not asked this.
    """
    held = open_for_changes(engagement)
    is_asked = any(one.person_id == by.pk and one.accepted_at for one in receivers_of(held))
    if not is_asked or held.party(Role.COACHEE) is None:
        raise Refused(None, _("This is asked of line manager and sponsor, where somebody is coached."))
    if answer not in Draft.Candour.values:
        raise Refused("answer", _("Choose one of the three answers."))
    draft = draft_of(held)
    draft.candour = draft.candour | {str(by.pk): answer}
    draft.save(update_fields=["candour"])
    return draft
