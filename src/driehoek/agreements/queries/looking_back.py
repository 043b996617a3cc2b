"""The days on which the parties look at the measurements, by the agreement: up to there others read them."""

from collections.abc import Iterable
from datetime import date, timedelta

from driehoek.agreements.models import Version
from driehoek.agreements.queries.frozen import AgreedCriterion
from driehoek.method.reviews import DAYS


def looked_at_on(version: Version, criteria: Iterable[AgreedCriterion]) -> list[date]:
    """The reviews by the agreement and the last day of each criterion, the first day first: no queries."""
    days = {one.terms.deadline for one in criteria if one.terms.deadline}
    if first := version.first_session_on:
        turns = max(version.review_after_session - 1, 0)
        days.add(first + timedelta(weeks=turns * version.every_weeks))
        if version.review_by_days:
            days |= {first + timedelta(days=number) for number in DAYS.values()}
    return sorted(days)
