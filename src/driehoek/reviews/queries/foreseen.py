"""Which reviews an engagement has, and when: computed from the agreement in force, never kept."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate, localtime

from driehoek.access import Shape
from driehoek.agreements.models import Deliverable, Version
from driehoek.agreements.queries import promises
from driehoek.engagements.models import HERE, Engagement
from driehoek.kit.prepared import Prepared
from driehoek.measures.queries import with_review
from driehoek.method.reviews import AT_WORK_AFTER, AgreedReviews, PlannedReview, plan_reviews
from driehoek.plans.models import DeliveryStep
from driehoek.sessions.models import Session

_SESSIONS: Final = Prepared(
    lambda: Session.objects.filter(engagement=HERE, cancelled_at=None).order_by("nth")
)


def with_agreed(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds what the agreement in force says about reviews, all named `reviews_...`, and `with_review`."""
    agreed = Version.objects.filter(engagement=OuterRef("pk"), state=Version.State.IN_FORCE)
    accepted = DeliveryStep.objects.filter(
        engagement=OuterRef("engagement"),
        deliverable=OuterRef("pk"),
        what=DeliveryStep.What.ACCEPTED,
    ).order_by("-number")
    going_live = (
        Deliverable.objects.filter(
            engagement=OuterRef("pk"), sort=Deliverable.Sort.GO_LIVE, agreed_on__isnull=False
        )
        .annotate(went_live_at=Subquery(accepted.values("at")[:1]))
        .order_by("-agreed_on")
    )
    return with_review(engagements).annotate(
        reviews_sessions=Subquery(agreed.values("session_count")[:1]),
        reviews_by_days=Subquery(agreed.values("review_by_days")[:1]),
        reviews_ask_manager=Subquery(agreed.values("manager_scales")[:1]),
        reviews_ends_on=Subquery(agreed.values("ends_on")[:1]),
        reviews_goes_live_on=Subquery(going_live.values("agreed_on")[:1]),
        reviews_went_live_at=Subquery(going_live.values("went_live_at")[:1]),
    )


def agreed_reviews(engagement: Any) -> AgreedReviews:
    """What the agreement says: no queries after `with_agreed`."""
    if engagement.shape_ is Shape.CONSULTANCY:
        return AgreedReviews(by_days=bool(engagement.reviews_by_days), counts_from=_going_live(engagement))
    return AgreedReviews(
        interim_after=engagement.measures_review_after if engagement.measures_first_on else None,
        sessions=engagement.reviews_sessions,
        by_days=bool(engagement.reviews_by_days),
        counts_from=engagement.measures_first_on or engagement.started_on,
        ends_on=engagement.reviews_ends_on,
    )


def _going_live(engagement: Any) -> date | None:
    """Once it went live that day; before that the agreed one; the first day where nothing goes live."""
    if engagement.reviews_went_live_at:
        return localdate(engagement.reviews_went_live_at, engagement.zone)
    on: date | None = engagement.reviews_goes_live_on or engagement.started_on
    return on


def has_begun(engagement: Any) -> bool:
    """Whether the days are counted: not as long as what goes live has not been accepted. No queries."""
    waits = engagement.reviews_goes_live_on and not engagement.reviews_went_live_at
    return not (promises(engagement.shape_) and waits)


def planned_reviews(engagement: Any, session_days: Mapping[int, date]) -> list[PlannedReview]:
    """Every review by day: no queries after `with_agreed`. Sessions not planned yet follow their rhythm."""
    agreed = agreed_reviews(engagement)
    first_on = engagement.measures_first_on
    days: dict[int, date] = {}
    for turn in {agreed.interim_after, agreed.halfway_after, AT_WORK_AFTER} if first_on else ():
        if turn and (turn <= (agreed.sessions or 0) or turn == agreed.interim_after):
            days[turn] = first_on + timedelta(weeks=(turn - 1) * (engagement.measures_every_weeks or 1))
    return plan_reviews(agreed, days | dict(session_days))


def sessions_so_far(engagement: Engagement) -> tuple[dict[int, date], int]:
    """The day of each session by which one it is, and how many were held: 1 query, none in consultancy."""
    if engagement.shape_ is Shape.CONSULTANCY:
        return {}, 0
    found = _SESSIONS.ask(engagement=engagement)
    days = {one.nth: localtime(one.starts_at, engagement.zone).date() for one in found}
    return days, sum(one.is_held for one in found)
