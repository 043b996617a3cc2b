"""One engagement as one reader may see it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from driehoek.access import POLICY, RECEIVERS, Kind, Permission, Role, Stage, roles_in
from driehoek.agreements.models import Version
from driehoek.agreements.queries import (
    AgreedCriterion,
    AgreedGoal,
    agreed_criteria,
    current_versions,
    goals_in,
    later_words,
    terms,
)
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import Seen, Step, outlook_now
from driehoek.engagements.wording import SHAPE_WORDS
from driehoek.intake.queries import Beginning, beginning_of
from driehoek.intake.wording import reading_language
from driehoek.measures.queries import CriterionState, read_until, verdicts
from driehoek.measures.wording import Answer, beside_verdict
from driehoek.measures.wording import agreed as agreed_words
from driehoek.people.models import Person
from driehoek.plans.queries import Line, lines, open_actions
from driehoek.results.queries import releases_to
from driehoek.sessions.queries import held_count
from driehoek.web.queries.path import Preparation, outline_of, path_of, preparation
from driehoek.web.queries.rooms import steps_in, waiting_in, with_signs


@dataclass(slots=True)
class CriterionShown:
    """A criterion as agreed; its state only for who may read the measurements."""

    measure: str
    agreed: str
    answer: Answer | None = None
    later: str = ""

    @classmethod
    def now(cls, state: CriterionState) -> "CriterionShown":
        """With how it stands today, what an amendment did to it, and what came late: no queries."""
        words = Answer(state.criterion, state.verdict, state.observations)
        return cls(state.criterion.measure, words.agreed, words, beside_verdict(state))


@dataclass(slots=True)
class GoalShown:
    goal: AgreedGoal
    criteria: list[CriterionShown] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Count:
    """How many sessions were held, of how many: all an organisation is told about them."""

    held: int
    planned: int

    @property
    def circles(self) -> list[bool]:
        return [number < self.held for number in range(self.planned)]


@dataclass(slots=True)
class Trajectory:
    """Everything the page of one engagement shows to one reader."""

    names: dict[str, str]
    shape: str
    of_three: bool = False
    coachee: str = ""
    next: Step | None = None
    steps: list[Step] = field(default_factory=list)
    waits: str = ""
    turn: str = ""
    mine: Party | None = None
    began_it: bool = False
    rests: bool = False
    can_stop: bool = False
    chip: Seen | None = None
    preparation: list[Preparation] = field(default_factory=list)
    path: list[dict[str, Any]] = field(default_factory=list)
    outline: list[dict[str, Any]] = field(default_factory=list)
    count: Count | None = None
    goals: list[GoalShown] = field(default_factory=list)
    plan: list[Line] | None = None
    stumbling_blocks: str = ""
    began: Beginning | None = None
    measured_until: date | None = None  # what a receiver reads is not of today
    in_force: Version | None = None
    offered: Version | None = None
    released: list[Any] | None = None
    hidden: list[str] = field(default_factory=list)
    kinds: set[Kind] = field(default_factory=set)


def trajectory(engagement: Engagement, person: Person) -> Trajectory:
    """What `person` may see of this engagement, read `with_everything`, on one page: at most 5 queries."""
    page = Trajectory(names=_names(engagement), shape=str(SHAPE_WORDS[engagement.shape_]))
    page.of_three = Role.COACHEE in roles_in(engagement.shape_) and engagement.stage_ is Stage.PREPARING
    page.coachee = page.names.get(Role.COACHEE, "")
    steps = steps_in(engagement, person)
    page.next, page.steps = (steps[0], steps[1:]) if steps else (None, [])
    page.waits = "" if steps else waiting_in(engagement, person)
    roles = engagement.roles_of(person)
    mine = (p for p in engagement.parties.all() if p.person_id == person.pk and p.accepted_at)
    page.mine = next(mine, None)
    page.can_stop = engagement.stage_ is not Stage.CLOSING or engagement.stops_on is not None
    page.rests = engagement.stage_ in (Stage.PAUSED, Stage.DROPPED)
    page.began_it = engagement.made_by_id == person.pk and engagement.stage_ is Stage.PREPARING
    page.turn = next((str(role) for role in Role if role in roles), "")
    page.chip = page.next.chip(person) if page.next else None
    page.preparation = preparation(engagement, person)
    if roles != {Role.ORG_ADMIN}:
        _agreed(page, engagement, person)
        _done(page, engagement, person)
        _began(page, engagement, person)
        _received(page, engagement, person)
    return page


def with_everything(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds the signs of the rooms and the draft: still one query."""
    return with_signs(engagements).select_related("draft")


