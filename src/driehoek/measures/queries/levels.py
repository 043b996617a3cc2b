"""The levels of the goals: who scored what, who is asked to, and when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from driehoek.access import Kind, Permission, Role, Shape, Stage
from driehoek.agreements.models import Version
from driehoek.agreements.queries import AgreedGoal, agreed_goals, goals_in, terms, version_in_force
from driehoek.engagements.models import Engagement
from driehoek.engagements.queries import Asking, Seen, Step, who_sees
from driehoek.kit import clock
from driehoek.kit.addresses import reverse
from driehoek.kit.templatetags.look import listed
from driehoek.measures.models import AttainmentScore
from driehoek.method.reviews import LATE_AFTER
from driehoek.people.models import Person

Moment = AttainmentScore.Moment
SCORING = (Role.COACHEE, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class GoalScores:
    """One goal with the scores that its reader may see, by moment and role.

    `waits` says that the manager scored too, and that it is shown once the coachee has.
    """

    goal: AgreedGoal
    scores: tuple[AttainmentScore, ...]
    waits: bool = False

    def level(self, moment: str, role: Role) -> int | None:
        """The level this role gave at this moment, or None."""
        found = (one.level for one in self.scores if (one.moment, one.role) == (moment, role))
        return next(found, None)


def attainment(engagement: Engagement, person: Person, version: Version | None = None) -> list[GoalScores]:
    """The goals with the scores `person` may see: all of them, or only the own ones.

    2 queries, 1 with the `version` in force.
    """
    rows = engagement.attainment_scores.select_related("scored_by").order_by("moment", "role")
    if not engagement.lets(person, Permission.READ_ATTAINMENT):
        rows = rows.filter(role__in=engagement.roles_of(person))
        return _by_goal(engagement, version, list(rows), set())
    scores = list(rows)
    return _by_goal(engagement, version, scores, _covered(engagement, scores))


def _by_goal(
    engagement: Engagement, version: Version | None, scores: list[AttainmentScore], covered: set[str]
) -> list[GoalScores]:
    found = []
    for goal in agreed_goals(engagement, version):
        mine = [one for one in scores if one.goal_id == goal.goal_id]
        shown = tuple(one for one in mine if one.role != Role.MANAGER or one.moment not in covered)
        found.append(GoalScores(goal, shown, waits=len(shown) < len(mine)))
    return found


def _covered(engagement: Engagement, scores: list[AttainmentScore]) -> set[str]:
    """At which moments a score of the manager could still colour that of the coachee: no queries."""
    coachee = engagement.party(Role.COACHEE)
    if coachee is None or not engagement.lets(coachee.person, Permission.SCORE_ATTAINMENT):
        return set()
    done = {one.moment for one in scores if one.role == Role.COACHEE}
    if engagement.stage_ is Stage.CLOSING:
        done.add(Moment.INTERIM)  # too late to score that
    since = clock.now() - LATE_AFTER
    fresh = {one.moment for one in scores if one.role == Role.MANAGER and one.scored_at > since}
    return fresh - done


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
            seen=who_sees_own_score(engagement, person),
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
