"""The page of manager or sponsor, drawn for others in a stage they choose, by the rules that will hold there.

It is drawn from the rules, never from what that person has: whoever looks sees of the content only what is
open to themselves, and what does not exist yet is named, not made up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy

from driehoek.access import NOTHING, DisclosureTable, Kind, Permission, Role, Stage, may, roles_in
from driehoek.agreements.queries import (
    criteria_in,
    draft_as_it_stands,
    goals_in,
    goals_of,
    sentence,
    terms,
    version_in_force,
)
from driehoek.agreements.queries.draft import table_as_it_stands
from driehoek.agreements.queries.eyes import sight
from driehoek.engagements.models import Engagement, Party
from driehoek.engagements.queries import kinds_in
from driehoek.engagements.wording import KIND_WORDS
from driehoek.people.models import Person
from driehoek.web.queries.path import Preparation, drawn_outline, preparation_of

OWN_PLACE = (Kind.GOALS, Kind.ATTENDANCE, Kind.AGREEMENT, Kind.MEASUREMENTS)
"""Kinds that have a place of their own on the page; the others are named in a list."""


ASKED = (
    (Permission.ANSWER_INTAKE, gettext_lazy("To answer the six questions, alone at first")),
    (Permission.ANSWER_CANDOUR, gettext_lazy("Whether there is anything the coachee has not been told")),
    (Permission.COMMENT_AGREEMENT, gettext_lazy("To read the draft, and say what should read differently")),
    (Permission.SIGN_AGREEMENT, gettext_lazy("To read the version on offer, and sign it where that must be")),
    (Permission.SCORE_ATTAINMENT, gettext_lazy("To score how far each goal has come")),
    (Permission.JUDGE_DELIVERABLES, gettext_lazy("To accept what is handed over, or say why not")),
    (
        Permission.HOLD_REVIEW,
        gettext_lazy("To see at the agreed days whether it works, and conclude one thing"),
    ),
    (Permission.ANSWER_CLOSING_TALK, gettext_lazy("To answer the invitation to the closing talk")),
    (Permission.MARK_RESULTS, gettext_lazy("To mark each result that was released")),
)
"""What an organisation is asked to do, by the permission to do it."""
WITH_A_COACHEE = {Permission.ANSWER_CANDOUR, Permission.ANSWER_CLOSING_TALK, Permission.SCORE_ATTAINMENT}
WITH_PROMISES = {Permission.JUDGE_DELIVERABLES, Permission.HOLD_REVIEW}
AT_FIRST = {Permission.ANSWER_CANDOUR, Permission.COMMENT_AGREEMENT, Permission.SIGN_AGREEMENT}
"""Asked while preparing; later only where something is amended."""


@dataclass(frozen=True, slots=True)
class GoalDrawn:
    sentence: str
    language: str
    measures: list[str]


@dataclass(slots=True)
class AsSeen:
    """What stands on the page of one receiver in one stage."""

    name: str
    coachee: str
    stage: Stage
    is_draft: bool
    names: dict[str, str]
    planned: int = 0
    outline: list[dict[str, Any]] = field(default_factory=list)
    preparation: list[Preparation] = field(default_factory=list)
    goals: list[GoalDrawn] = field(default_factory=list)
    shows: set[Kind] = field(default_factory=set)
    sees: list[str] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def held(self) -> int:
        """An example: half of them while it runs, and all of them at the end."""
        return self.planned if self.stage in (Stage.CLOSING, Stage.CLOSED) else self.planned // 2

    @property
    def count(self) -> "AsSeen | None":
        """How many were held of how many, where that is counted for this receiver."""
        return self if self.planned and self.is_agreed else None

    @property
    def is_agreed(self) -> bool:
        return self.stage is not Stage.PREPARING

    @property
    def shows_measurements(self) -> bool:
        return Kind.MEASUREMENTS in self.shows

    @property
    def circles(self) -> list[bool]:
        return [number < self.held for number in range(self.planned)]


def page_as_seen(engagement: Engagement, receiver: Party, stage: Stage, *, by: Person) -> AsSeen:
    """What `receiver` will see in `stage`, under the draft while nothing is agreed: at most 3 queries."""
    is_draft = engagement.stage_ in (Stage.PREPARING, Stage.DROPPED)
    draft = draft_as_it_stands(engagement) if is_draft else None
    version = None if is_draft else version_in_force(engagement)
    table = table_as_it_stands(engagement, draft) if draft else engagement.table
    coachee = engagement.party(Role.COACHEE)
    page = AsSeen(
        name=receiver.first_name,
        coachee=coachee.name if coachee else "",
        stage=stage,
        is_draft=is_draft,
        names={p.role: p.name for p in engagement.parties_in_order if not p.declined_at},
    )
    opened = NOTHING if stage is Stage.PREPARING else table
    _sort_kinds(page, engagement, receiver.role_, opened)
    page.asked = asked_in(engagement, receiver.role_, stage, opened)
    if Kind.ATTENDANCE in page.shows:
        page.planned = (draft.session_count if draft else _agreed_count(version)) or 0
    if not page.is_agreed:
        page.preparation = preparation_of(engagement, partial(_may_then, receiver.role_))
        return page
    if coachee:
        first_on = draft.first_session_on if draft else version and version.first_session_on
        page.outline = drawn_outline(page.planned, with_review=first_on is not None)
    if Kind.GOALS in page.shows and engagement.lets(by, Permission.READ_GOALS):
        page.goals = list(_of_version(version) if version else _of_draft(engagement))
    return page


def asked_in(engagement: Engagement, role: Role, stage: Stage, table: DisclosureTable) -> list[str]:
    """What this role is asked to do in this stage, as far as it may."""
    never = WITH_PROMISES if Role.COACHEE in roles_in(engagement.shape_) else WITH_A_COACHEE
    left = never if stage is Stage.PREPARING else never | AT_FIRST
    here = [(permission, words) for permission, words in ASKED if permission not in left]
    return [str(words) for permission, words in here if may(permission, frozenset((role,)), stage, table)]


def _may_then(role: Role, permission: Permission) -> bool:
    """What this role may while the agreement is made: nothing has been opened to it yet."""
    return may(permission, frozenset((role,)), Stage.PREPARING, NOTHING)


def _sort_kinds(page: AsSeen, engagement: Engagement, role: Role, table: Any) -> None:
    """Each kind of content to the place it will have: by the permission function itself."""
    for kind in kinds_in(engagement.shape_):
        seen, words = sight(kind, role, page.stage, table), str(KIND_WORDS[kind])
        if seen == "never":
            page.hidden.append(words)
        elif seen == "released":
            page.released.append(words)
        elif kind in OWN_PLACE:
            page.shows.add(kind)
        else:
            page.sees.append(words)


def _of_draft(engagement: Engagement) -> Iterator[GoalDrawn]:
    for goal in goals_of(engagement):
        yield GoalDrawn(sentence(goal), goal.language, [one.measure for one in goal.criteria.all()])


def _of_version(version: Any) -> Iterator[GoalDrawn]:
    said = terms(version)
    criteria = criteria_in(said)
    for goal in goals_in(said):
        measures = [one.measure for one in criteria if one.goal_id == goal.goal_id]
        yield GoalDrawn(goal.sentence, goal.language, measures)


def _agreed_count(version: Any) -> int:
    return int((terms(version).get("logistics") or {}).get("session_count") or 0) if version else 0
