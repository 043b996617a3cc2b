"""Everything a released document can be made of, fetched once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from driehoek.access import RECEIVERS, Kind, Role, Shape
from driehoek.agreements.models import Version
from driehoek.agreements.queries import AgreedGoal, agreed_goals, dropped_lines, with_earlier
from driehoek.engagements.models import Engagement, Party
from driehoek.measures.models import AttainmentScore
from driehoek.measures.queries import CriterionState, verdicts
from driehoek.plans.models import Action
from driehoek.results.models import ClosingTalk, Report
from driehoek.results.queries.ledger import LedgerRow, ledger, releasable

REPORT_ITEMS = {
    "coachee_report": Role.COACHEE,
    "coach_report": Role.COACH,
    "consultant_report": Role.CONSULTANT,
}
REPORT_FIELDS = ("id", "sections", "handed_in_at")


@dataclass(frozen=True, slots=True)
class Material:
    """What was agreed, measured, scored, written and judged in one engagement."""

    engagement: Engagement
    version: Version | None
    goals: list[AgreedGoal]
    states: list[CriterionState]
    scores: list[AttainmentScore]
    reports: dict[Role, Report]
    rows: list[LedgerRow]
    talks: dict[Role, str]
    dropped: list[str]
    actions: list[Action]

    @property
    def coachee(self) -> str:
        """How the coachee is called in running text."""
        party = self.engagement.party(Role.COACHEE)
        return party.person.first_name_only if party else ""

    @property
    def receivers(self) -> list[Party]:
        """Manager and sponsor, as far as they take part."""
        present = self.engagement.parties_in_order
        return [party for party in present if party.role in RECEIVERS and party.accepted_at]

    @property
    def is_coached(self) -> bool:
        return self.engagement.shape_ is not Shape.CONSULTANCY

    def report(self, item: str) -> Report | None:
        """A report once it has been handed in; before that nobody but its author reads it."""
        report = self.reports.get(REPORT_ITEMS[item])
        return report if report and report.handed_in_at else None

    def holds(self, item: str) -> bool:
        """Whether there is anything to release under this name."""
        if item in REPORT_ITEMS:
            return self.report(item) is not None
        there: dict[str, Collection[object]] = {
            "measurements": self.states,
            "attainment": self.scores,
            "results": self.rows,
            "plan": self.actions,
        }
        return bool(there[item])

    def levels(self, moment: str) -> list[int | None]:
        """The level of every goal as the coachee scored it at this moment."""
        found = {score.goal_id: score.level for score in self.scores if score.moment == moment}
        return [found.get(goal.goal_id) for goal in self.goals]


def material(engagement: Engagement) -> Material:
    """Everything a document can hold: 5 queries, one more where the plan may go to somebody."""
    found = engagement.versions.filter(in_force_at__isnull=False).annotate(**_talks(), **_written())
    version = next((one for one in with_earlier(list(found)) if one.state == Version.State.IN_FORCE), None)
    answers = {role: getattr(version, f"talk_{role}", None) for role in RECEIVERS}
    goes_out = any(Kind.PLAN in releasable(engagement, role) for role in RECEIVERS)
    return Material(
        engagement=engagement,
        version=version,
        goals=agreed_goals(engagement, version) if version else [],
        states=verdicts(engagement, version, with_names=True) if version else [],
        scores=list(_scores(engagement)),
        reports=_reports(engagement, version),
        rows=ledger(engagement),
        talks={role: answer for role, answer in answers.items() if answer},
        dropped=dropped_lines(version) if version else [],
        actions=list(engagement.actions.exclude(sort=Action.Sort.MILESTONE)) if goes_out else [],
    )


def _scores(engagement: Engagement) -> QuerySet[AttainmentScore]:
    own = engagement.attainment_scores.filter(role=Role.COACHEE)
    return own.select_related("scored_by").order_by("-moment", "scored_at")


def _talks() -> dict[str, Subquery]:
    talk = ClosingTalk.objects.filter(engagement=OuterRef("engagement"))
    return {f"talk_{role}": Subquery(talk.filter(role=role).values("answer")[:1]) for role in RECEIVERS}


def _written() -> dict[str, Subquery]:
    """The reports come along with the version: a page about a release asks at most ten times."""
    report = Report.objects.filter(engagement=OuterRef("engagement"))
    return {
        f"{role}_{name}": Subquery(report.filter(role=role).values(name)[:1])
        for role in REPORT_ITEMS.values()
        for name in REPORT_FIELDS
    }


def _reports(engagement: Engagement, version: Version | None) -> dict[Role, Report]:
    found = {}
    for role in REPORT_ITEMS.values():
        facts = {name: getattr(version, f"{role}_{name}", None) for name in REPORT_FIELDS}
        if facts["id"]:
            found[role] = Report(engagement=engagement, role=role, **facts)
    return found
