"""What can be asked about surveys. Nothing here tells who answered, or how many did until the close."""

from driehoek.surveys.queries.drawing import ticks
from driehoek.surveys.queries.links import Link, link_behind
from driehoek.surveys.queries.report import SurveyReport, report_of
from driehoek.surveys.queries.surveys import (
    asked_in,
    shares_to_feed,
    shares_under_way,
    survey_in,
    surveys_of,
)

__all__ = [
    "Link",
    "SurveyReport",
    "asked_in",
    "link_behind",
    "report_of",
    "shares_to_feed",
    "shares_under_way",
    "survey_in",
    "surveys_of",
    "ticks",
]
