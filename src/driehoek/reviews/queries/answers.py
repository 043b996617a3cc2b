"""What was answered at the reviews, and what of it somebody may read."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from driehoek.access import Permission, Role, Stage
from driehoek.agreements.queries import AgreedGoal, agreed_goals, promises
from driehoek.engagements.models import HERE, Engagement
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.prepared import Prepared
from driehoek.measures.queries import interim_review_held
from driehoek.method.reviews import LATE_AFTER, PlannedReview, Review
from driehoek.people.models import Person
from driehoek.reviews.models import Answer
from driehoek.reviews.queries.foreseen import has_begun, planned_reviews, sessions_so_far
from driehoek.reviews.wording import REVIEW_WORDS, waiting_words, when_words

Part = Answer.Part
NOT_WHOLLY: Final = ("no", "partly")
TOGETHER: Final = ("shows", "why", "change")
_ANSWERS: Final = Prepared(lambda: Answer.objects.filter(engagement=HERE).select_related("answered_by"))


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """One review: when it falls, how it stands in one word and one kind, and what was answered."""

    planned: PlannedReview
    is_due: bool
    is_late: bool
    is_held: bool
    is_past: bool
    answers: list[Answer] = field(default_factory=list)

    @property
    def review(self) -> Review:
        return self.planned.review

    @property
    def title(self) -> str:
        return str(REVIEW_WORDS[self.review])

    @property
    def when(self) -> str:
        return when_words(self.planned)

    def answer(self, part: str, role: Role | None = None) -> Answer | None:
        """The answer to this part, of this role where everybody answers alone."""
        found = (one for one in self.answers if one.part == part and role in (None, one.role))
        return next(found, None)

    @property
    def waits(self) -> str:
        return waiting_words(self.planned.on, late=self.is_late)


def reviews_of(engagement: Any) -> list[ReviewShown]:
    """Every review with its answers, by day: 2 queries after `with_signs`, 1 in consultancy.

    One by days that nobody answered is past as soon as the next one is there: it is asked no more.
    """
    days, held = sessions_so_far(engagement)
    answers: dict[str, list[Answer]] = defaultdict(list)
    for said in _ANSWERS.ask(engagement=engagement):
        answers[said.review].append(said)
    today, begun = clock.today(engagement.time_zone), has_begun(engagement)
    planned = planned_reviews(engagement, days)
    last_due = max(
        (one.on for one in planned if one.after is None and one.on and one.on <= today), default=None
    )
    found = []
    for one in planned:
        is_due = begun and one.is_due(today, held)
        is_past = one.after is None and is_due and one.on != last_due
        is_held = _is_held(engagement, one, answers[one.review])
        is_late = begun and one.is_late(today, held)
        found.append(ReviewShown(one, is_due, is_late, is_held, is_past, answers[one.review]))
    return found


def review_with(engagement: Any, name: str) -> ReviewShown | None:
    """The review of this name, when the agreement has it: as many queries as `reviews_of`."""
    return next((one for one in reviews_of(engagement) if one.review == name), None)


def answered(engagement: Engagement, review: str, part: str, role: Role | None = None) -> Answer | None:
    """What was answered: 1 query."""
    found = engagement.review_answers.select_related("answered_by").filter(review=review, part=part)
    return (found.filter(role=role) if role else found).first()


def _is_held(engagement: Any, planned: PlannedReview, answers: list[Answer]) -> bool:
    if planned.review is Review.INTERIM:
        return interim_review_held(engagement)
    asked = Role.COACHEE if planned.scales else None
    return any(one.role == asked or asked is None for one in answers)


def scaling_role(engagement: Any, person: Person) -> Role | None:
    """In which role `person` says how far along it is; the manager only where that was agreed: no queries."""
    if promises(engagement.shape_):
        return None
    roles = engagement.roles_of(person)
    if Role.COACHEE in roles:
        return Role.COACHEE
    return Role.MANAGER if Role.MANAGER in roles and engagement.reviews_ask_manager else None


def asks(planned: PlannedReview, role: Role | None) -> bool:
    """Whether this review asks this role how far along it is; the manager only halfway."""
    return planned.scales and (role is Role.COACHEE or (role is Role.MANAGER and planned.after is not None))


def covered(engagement: Any, shown: ReviewShown) -> Answer | None:
    """The answer of the manager, as long as it could colour that of the coachee: no queries.

    It opens once the coachee has answered or can answer no more, and two weeks after it was given.
    """
    coachee = engagement.party(Role.COACHEE)
    if coachee is None or not engagement.lets(coachee.person, Permission.SCORE_ATTAINMENT):
        return None
    given = shown.answer(Part.ALONG, Role.MANAGER)
    is_over = given is None or shown.is_past or clock.now() > given.answered_at + LATE_AFTER
    return None if is_over or shown.answer(Part.ALONG, Role.COACHEE) else given


def goals_touched(engagement: Engagement, answer: Answer | None) -> list[AgreedGoal]:
    """The goals that were named as not showing at work, as far as they are agreed: at most 1 query."""
    named = {UUID(one) for one in answer.facts.get("goals", ())} if answer else set()
    return [goal for goal in agreed_goals(engagement) if goal.goal_id in named] if named else []


def may_amend(engagement: Engagement, person: Person, answer: Answer | None) -> bool:
    """Whether to offer a change of the agreement: it does not or not wholly show at work. No queries."""
    shows = answer.facts.get("shows") if answer else ""
    drafts = engagement.lets(person, Permission.DRAFT_AGREEMENT) and engagement.stage_ is Stage.ACTIVE
    return drafts and shows in NOT_WHOLLY


def writers(engagement: Engagement, answer: Answer) -> dict[str, str]:
    """Who wrote each part of an answer that two give together: no queries with parties there."""
    names = {str(party.person_id): party.person.first_name_only for party in engagement.parties.all()}
    by = answer.facts.get("by", {})
    return {part: names.get(by.get(part), answer.answered_by.first_name_only) for part in TOGETHER}


def url_of(engagement: Engagement, review: str) -> str:
    """The page of a review, for those who hold it."""
    name = "check" if promises(engagement.shape_) else "review"
    return reverse(f"reviews:{name}", args=[engagement.pk, review])
