"""What has been measured, and what it says about what was agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from driehoek.access import POLICY, Kind, Permission, Role, Shape, Stage
from driehoek.agreements.models import Version
from driehoek.agreements.queries import (
    AgreedCriterion,
    AgreedGoal,
    agreed_criteria,
    agreed_goals,
    goals_in,
    looked_at_on,
    terms,
    version_in_force,
)
from driehoek.engagements.models import HERE, Engagement
from driehoek.engagements.queries import Asking, Seen, Step, who_sees
from driehoek.evidence import criteria as evidence
from driehoek.evidence.certainty import Certainty
from driehoek.evidence.certainty_of_criterion import certainty_of
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.prepared import Prepared
from driehoek.kit.templatetags.look import listed
from driehoek.measures.models import AttainmentScore, Observation
from driehoek.people.models import Person
from driehoek.plans.queries import accepted_on

Moment = AttainmentScore.Moment
SCORING = (Role.COACHEE, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class CriterionState:
    """A criterion as agreed, the values that count, the verdict of today, and what was struck out."""

    criterion: AgreedCriterion
    observations: tuple[Observation, ...]
    verdict: evidence.Verdict
    struck: tuple[Observation, ...] = ()

    @property
    def certainty(self) -> Certainty | None:
        """How sure the answer is; None until it can be asked. Worked out when a page says it."""
        return certainty_of(self.criterion.terms, _as_evidence(self.observations), self.verdict)

    @property
    def struck_late(self) -> tuple[Observation, ...]:
        """What was struck out after the deadline, when the verdict was known."""
        is_over = self.criterion.terms.is_over
        return tuple(row for row in self.struck if row.struck and is_over(localdate(row.struck.at)))


@dataclass(frozen=True, slots=True)
class GoalScores:
    """One goal with the scores that its reader may see, by moment and role."""

    goal: AgreedGoal
    scores: tuple[AttainmentScore, ...]

    def level(self, moment: str, role: Role) -> int | None:
        """The level this role gave at this moment, or None."""
        found = (one.level for one in self.scores if (one.moment, one.role) == (moment, role))
        return next(found, None)


_VALUES: Final = Prepared(
    lambda: Observation.objects.filter(engagement=HERE).select_related("struck").order_by("on")
)


def verdicts(
    engagement: Engagement, version: Version | None = None, *, reader: Person | None = None
) -> list[CriterionState]:
    """Every agreed criterion with its values and its verdict: 2 queries, 1 with the `version` in force.

    One more where something is counted from a milestone. For a `reader` who has no live view, as it stood.
    """
    held = version or version_in_force(engagement)
    until = read_until(engagement, held, reader) if held and reader else None
    values: dict[UUID, list[Observation]] = {}
    for row in _VALUES.ask(engagement=engagement):
        if until is None or row.on <= until:
            values.setdefault(row.criterion_id, []).append(row)
    then = until + timedelta(days=1) if until and until > date.min else None
    return [
        _state(criterion, values.get(criterion.criterion_id, []), engagement.stops_on, then)
        for criterion in (criteria_now(engagement, held) if held else [])
    ]


def read_until(engagement: Engagement, version: Version, reader: Person) -> date | None:
    """Up to which day somebody reads what was measured: no queries. None for who reads all of it.

    Manager and sponsor of a coachee read how it stood when the parties last looked; `date.min` before that.
    """
    live = POLICY[Permission.READ_MEASUREMENTS].roles & engagement.roles_of(reader)
    if live or engagement.shape_ is Shape.CONSULTANCY or engagement.stage_ is Stage.CLOSED:
        return None
    days = looked_at_on(version, agreed_criteria(engagement, version))
    return max((on for on in days if on < clock.today(engagement.time_zone)), default=date.min)


def verdict_on(engagement: Engagement, criterion_id: UUID) -> CriterionState | None:
    """One agreed criterion with its values and its verdict; None when it was not agreed: 3 queries."""
    criterion = agreed_criterion(engagement, criterion_id)
    if criterion is None:
        return None
    rows = engagement.observations.filter(criterion_id=criterion_id)
    found = list(rows.select_related("entered_by", "struck__by").order_by("on"))
    return _state(criterion, found, engagement.stops_on)


def agreed_criterion(engagement: Engagement, criterion_id: UUID) -> AgreedCriterion | None:
    """A criterion of the version in force; None when it was not agreed: 2 queries at most."""
    return next((one for one in criteria_now(engagement) if one.criterion_id == criterion_id), None)


def criteria_now(engagement: Engagement, version: Version | None = None) -> list[AgreedCriterion]:
    """What was agreed, with the days of each period that is counted from a milestone once it is accepted.

    2 queries at most, 1 less with the `version` in force.
    """
    found = agreed_criteria(engagement, version)
    waiting = any(one.terms.anchor and one.terms.anchor.milestone for one in found)
    accepted = accepted_on(engagement) if waiting else {}
    return [_begun(one, accepted) for one in found]


def _begun(criterion: AgreedCriterion, accepted: Mapping[UUID, date]) -> AgreedCriterion:
    anchor = criterion.terms.anchor
    on = accepted.get(UUID(anchor.milestone)) if anchor and anchor.milestone else None
    return replace(criterion, terms=criterion.terms.counted_from(on)) if on else criterion


def is_over(criterion: AgreedCriterion) -> bool:
    """Whether the deadline has passed, so that the verdict stands: no queries."""
    return criterion.terms.is_over(clock.today())


def _state(
    criterion: AgreedCriterion, rows: list[Observation], stopped_on: date | None, then: date | None = None
) -> CriterionState:
    standing = tuple(row for row in rows if row.struck_id is None)
    verdict = evidence.judge(criterion.terms, _as_evidence(standing), then or clock.today(), stopped_on)
    return CriterionState(
        criterion, standing, verdict, tuple(row for row in rows if row.struck_id is not None)
    )


def _as_evidence(rows: Iterable[Observation]) -> list[evidence.Observation]:
    return [evidence.Observation(row.on, row.value, row.out_of) for row in rows]


def attainment(engagement: Engagement, person: Person, version: Version | None = None) -> list[GoalScores]:
    """The goals with the scores `person` may see: all of them, or only the own ones.

    2 queries, 1 with the `version` in force.
    """
    rows = engagement.attainment_scores.select_related("scored_by").order_by("moment", "role")
    if not engagement.lets(person, Permission.READ_ATTAINMENT):
        rows = rows.filter(role__in=engagement.roles_of(person))
    scores = list(rows)
    return [
        GoalScores(goal, tuple(one for one in scores if one.goal_id == goal.goal_id))
        for goal in agreed_goals(engagement, version)
    ]


def own_scores(goals: list[GoalScores], role: Role, moment: str) -> list[tuple[AgreedGoal, AttainmentScore]]:
    """What somebody in this role scored at this moment, by goal: no queries."""
    return [
        (row.goal, one) for row in goals for one in row.scores if (one.role, one.moment) == (role, moment)
    ]


def can_be_scored(engagement: Engagement, moment: str) -> bool:
    """Whether this moment fits how far the engagement is: 1 query at most.

    The interim score belongs to the work under way and stands as it is once the closing has begun. The
    end is scored while closing, or before that from the day of the last agreed session or of the last goal.
    """
    if engagement.stage_ is Stage.CLOSING:
        return moment == Moment.END
    if engagement.stage_ is not Stage.ACTIVE:
        return False
    opens_on = _end_opens_on(version_in_force(engagement)) if moment == Moment.END else None
    return moment == Moment.INTERIM or (opens_on is not None and clock.today() >= opens_on)


def _end_opens_on(version: Version | None) -> date | None:
    """The last agreed session or the last day of a goal, whichever comes first: no queries."""
    agreed = terms(version) if version else {}
    days = [max(goal.by_when for goal in goals_in(agreed))] if agreed.get("goals") else []
    said = agreed.get("logistics") or {}
    if said.get("first_session_on") and said.get("session_count"):
        turns = said["session_count"] - 1
        weeks = turns * (said.get("every_weeks") or 1)
        days.append(date.fromisoformat(said["first_session_on"]) + timedelta(weeks=weeks))
    return min(days, default=None)


def scoring_role(engagement: Engagement, person: Person) -> Role | None:
    """In which role `person` scores levels; None where nobody is coached and so no levels were agreed."""
    if engagement.shape_ is Shape.CONSULTANCY:
        return None
    return next((role for role in SCORING if role in engagement.roles_of(person)), None)


def who_sees_own_score(engagement: Engagement, person: Person) -> Seen:
    """The chip where somebody scores: who reads every score, and the writer the own one: no queries."""
    seen = who_sees(engagement, Kind.ATTAINMENT, person)
    role = scoring_role(engagement, person)
    if role is None or role in seen.corners:
        return seen
    names = [
        party.first_name
        for party in engagement.parties_in_order
        if party.role_ in seen.corners and not party.declined_at
    ]
    words = {"who": listed(names)}
    return Seen(_("%(who)s, and you your own score") % words, seen.corners | {role}, False, seen.href)


def with_review(engagements: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Adds when the interim review falls."""
    agreed = Version.objects.filter(engagement=OuterRef("pk"), state=Version.State.IN_FORCE)
    return engagements.annotate(
        measures_first_on=Subquery(agreed.values("first_session_on")[:1]),
        measures_every_weeks=Subquery(agreed.values("every_weeks")[:1]),
        measures_review_after=Subquery(agreed.values("review_after_session")[:1]),
    )


