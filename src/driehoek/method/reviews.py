"""Which reviews an engagement has, and when each of them falls. Computed from what was agreed, never kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final


class Review(StrEnum):
    """One moment at which is looked how it stands."""

    INTERIM = "interim"
    HALFWAY = "halfway"
    AT_WORK = "at_work"
    DAY_30 = "day_30"
    DAY_60 = "day_60"
    DAY_90 = "day_90"


DAYS: Final[Mapping[Review, int]] = {Review.DAY_30: 30, Review.DAY_60: 60, Review.DAY_90: 90}
AT_WORK_AFTER: Final = 4
"""After so many sessions is asked whether it shows at work [004]. Nobody can switch this off."""
LATE_AFTER: Final = timedelta(days=14)
"""A review that waits longer than this says since when."""


@dataclass(frozen=True, slots=True)
class AgreedReviews:
    """What an agreement says about reviews.

    `interim_after` is None where nobody meets for sessions. From `counts_from` the days are counted: None as
    long as that day is not there. After `ends_on` nothing is reviewed any more; None when it may go on.
    """

    interim_after: int | None = None
    sessions: int | None = None
    by_days: bool = False
    counts_from: date | None = None
    ends_on: date | None = None

    @property
    def halfway_after(self) -> int | None:
        """The session after which half of them are over; with one session there is no half."""
        return None if not self.sessions or self.sessions < 2 else (self.sessions + 1) // 2


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """A review and its day, as far as that is known. `scales` says that it asks how far along one is."""

    review: Review
    on: date | None
    after: int | None = None
    scales: bool = False

    @property
    def has_own_day(self) -> bool:
        """Whether people plan it: what is asked along with a session needs no day beside that of the session.

        >>> PlannedReview(Review.AT_WORK, date(2026, 11, 5), after=4).has_own_day
        False
        """
        return self.review not in (Review.HALFWAY, Review.AT_WORK)

    def is_due(self, today: date, held: int) -> bool:
        """Whether it can be held: its day has come, and its session was held.

        >>> PlannedReview(Review.AT_WORK, date(2026, 11, 5), after=4).is_due(date(2026, 11, 6), held=3)
        False
        """
        if self.after is not None and self.review is not Review.INTERIM:
            return held >= self.after
        return self.on is not None and today >= self.on

    def is_late(self, today: date, held: int) -> bool:
        """Whether it waits for more than two weeks."""
        return self.is_due(today, held) and self.on is not None and today > self.on + LATE_AFTER


def plan_reviews(agreed: AgreedReviews, session_days: Mapping[int, date]) -> list[PlannedReview]:
    """Every review of an engagement, by day; `session_days` has the day of each session by its number.

    Halfway and the interim review are one where they fall after the same session.

    >>> agreed = AgreedReviews(interim_after=3, sessions=6, by_days=True, counts_from=date(2026, 9, 3))
    >>> days = {3: date(2026, 10, 15), 4: date(2026, 11, 5)}
    >>> [(str(one.review), str(one.on)) for one in plan_reviews(agreed, days)][:3]
    [('day_30', '2026-10-03'), ('interim', '2026-10-15'), ('day_60', '2026-11-02')]
    """
    found = [*_after_sessions(agreed, session_days), *_by_days(agreed)]
    return sorted(found, key=lambda one: (one.on or date.max, list(Review).index(one.review)))


def _after_sessions(agreed: AgreedReviews, session_days: Mapping[int, date]) -> list[PlannedReview]:
    if agreed.interim_after is None:
        return []
    half, interim = agreed.halfway_after, agreed.interim_after
    turns = {Review.INTERIM: interim}
    if AT_WORK_AFTER in session_days or (agreed.sessions or 0) >= AT_WORK_AFTER:
        turns[Review.AT_WORK] = AT_WORK_AFTER
    if half and half != interim:
        turns[Review.HALFWAY] = half
    return [
        PlannedReview(
            review, session_days.get(turn), turn, scales=turn == half and review is not Review.AT_WORK
        )
        for review, turn in turns.items()
        if review is Review.INTERIM or agreed.sessions is None or turn <= agreed.sessions
    ]


def _by_days(agreed: AgreedReviews) -> list[PlannedReview]:
    if not agreed.by_days or agreed.counts_from is None:
        return []
    days = {review: agreed.counts_from + timedelta(days=number) for review, number in DAYS.items()}
    return [
        PlannedReview(review, on, scales=agreed.interim_after is not None)
        for review, on in days.items()
        if agreed.ends_on is None or on <= agreed.ends_on
    ]
