"""The one table of permissions.

Everything else is read from it: the check in each view, the rows a list may show, the words of the
"who sees this" chips, the page "who sees what", and the tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from driehoek.access.disclosure import NOTHING, RECEIVERS, DisclosureTable, Kind, Level
from driehoek.access.roles import Role


class Stage(StrEnum):
    """How far an engagement has come."""

    PREPARING = "preparing"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSING = "closing"
    CLOSED = "closed"
    DROPPED = "dropped"  # prepared, and never begun


OVER: Final = (Stage.CLOSED, Stage.DROPPED)
"""Nothing changes any more."""


class Permission(StrEnum):
    """One thing a person can do, named verb-noun."""

    SEE_ENGAGEMENT = "see-engagement"
    INVITE_PARTIES = "invite-parties"
    SEE_WHO_LOOKED = "see-who-looked"
    LEAVE_PREPARATION = "leave-preparation"
    DROP_PREPARATION = "drop-preparation"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    TAKE_BACK_STOP = "take-back-stop"
    READ_INTERRUPTIONS = "read-interruptions"
    SEE_PHASES = "see-phases"
    PLAN_PHASES = "plan-phases"
    READ_CHANGE_AGENTS = "read-change-agents"
    NAME_CHANGE_AGENTS = "name-change-agents"

    READ_ACQUAINTANCE = "read-acquaintance"
    WRITE_ACQUAINTANCE = "write-acquaintance"
    SEE_MEETING = "see-meeting"
    PLAN_MEETING = "plan-meeting"
    ANSWER_INTAKE = "answer-intake"
    COMPARE_INTAKE = "compare-intake"
    SHOW_INTAKE = "show-intake"
    ESTIMATE_HELP_RELATIONSHIP = "estimate-help-relationship"

    READ_GOALS = "read-goals"
    WRITE_GOALS = "write-goals"
    READ_AGREEMENT = "read-agreement"
    DRAFT_AGREEMENT = "draft-agreement"
    ALIGN_EXPECTATIONS = "align-expectations"
    READ_STUMBLING_BLOCKS = "read-stumbling-blocks"
    WRITE_STUMBLING_BLOCKS = "write-stumbling-blocks"
    COMMENT_AGREEMENT = "comment-agreement"
    OFFER_AGREEMENT = "offer-agreement"
    ANSWER_CANDOUR = "answer-candour"
    SIGN_AGREEMENT = "sign-agreement"

    READ_PLAN = "read-plan"
    CHANGE_PLAN = "change-plan"
    READ_DELIVERABLES = "read-deliverables"
    HAND_OVER = "hand-over"
    JUDGE_DELIVERABLES = "judge-deliverables"
    HOLD_REVIEW = "hold-review"

    COUNT_SESSIONS = "count-sessions"
    SEE_SESSION_DATES = "see-session-dates"
    PLAN_SESSIONS = "plan-sessions"
    BOOK_SESSION = "book-session"
    CANCEL_SESSION = "cancel-session"
    READ_SESSION = "read-session"
    PREPARE_SESSION = "prepare-session"
    READ_BRIEF = "read-brief"
    WRITE_SESSION_NOTES = "write-session-notes"
    READ_REFLECTIONS = "read-reflections"
    WRITE_REFLECTION = "write-reflection"
    READ_PRIVATE_NOTES = "read-private-notes"
    WRITE_PRIVATE_NOTES = "write-private-notes"

    READ_MESSAGES = "read-messages"
    WRITE_MESSAGES = "write-messages"
    READ_OPEN_MESSAGES = "read-open-messages"
    WRITE_OPEN_MESSAGES = "write-open-messages"
    READ_FILES = "read-files"
    ADD_FILES = "add-files"
    READ_OPEN_FILES = "read-open-files"
    ADD_OPEN_FILES = "add-open-files"

    READ_FEEDBACK = "read-feedback"
    BEGIN_FEEDBACK = "begin-feedback"
    NAME_RATERS = "name-raters"
    CHECK_RATERS = "check-raters"

    READ_MEASUREMENTS = "read-measurements"
    ENTER_MEASUREMENTS = "enter-measurements"
    READ_ATTAINMENT = "read-attainment"
    SCORE_ATTAINMENT = "score-attainment"

    READ_REPORTS = "read-reports"
    WRITE_COACHEE_REPORT = "write-coachee-report"
    WRITE_COACH_REPORT = "write-coach-report"
    READ_RESULTS = "read-results"
    ADD_RESULTS = "add-results"
    MARK_RESULTS = "mark-results"
    RELEASE = "release"
    READ_RELEASED = "read-released"
    BEGIN_CLOSING = "begin-closing"
    ANSWER_CLOSING_TALK = "answer-closing-talk"
    CLOSE_ENGAGEMENT = "close-engagement"
    END_AFTER_NOTICE = "end-after-notice"


@dataclass(frozen=True, slots=True)
class Rule:
    """Roles that may, the stages in which, and the clause that can open it to manager or sponsor."""

    roles: frozenset[Role]
    stages: frozenset[Stage]
    kind: Kind | None = None
    opened_by: frozenset[Level] = frozenset()

    def admits(self, role: Role, disclosure: DisclosureTable) -> bool:
        """Whether `role` belongs here, by the policy or by a clause of the agreement in force."""
        if role in self.roles:
            return True
        if self.kind is None or role not in RECEIVERS:
            return False
        return disclosure.level(self.kind, role) in self.opened_by


_ALL = tuple(Stage)
_RUNNING = (Stage.ACTIVE, Stage.CLOSING)
_NOT_OVER = (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING)
_SINCE_START = (*_NOT_OVER, Stage.CLOSED)


def _allow(
    role: Role,
    *others: Role,
    during: tuple[Stage, ...] = _ALL,
    kind: Kind | None = None,
    opened_by: tuple[Level, ...] = (),
) -> Rule:
    return Rule(frozenset((role, *others)), frozenset(during), kind, frozenset(opened_by))


_COACHEE, _COACH, _CONSULTANT = Role.COACHEE, Role.COACH, Role.CONSULTANT
_MANAGER, _SPONSOR, _ORG_ADMIN = Role.MANAGER, Role.SPONSOR, Role.ORG_ADMIN
_PARTIES = (_COACHEE, _COACH, _CONSULTANT, _MANAGER, _SPONSOR)
_PREPARING = (Stage.PREPARING,)
_AGREEING = (Stage.PREPARING, Stage.ACTIVE)  # an agreement in force is amended while the work goes on
_P, _OPEN = Permission, (Level.ALWAYS,)

POLICY: Final[Mapping[Permission, Rule]] = MappingProxyType(
    {
        _P.SEE_ENGAGEMENT: _allow(*_PARTIES, _ORG_ADMIN),
        _P.INVITE_PARTIES: _allow(_COACH, _CONSULTANT, _ORG_ADMIN, during=_PREPARING),
        _P.SEE_WHO_LOOKED: _allow(_COACHEE),
        _P.LEAVE_PREPARATION: _allow(*_PARTIES, during=_PREPARING),
        _P.DROP_PREPARATION: _allow(_COACH, _CONSULTANT, _ORG_ADMIN, during=(Stage.PREPARING, Stage.DROPPED)),
        _P.PAUSE: _allow(_COACHEE, _COACH, _CONSULTANT, during=(Stage.ACTIVE, Stage.PAUSED)),
        _P.RESUME: _allow(_COACHEE, _COACH, _CONSULTANT, during=(Stage.ACTIVE, Stage.PAUSED)),
        _P.STOP: _allow(*_PARTIES, during=_NOT_OVER),
        _P.TAKE_BACK_STOP: _allow(*_PARTIES, during=_NOT_OVER),
        _P.READ_INTERRUPTIONS: _allow(
            _COACHEE, _COACH, _CONSULTANT, during=_SINCE_START, kind=Kind.INTERRUPTIONS
        ),
        _P.SEE_PHASES: _allow(*_PARTIES, _ORG_ADMIN),
        _P.PLAN_PHASES: _allow(_COACH, _CONSULTANT, _ORG_ADMIN, during=(Stage.PREPARING, *_NOT_OVER)),
        _P.READ_CHANGE_AGENTS: _allow(_CONSULTANT, _SPONSOR, _MANAGER),
        _P.NAME_CHANGE_AGENTS: _allow(_CONSULTANT, during=(Stage.PREPARING, *_RUNNING)),
        _P.READ_ACQUAINTANCE: _allow(_COACHEE, _COACH, kind=Kind.ACQUAINTANCE),
        _P.WRITE_ACQUAINTANCE: _allow(_COACHEE, _COACH, during=_PREPARING),
        _P.SEE_MEETING: _allow(*_PARTIES),
        # Of the sponsor only where nobody is coached: see `may_plan`.
        _P.PLAN_MEETING: _allow(_COACHEE, _COACH, _CONSULTANT, _SPONSOR, during=_AGREEING),
        _P.ANSWER_INTAKE: _allow(*_PARTIES, during=_PREPARING),
        _P.COMPARE_INTAKE: _allow(*_PARTIES, kind=Kind.INTAKE),
        _P.SHOW_INTAKE: _allow(_COACHEE, during=_PREPARING),
        _P.ESTIMATE_HELP_RELATIONSHIP: _allow(_COACH, during=(Stage.PREPARING, *_RUNNING)),
        _P.READ_GOALS: _allow(*_PARTIES, kind=Kind.GOALS),
        _P.WRITE_GOALS: _allow(_COACHEE, _COACH, _CONSULTANT, during=_AGREEING),
        _P.READ_AGREEMENT: _allow(*_PARTIES, kind=Kind.AGREEMENT),
        _P.DRAFT_AGREEMENT: _allow(_COACHEE, _COACH, _CONSULTANT, during=_AGREEING),
        _P.ALIGN_EXPECTATIONS: _allow(*_PARTIES, during=_AGREEING),
        _P.READ_STUMBLING_BLOCKS: _allow(_COACHEE, _COACH, kind=Kind.STUMBLING_BLOCKS, opened_by=_OPEN),
        _P.WRITE_STUMBLING_BLOCKS: _allow(_COACHEE, during=_AGREEING),
        _P.COMMENT_AGREEMENT: _allow(*_PARTIES, during=_AGREEING),
        _P.OFFER_AGREEMENT: _allow(_COACH, _CONSULTANT, during=_AGREEING),
        _P.ANSWER_CANDOUR: _allow(_MANAGER, _SPONSOR, during=_AGREEING),
        _P.SIGN_AGREEMENT: _allow(*_PARTIES, during=_AGREEING),
        _P.READ_PLAN: _allow(
            _COACHEE, _COACH, _CONSULTANT, during=_SINCE_START, kind=Kind.PLAN, opened_by=_OPEN
        ),
        _P.CHANGE_PLAN: _allow(_COACHEE, _COACH, _CONSULTANT, during=_RUNNING),
        _P.READ_DELIVERABLES: _allow(
            _CONSULTANT, _SPONSOR, during=_SINCE_START, kind=Kind.DELIVERABLES, opened_by=_OPEN
        ),
        _P.HAND_OVER: _allow(_CONSULTANT, during=_RUNNING),
        _P.JUDGE_DELIVERABLES: _allow(_SPONSOR, during=_RUNNING),
        _P.HOLD_REVIEW: _allow(_CONSULTANT, _SPONSOR, during=_RUNNING),
        _P.COUNT_SESSIONS: _allow(
            _COACHEE, _COACH, during=_SINCE_START, kind=Kind.ATTENDANCE, opened_by=(Level.COUNT,)
        ),
        _P.SEE_SESSION_DATES: _allow(_COACHEE, _COACH, during=_SINCE_START, kind=Kind.SESSION_DATES),
        _P.PLAN_SESSIONS: _allow(_COACH, during=_RUNNING),
        _P.BOOK_SESSION: _allow(_COACHEE, _COACH, during=_RUNNING),
        _P.CANCEL_SESSION: _allow(_COACHEE, _COACH, during=_NOT_OVER),
        _P.READ_SESSION: _allow(_COACHEE, _COACH, during=_SINCE_START, kind=Kind.SESSION_CONTENT),
        _P.PREPARE_SESSION: _allow(_COACHEE, during=_RUNNING),
        _P.READ_BRIEF: _allow(_COACH, during=_NOT_OVER),
        _P.WRITE_SESSION_NOTES: _allow(_COACHEE, _COACH, during=_RUNNING),
        _P.READ_REFLECTIONS: _allow(_COACHEE, _COACH, during=_SINCE_START, kind=Kind.REFLECTIONS),
        _P.WRITE_REFLECTION: _allow(_COACHEE, during=_NOT_OVER),
        _P.READ_PRIVATE_NOTES: _allow(_COACH, kind=Kind.PRIVATE_NOTES),
        _P.WRITE_PRIVATE_NOTES: _allow(_COACH, during=_NOT_OVER),
        _P.READ_MESSAGES: _allow(_COACHEE, _COACH, kind=Kind.MESSAGES),
        _P.WRITE_MESSAGES: _allow(_COACHEE, _COACH, during=(Stage.PREPARING, *_NOT_OVER)),
        _P.READ_OPEN_MESSAGES: _allow(*_PARTIES, kind=Kind.OPEN_MESSAGES),
        _P.WRITE_OPEN_MESSAGES: _allow(*_PARTIES, during=(Stage.PREPARING, *_NOT_OVER)),
        _P.READ_FILES: _allow(_COACHEE, _COACH, kind=Kind.FILES),
        _P.ADD_FILES: _allow(_COACHEE, _COACH, during=(Stage.PREPARING, *_NOT_OVER)),
        _P.READ_OPEN_FILES: _allow(*_PARTIES, kind=Kind.OPEN_FILES),
        _P.ADD_OPEN_FILES: _allow(*_PARTIES, during=(Stage.PREPARING, *_NOT_OVER)),
        # A rater has no place here: who holds a link answers, and reads nothing that was ever answered.
        _P.READ_FEEDBACK: _allow(_COACHEE, _COACH, during=_SINCE_START, kind=Kind.FEEDBACK),
        _P.BEGIN_FEEDBACK: _allow(_COACHEE, _COACH, during=_RUNNING),
        _P.NAME_RATERS: _allow(_COACHEE, during=_RUNNING),
        _P.CHECK_RATERS: _allow(_COACH, during=_RUNNING),
        _P.READ_MEASUREMENTS: _allow(
            _COACHEE, _COACH, _CONSULTANT, during=_SINCE_START, kind=Kind.MEASUREMENTS, opened_by=_OPEN
        ),
        _P.ENTER_MEASUREMENTS: _allow(_COACHEE, _COACH, _CONSULTANT, during=_RUNNING),
        _P.READ_ATTAINMENT: _allow(_COACHEE, _COACH, during=_SINCE_START, kind=Kind.ATTAINMENT),
        _P.SCORE_ATTAINMENT: _allow(_COACHEE, _MANAGER, during=_RUNNING),
        _P.READ_REPORTS: _allow(
            _COACHEE, _COACH, _CONSULTANT, during=_SINCE_START, kind=Kind.REPORTS, opened_by=_OPEN
        ),
        _P.WRITE_COACHEE_REPORT: _allow(_COACHEE, during=_RUNNING),
        _P.WRITE_COACH_REPORT: _allow(_COACH, _CONSULTANT, during=_RUNNING),
        _P.READ_RESULTS: _allow(
            _COACHEE, _COACH, _CONSULTANT, during=_SINCE_START, kind=Kind.RESULTS, opened_by=_OPEN
        ),
        _P.ADD_RESULTS: _allow(_COACHEE, _COACH, _CONSULTANT, during=_RUNNING),
        _P.MARK_RESULTS: _allow(*_PARTIES, during=_RUNNING),
        _P.RELEASE: _allow(_COACHEE, during=_SINCE_START),
        _P.READ_RELEASED: _allow(_COACHEE, _COACH, _MANAGER, _SPONSOR, during=_SINCE_START),
        _P.BEGIN_CLOSING: _allow(_COACHEE, _COACH, _CONSULTANT, during=(Stage.ACTIVE,)),
        _P.ANSWER_CLOSING_TALK: _allow(_MANAGER, _SPONSOR, during=(Stage.CLOSING,)),
        _P.CLOSE_ENGAGEMENT: _allow(_COACH, _CONSULTANT, during=(Stage.CLOSING,)),
        _P.END_AFTER_NOTICE: _allow(_COACHEE, during=(Stage.CLOSING,)),
    }
)

READING: Final[Mapping[Kind, Permission]] = MappingProxyType(
    {rule.kind: permission for permission, rule in POLICY.items() if rule.kind is not None}
)
"""For every kind of content the permission that opens it: the source of the "who sees this" words."""


def may(
    permission: Permission,
    roles: frozenset[Role],
    stage: Stage,
    disclosure: DisclosureTable = NOTHING,
) -> bool:
    """Say whether someone holding `roles` may do this in `stage` under the agreement in force."""
    rule = POLICY[permission]
    return stage in rule.stages and any(rule.admits(role, disclosure) for role in roles)


def audience(kind: Kind, disclosure: DisclosureTable = NOTHING) -> frozenset[Role]:
    """Every role that can read this kind of content once its stage has come."""
    rule = POLICY[READING[kind]]
    return frozenset(role for role in Role if rule.admits(role, disclosure))
