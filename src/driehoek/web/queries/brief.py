"""All that a coach reads before a session, on one page."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate

from driehoek.agreements.queries import AgreedGoal, goals_in, terms, version_in_force
from driehoek.engagements.models import Engagement
from driehoek.measures.queries import CriterionState, verdicts
from driehoek.plans.queries import Line, lines, open_actions
from driehoek.sessions.queries import Before
from driehoek.web.queries.trajectory import CriterionShown


@dataclass(frozen=True, slots=True)
class GoalNow:
    """A goal as it was signed, with each criterion today and how many values came in since last time."""

    goal: AgreedGoal
    criteria: list[tuple[CriterionShown, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Brief:
    """The question, what last time left behind, what is still to be done, and the goals today."""

    before: Before
    plan: list[Line]
    goals: list[GoalNow]


def brief_of(engagement: Engagement, found: Before) -> Brief:
    """What stands beside what came `before` a session: 3 queries."""
    since = localdate(found.last.starts_at, engagement.zone) if found.last else None
    return Brief(
        before=found,
        plan=lines(engagement, open_actions(engagement)),
        goals=_goals(engagement, since),
    )


def _goals(engagement: Engagement, since: date | None) -> list[GoalNow]:
    version = version_in_force(engagement)
    if version is None:
        return []
    shown = {goal.goal_id: GoalNow(goal) for goal in goals_in(terms(version))}
    for state in verdicts(engagement, version):
        shown[state.criterion.goal_id].criteria.append((CriterionShown.now(state), _news(state, since)))
    return list(shown.values())


def _news(state: CriterionState, since: date | None) -> int:
    """How many values are of the day of the last session or later; all of them before the first one."""
    return sum(1 for row in state.observations if since is None or row.on >= since)
