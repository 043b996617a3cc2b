"""What the reviews ask of somebody now, and where they stand on the path."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from driehoek.access import Kind, Permission, Role, Stage
from driehoek.agreements.models import Version
from driehoek.agreements.queries import promises
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking, Step, Stop
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import day
from driehoek.measures.queries import interim_review_held, who_sees_own_score
from driehoek.method.reviews import AT_WORK_AFTER, DAYS, LATE_AFTER, PlannedReview, Review
from driehoek.people.models import Person
from driehoek.reviews.models import Answer
from driehoek.reviews.queries.answers import NOT_WHOLLY, scaling_role, url_of
from driehoek.reviews.queries.foreseen import agreed_reviews, has_begun, planned_reviews, with_agreed
from driehoek.reviews.wording import STOP_WORDS
from driehoek.sessions.models import Session
from driehoek.vault import keys

Part = Answer.Part


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds what was agreed about reviews, how many sessions were held, and which reviews were answered."""
    answers = Answer.objects.filter(engagement=OuterRef("pk"))
    along, at_work = answers.filter(part=Part.ALONG), answers.filter(part=Part.AT_WORK)
    in_force = Version.objects.filter(engagement=OuterRef("pk"), state=Version.State.IN_FORCE)
    halfway = along.filter(review__in=[Review.INTERIM, Review.HALFWAY])
    held = Session.objects.filter(engagement=OuterRef("pk"), held_at__isnull=False, cancelled_at=None)
    counted = held.order_by().values("engagement").annotate(number=Count("pk")).values("number")
    fourth = held.order_by("starts_at").values("starts_at")[AT_WORK_AFTER - 1 : AT_WORK_AFTER]
    return with_agreed(engagements).annotate(
        reviews_held=Coalesce(Subquery(counted), 0),
        reviews_fourth_at=Subquery(fourth),
        reviews_agreed_at=Subquery(in_force.values("in_force_at")[:1]),
        reviews_at_work_id=Subquery(at_work.values("pk")[:1]),
        reviews_at_work_at=Subquery(at_work.values("answered_at")[:1]),
        reviews_at_work_said=Subquery(at_work.values("said")[:1]),
        **{
            f"reviews_half_by_{role}": Exists(halfway.filter(role=role))
            for role in (Role.COACHEE, Role.MANAGER)
        },
        **{f"reviews_said_{one}": Exists(answers.filter(review=one)) for one in DAYS},
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """The reviews that wait for this person: no queries after `with_signs`."""
    closing_too = promises(engagement.shape_) and engagement.stage_ is Stage.CLOSING
    if engagement.stops_on or not (engagement.stage_ is Stage.ACTIVE or closing_too):
        return []
    if promises(engagement.shape_):
        return _to_conclude(engagement, person)
    found = [*_at_work(engagement, person), *_how_far(engagement, person), *_to_hold(engagement, person)]
    return [*found, *_to_weigh(engagement, person)]


def _at_work(engagement: Any, person: Person) -> list[Step]:
    """Of coachee and coach, once four sessions lie behind: whoever answers first answers for both."""
    is_due = engagement.reviews_held >= AT_WORK_AFTER and not engagement.reviews_at_work_at
    if not is_due or not engagement.lets(person, Permission.WRITE_SESSION_NOTES):
        return []
    on = localtime(engagement.reviews_fourth_at, engagement.zone).date()
    words = _("Four sessions lie behind you. If it does not show, look together at why.")
    title, url = _("Say whether it shows at work"), reverse("reviews:at_work", args=[engagement.pk])
    step = _step(engagement, title, url, on, words, minutes=5, kind=Kind.SESSION_CONTENT)
    return [replace(step, button=_("Answer the question"))]


def _to_weigh(engagement: Engagement, person: Person) -> list[Step]:
    """Of coachee and coach, once it was said not or not wholly to show: what that means for the agreement."""
    answer = _fresh(engagement) if engagement.lets(person, Permission.WRITE_SESSION_NOTES) else None
    if answer is None or answer.facts["shows"] not in NOT_WHOLLY:
        return []
    words = _("Read what makes it so, and propose a change of the agreement where it no longer fits.")
    title = _("Look together whether the agreement still fits")
    url = url_of(engagement, Review.AT_WORK)
    step = _step(engagement, title, url, None, words, minutes=5, kind=Kind.SESSION_CONTENT)
    return [replace(step, button=_("Look at it"))]


def _fresh(engagement: Any) -> Answer | None:
    """What was said about work in the last two weeks, as long as no change of the agreement followed."""
    at, agreed_at = engagement.reviews_at_work_at, engagement.reviews_agreed_at
    if at is None or clock.now() > at + LATE_AFTER or (agreed_at and agreed_at > at):
        return None
    if getattr(engagement, "agreements_amending", False) or not engagement.data_key:
        return None
    keys.warm([engagement.data_key])
    said = engagement.reviews_at_work_said
    return Answer(pk=engagement.reviews_at_work_id, engagement=engagement, said=said)


def _how_far(engagement: Any, person: Person) -> list[Step]:
    """One at a time: halfway first, else the latest one by days."""
    role = scaling_role(engagement, person)
    if role is None or not engagement.lets(person, Permission.SCORE_ATTAINMENT):
        return []
    agreed, title = agreed_reviews(engagement), _("Say how far along you are")
    half = agreed.halfway_after
    if role is Role.MANAGER:
        title = _("Say how far along it is, as you see it")
    if half and engagement.reviews_held >= half and not getattr(engagement, f"reviews_half_by_{role}"):
        review = Review.INTERIM if half == agreed.interim_after else Review.HALFWAY
        url = reverse("reviews:along", args=[engagement.pk, review])
        words = _("You are halfway. One number between 0 and 10, and what shows it.")
        if role is Role.MANAGER:
            words = _("Half of the sessions are over. One number between 0 and 10, and what shows it.")
        step = _step(engagement, title, url, None, words, minutes=1, kind=Kind.ATTAINMENT)
        return [replace(step, button=_("Give a number"), seen=who_sees_own_score(engagement, person))]
    due = _last_due(engagement)
    if role is not Role.COACHEE or due is None or _is_answered(engagement, due):
        return []
    url = reverse("reviews:review", args=[engagement.pk, due.review])
    words = _("See how everything stands that was agreed, and how far along you are.")
    return [_step(engagement, _review_title(due), url, due.on, words, minutes=3, kind=Kind.ATTAINMENT)]


def _to_hold(engagement: Any, person: Person) -> list[Step]:
    """Of the coach too, until the coachee has said how far along it is: the coach sees that it is held."""
    due = _last_due(engagement)
    if due is None or _is_answered(engagement, due) or Role.COACH not in engagement.roles_of(person):
        return []
    if not engagement.lets(person, Permission.READ_ATTAINMENT):
        return []
    words = _("See together how everything stands. It is held once the coachee says how far along it is.")
    url = reverse("reviews:review", args=[engagement.pk, due.review])
    return [_step(engagement, _review_title(due), url, due.on, words, minutes=3, kind=Kind.ATTAINMENT)]


def _to_conclude(engagement: Any, person: Person) -> list[Step]:
    """Of consultant and sponsor, who hold it together: one of them writes down what they conclude."""
    due = _last_due(engagement) if has_begun(engagement) else None
    if due is None or _is_answered(engagement, due) or not engagement.lets(person, Permission.HOLD_REVIEW):
        return []
    words = _("Look together at how everything stands that was agreed, and write down what you conclude.")
    url = url_of(engagement, due.review)
    return [_step(engagement, _review_title(due), url, due.on, words, minutes=10, kind=Kind.DELIVERABLES)]


def _review_title(due: PlannedReview) -> str:
    return _("Hold the review after %(days)d days") % {"days": DAYS[due.review]}


def _last_due(engagement: Any) -> PlannedReview | None:
    """The latest review by days whose day has come; earlier ones nobody answered are left in peace."""
    today = clock.today(engagement.time_zone)
    by_days = (one for one in planned_reviews(engagement, {}) if one.review in DAYS)
    return max(
        (one for one in by_days if one.on and one.on <= today), key=lambda one: one.review, default=None
    )


def _step(
    engagement: Engagement, title: str, url: str, on: date | None, words: str, *, minutes: int, kind: Kind
) -> Step:
    late = on is not None and clock.today(engagement.time_zone) > on + LATE_AFTER
    if late:
        words = f"{_('It waits since %(day)s.') % {'day': day(on)}} {words}"
    return Step(engagement, title, url, 24 if late else 38, minutes, kind, _("Hold the review"), words)


def stops_of(engagement: Engagement, person: Person, session_days: Mapping[int, date | None]) -> list[Stop]:
    """The reviews with a day of their own, for those who may see it: no queries after `with_signs`."""
    door = Permission.READ_DELIVERABLES if promises(engagement.shape_) else Permission.SEE_SESSION_DATES
    if not engagement.lets(person, door):
        return []
    days = {number: on for number, on in session_days.items() if on}
    planned = planned_reviews(engagement, days)
    return [
        Stop(
            "measure",
            str(STOP_WORDS[one.review]),
            one.on,
            _is_answered(engagement, one),
            url_of(engagement, one.review),
        )
        for one in planned
        if one.has_own_day
    ]


def _is_answered(engagement: Any, planned: PlannedReview) -> bool:
    """Of a review with a day of its own: no queries after `with_signs`."""
    if planned.review is Review.INTERIM:
        return interim_review_held(engagement)
    return bool(getattr(engagement, f"reviews_said_{planned.review}"))