def _names(engagement: Engagement) -> dict[str, str]:
    return {p.role: p.name for p in engagement.parties_in_order if not p.declined_at}


def _agreed(page: Trajectory, engagement: Engagement, person: Person) -> None:
    """The versions, and the goals of the one in force: 1 query, and 1 for the measurements."""
    state = Version.State
    for version in current_versions(engagement):
        if version.state == state.IN_FORCE:
            page.in_force = version
        elif engagement.stage_ in POLICY[Permission.SIGN_AGREEMENT].stages:
            page.offered = version
    if page.in_force is None or not engagement.lets(person, Permission.READ_GOALS):
        return
    said = terms(page.in_force)
    page.kinds.add(Kind.GOALS)
    shown = {goal.goal_id: GoalShown(goal) for goal in goals_in(said)}
    for criterion, words in _criteria(page, engagement, person):
        shown[criterion.goal_id].criteria.append(words)
    page.goals = list(shown.values())
    planned = (said.get("logistics") or {}).get("session_count")
    if planned and _only_counts(engagement, person):
        page.count = Count(held_count(engagement), planned)
        page.kinds.add(Kind.ATTENDANCE)


def _began(page: Trajectory, engagement: Engagement, person: Person) -> None:
    """While preparing, with what it began, for coachee and coach: no queries."""
    if engagement.stage_ is Stage.PREPARING:
        page.began = beginning_of(engagement, person, reading_language())
    if page.began:
        page.kinds.add(Kind.ACQUAINTANCE)


def _criteria(
    page: Trajectory, engagement: Engagement, person: Person
) -> Iterator[tuple[AgreedCriterion, CriterionShown]]:
    """What was agreed, and for who may read the measurements how it stands: at most 1 query."""
    reads = engagement.lets(person, Permission.READ_MEASUREMENTS)
    if reads and page.in_force:
        page.measured_until = read_until(engagement, page.in_force, person)
    if not reads or page.measured_until == date.min:
        for criterion in agreed_criteria(engagement, page.in_force):
            later = later_words(criterion)
            yield criterion, CriterionShown(criterion.measure, agreed_words(criterion), later=later)
        return
    page.kinds.add(Kind.MEASUREMENTS)
    for state in verdicts(engagement, page.in_force, reader=person):
        yield state.criterion, CriterionShown.now(state)


def _only_counts(engagement: Engagement, person: Person) -> bool:
    counts = engagement.lets(person, Permission.COUNT_SESSIONS)
    return counts and not engagement.lets(person, Permission.SEE_SESSION_DATES)


def _done(page: Trajectory, engagement: Engagement, person: Person) -> None:
    """The path, the plan and the stumbling blocks: 2 queries."""
    page.path = path_of(engagement, person, page.in_force)
    if engagement.lets(person, Permission.READ_PLAN):
        page.plan = lines(engagement, open_actions(engagement)[:6])
        page.kinds.add(Kind.PLAN)
    # While preparing as they are being written; after that as they were signed, also while they are amended.
    written = page.in_force or getattr(engagement, "draft", None)
    if written and written.stumbling_blocks and engagement.lets(person, Permission.READ_STUMBLING_BLOCKS):
        page.stumbling_blocks = written.stumbling_blocks
        page.kinds.add(Kind.STUMBLING_BLOCKS)


def _received(page: Trajectory, engagement: Engagement, person: Person) -> None:
    """For manager and sponsor: what was released to them, and what they do not see: 1 query."""
    mine: Iterable[Role] = engagement.roles_of(person)
    receiver = next((role for role in RECEIVERS if role in mine), None)
    if receiver is None:
        return
    page.outline = outline_of(engagement, page.count.planned if page.count else None)
    page.hidden = outlook_now(engagement, receiver).never
    if engagement.lets(person, Permission.READ_RELEASED) and page.coachee:
        page.released = [one for one in releases_to(engagement, person) if not one.withdrawn_at]
