"""Writing down what the people found when they talked the six questions through."""

from django.db import transaction
from django.utils.translation import gettext as _

from driehoek.agreements.actions.desk import open_for_changes
from driehoek.agreements.actions.goals import write
from driehoek.agreements.models import Expectation
from driehoek.agreements.queries.expectations import Expected, lie_open
from driehoek.engagements.models import Engagement
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
) -> Expectation:
    """Keep what was found at one question, with the text that is agreed. That they differ may stand.

    Refuses before the answers lie side by side, and agreeing without saying on what. Raises Conflict over
    somebody else's words.
    """
    held = open_for_changes(engagement)
    text = text.replace("\r\n", "\n").strip()
    if question not in INTAKE_QUESTIONS or not lie_open(held, by):
        raise Refused(None, _("First the answers lie side by side. Then you talk them through."))
    if finding not in Expectation.Finding.values:
        raise Refused("finding", _("Choose what you found together."))
    if finding == Expectation.Finding.AGREE and not text:
        raise Refused("text", _("Write down what you agreed to expect. Or choose that you differ."))
    row = held.expectations.select_for_update().filter(question=question).first()
    row = row or Expectation(engagement=held, question=question)
    write(row, {"finding": str(finding), "text": text}, by=by, opened_at=revision, shown=_in_words)
    return row


def _in_words(row: Expectation) -> str:
    return f"{Expected(row.question, row.finding, row.text).says}\n{row.text}".strip()
