"""Writing down what the people found when they talked the six questions through."""

import json

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.agreements.actions.desk import draft_of, open_for_changes
from driehoek.agreements.actions.draft import keep_part, refuse_stale_part
from driehoek.agreements.models import Draft
from driehoek.agreements.queries.expectations import Expected, kept_in, lie_open, part_of
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.kit.errors import Refused
from driehoek.method.intake import INTAKE_QUESTIONS
from driehoek.people.models import Person


@transaction.atomic
def write_expectation(
    engagement: Engagement,
    *,
    by: Person,
    question: str,
    finding: str,
    text: str = "",
    revision: int | None = None,
) -> Draft:
    """Keep what was found at one question, with the text that is agreed. That they differ may stand.

    Refuses before the answers lie side by side, and agreeing without saying on what. Raises Conflict over
    somebody else's words.
    """
    held = open_for_changes(engagement)
    text = text.replace("\r\n", "\n").strip()
    _refuse_what_was_not_found(held, by, question, finding, text)
    draft, part = draft_of(held), part_of(question)
    kept, mine = kept_in(draft), {"finding": str(finding), "text": text}
    there = kept.get(question, {})
    theirs = {name: there.get(name, "") for name in mine}
    shown = f"{Expected(question, **theirs).says}\n{theirs['text']}".strip() if there else ""
    refuse_stale_part(draft, part, by=by, opened_at=revision, mine=mine, theirs=theirs, shown=shown)
    if mine != theirs:
        kept[question] = mine | {"by": str(by.pk), "at": clock.now().isoformat()}
        draft.expectations = json.dumps(kept, ensure_ascii=False)
    return keep_part(draft, part, by=by, changed=mine != theirs)


def _refuse_what_was_not_found(held: Engagement, by: Person, question: str, finding: str, text: str) -> None:
    if question not in INTAKE_QUESTIONS or not lie_open(held, by):
        raise Refused(None, _("First the answers lie side by side. Then you talk them through."))
    if finding not in Draft.Finding.values:
        raise Refused("finding", _("Choose what you found together."))
    if finding == Draft.Finding.AGREE and not text:
        raise Refused("text", _("Write down what you agreed to expect. Or choose that you differ."))
