"""What somebody who holds a link may answer."""

from dataclasses import dataclass

from driehoek.people.queries import hash_of
from driehoek.surveys.models import Invited, Survey


@dataclass(frozen=True, slots=True)
class Link:
    """A link that works: of which survey, and the letter it came in when it is of one person alone."""

    survey: Survey
    letter: Invited | None


def link_behind(token: str) -> Link | None:
    """What this link opens now: 2 queries at most. None for one that is used, or too late."""
    found = hash_of(token)
    whole = "engagement__organisation", "engagement__data_key", "begun_by"
    survey = Survey.objects.select_related(*whole).filter(link_hash=found).first()
    letter = None
    if survey is None:
        letters = Invited.objects.select_related(*(f"survey__{name}" for name in whole))
        letter = letters.filter(link_hash=found).first()
        survey = letter.survey if letter else None
    return Link(survey, letter) if survey and survey.takes_answers else None
