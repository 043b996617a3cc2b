"""Goals and criteria as they are being written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import Prefetch

from driehoek.access import RECEIVERS, Role, Shape
from driehoek.agreements.models import Criterion, Goal
from driehoek.agreements.queries.deliverables import milestone_names
from driehoek.agreements.queries.foresight import Warning, answers_missing, terms_of, warnings_of
from driehoek.agreements.wording import (
    LEVEL_WORDS,
    brought_words,
    counted_words,
    level_sign,
    matters_words,
    starting_value,
    target_words,
)
from driehoek.engagements.models import Engagement
from driehoek.method.smart import Ability, SmartParts, goal_sentence, speaker_of
from driehoek.method.texts import Language

MOST_GOALS, MOST_CRITERIA, MOST_LEARNING_GOALS = 3, 6, 12
LEVELS = (-2, -1, 0, 1, 2)


def goals_of(engagement: Engagement) -> list[Goal]:
    """The goals as they stand now, in order, with their criteria: 2 queries."""
    criteria = Prefetch("criteria", Criterion.objects.filter(dropped_at=None).order_by("position"))
    found = engagement.goals.filter(dropped_at=None)
    return list(found.prefetch_related(criteria).order_by("position"))


def goal_with(engagement: Engagement, goal_id: UUID | None) -> Goal | None:
    """The goal with this id, or None when it is still to be written or was removed: 1 query."""
    return engagement.goals.filter(pk=goal_id, dropped_at=None).first() if goal_id else None


def sentence(goal: Goal) -> str:
    """The goal as one sentence, in the language it was written in: no queries beside its engagement."""
    parts = SmartParts(
        by_when=goal.by_when,
        ability=cast(Ability, goal.ability),
        what=goal.action,
        about=goal.about,
        shown_by=goal.shown_by,
        why=goal.why,
    )
    return goal_sentence(parts, cast(Language, goal.language), speaker_of(goal.engagement.shape))


def levels_of(goal: Goal) -> dict[int, str]:
    """The five levels, worst first; an empty text where one is still to be written: no queries."""
    written = json.loads(goal.levels) if goal.levels else {}
    return {level: written.get(str(level), "") for level in LEVELS}


def lines_of(text: str) -> list[str]:
    """One thing a line, without empty lines."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def needs_levels(engagement: Engagement) -> bool:
    """Whether goals have five levels here: not where there is nobody to be coached."""
    return engagement.shape_ is not Shape.CONSULTANCY


def asks_who_brought(engagement: Engagement) -> bool:
    """Whether a goal can come from an organisation here: only where somebody is coached for one."""
    roles = {party.role for party in engagement.parties.all() if not party.declined_at}
    return Role.COACHEE in roles and bool(roles & set(RECEIVERS))


def goal_in_words(goal: Goal) -> str:
    """Everything somebody wrote about a goal, to lay beside another version: no queries."""
    levels = [f"{level:+d}: {text}" for level, text in levels_of(goal).items() if text]
    return "\n".join([sentence(goal), *lines_of(goal.learning_goals), *levels])


@dataclass(frozen=True, slots=True)
class CriterionCard:
    """A criterion as a page shows it; `needed` people must answer, where nobody knows how many will."""

    criterion: Criterion
    measure: str
    start: str
    target: str
    counted: str
    warnings: list[Warning]
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class GoalCard:
    """A goal as a page shows it, with what is still missing."""

    goal: Goal
    number: int
    sentence: str
    learning_goals: list[str]
    levels: list[tuple[str, str, str]]
    criteria: list[CriterionCard]
    matters_to: str
    brought_by: str


def goal_cards(engagement: Engagement) -> list[GoalCard]:
    """The goals in words: 2 queries, 1 more where something is counted from a milestone."""
    goals = goals_of(engagement)
    waiting = any(one.milestone for goal in goals for one in goal.criteria.all())
    milestones = milestone_names(engagement) if waiting else {}
    return [
        GoalCard(
            goal=goal,
            number=number,
            sentence=sentence(goal),
            learning_goals=lines_of(goal.learning_goals),
            levels=[
                (level_sign(level), str(LEVEL_WORDS[level]), text)
                for level, text in reversed(levels_of(goal).items())
                if text
            ],
            criteria=[criterion_card(criterion, milestones) for criterion in goal.criteria.all()],
            matters_to=matters_words(goal.matters_to),
            brought_by=brought_words(goal.brought_by),
        )
        for number, goal in enumerate(goals, start=1)
    ]


def criterion_card(criterion: Criterion, milestones: Mapping[UUID, str] | None = None) -> CriterionCard:
    """A criterion in words, with what speaks against it: no queries."""
    agreed = terms_of(criterion, milestones)
    return CriterionCard(
        criterion,
        criterion.measure,
        starting_value(agreed),
        target_words(agreed),
        counted_words(agreed),
        warnings_of(criterion),
        answers_missing(criterion),
    )