def with_signs(engagements: QuerySet[Engagement], by: Asking) -> QuerySet[Engagement]:
    """Adds which levels were scored, and when the interim review falls."""
    scores = AttainmentScore.objects.filter(engagement=OuterRef("pk"))
    return with_review(engagements).annotate(
        **{
            f"measures_{moment}_by_{role}": Exists(scores.filter(moment=moment, role=role))
            for moment in Moment
            for role in SCORING
        },
    )


def asked_of(engagement: Engagement, person: Person) -> list[Step]:
    """The levels this person is asked to score now: no queries."""
    if engagement.stops_on or not engagement.lets(person, Permission.SCORE_ATTAINMENT):
        return []  # whoever stops may score, and is not asked to
    moment, role = _moment_now(engagement), scoring_role(engagement, person)
    if moment is None or role is None or getattr(engagement, f"measures_{moment}_by_{role}"):
        return []
    return [
        Step(
            engagement,
            title=_("Score where things stand") if moment is Moment.INTERIM else _("Score what was reached"),
            url=reverse("measures:score", args=[engagement.pk, moment]),
            rank=40,
            minutes=3,
            kind=Kind.ATTAINMENT,
            button=_("Score the goals"),
            explained=_("For every goal you choose the level that fits best now. There is no right answer."),
        )
    ]


def interim_review_on(engagement: Engagement) -> date | None:
    """The day on which the interim review falls by the agreement: no queries after `with_review`."""
    first_on = getattr(engagement, "measures_first_on", None)
    if not isinstance(first_on, date):
        return None
    turns = max((engagement.measures_review_after or 1) - 1, 0)
    weeks: int = turns * engagement.measures_every_weeks
    return first_on + timedelta(weeks=weeks)


def interim_review_held(engagement: Engagement) -> bool:
    """Whether everybody who scores the levels did so halfway: no queries after `with_signs`."""
    scoring = [p.role for p in engagement.parties_in_order if p.role in SCORING and p.accepted_at]
    return bool(scoring) and all(
        getattr(engagement, f"measures_{Moment.INTERIM}_by_{role}", False) for role in scoring
    )


def _moment_now(engagement: Engagement) -> AttainmentScore.Moment | None:
    if engagement.stage_ is Stage.CLOSING:
        return Moment.END
    review = interim_review_on(engagement)
    return Moment.INTERIM if review is not None and clock.today() >= review else None
