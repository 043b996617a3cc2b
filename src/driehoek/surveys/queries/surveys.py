"""Surveys of an engagement, and what is asked in them."""

import json
from uuid import UUID

from driehoek.agreements.queries import AgreedCriterion
from driehoek.engagements.models import Engagement
from driehoek.intake.wording import reading_language
from driehoek.measures.queries import criteria_now, is_over
from driehoek.method.questionnaires import Questionnaire, questionnaire
from driehoek.surveys.models import Survey


def surveys_of(engagement: Engagement) -> list[Survey]:
    """Every survey, the latest first: 1 query."""
    return list(engagement.surveys.select_related("engagement"))


def survey_in(engagement: Engagement, survey_id: UUID) -> Survey | None:
    """One survey of this engagement: 1 query."""
    return engagement.surveys.select_related("engagement").filter(pk=survey_id).first()


def asked_in(one: Survey) -> Questionnaire:
    """What is asked, as it stood when it began, in the language of the reader: no queries."""
    raw = json.loads(one.asked)
    return questionnaire(raw, raw["id"], reading_language())


def shares_to_feed(engagement: Engagement) -> list[AgreedCriterion]:
    """The agreed criteria that a share of people can answer: 2 queries at most."""
    return [
        one
        for one in criteria_now(engagement)
        if one.terms.form == "share_at_least" and one.terms.counted != "weighted"
    ]


def shares_under_way(engagement: Engagement) -> list[AgreedCriterion]:
    """Those of them whose agreed period still runs, for a survey that feeds one closes within it."""
    return [one for one in shares_to_feed(engagement) if not is_over(one)]
