"""A consultancy with a word in every field."""

import json
from datetime import date
from decimal import Decimal

from driehoek.access import Kind, Level, Role, Shape, Stage, default_table
from driehoek.agreements.models import Criterion, Deliverable, Draft, Goal, Version
from driehoek.agreements.queries import goals_of
from driehoek.agreements.queries.snapshot import listed, snapshot
from driehoek.blended.models import ChangeAgent
from driehoek.calendars.actions import renew_feed
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.models import Engagement
from driehoek.kit import clock
from driehoek.measures.models import Observation
from driehoek.plans.models import Action, DeliveryStep
from driehoek.results.models import Mark, Report, Result
from driehoek.results.wording import REPORT_SECTIONS
from driehoek.reviews.models import Answer
from tests.leaks.filled import Filled
from tests.leaks.words import word
from tests.makers import make_engagement, make_meeting, make_member, person_of

OPENED = {Kind.PLAN: "plan", Kind.REPORTS: "report", Kind.RESULTS: "result"}


def fill(*, stage: Stage, sees: Level) -> Filled:
    """Consultant, sponsor and manager with a word in every field; `sees` is what the sponsor may, of all."""
    engagement = make_engagement(shape=Shape.CONSULTANCY, stage=Stage.PREPARING, title="Neutral title")
    administrator = make_member(engagement.organisation, is_admin=True)
    goal, criterion = _agreed(engagement, stage, sees)
    action, result = _worked(engagement, goal, criterion)
    _delivered(engagement, started=stage is not Stage.PREPARING)
    known = {
        "engagement_id": [engagement.pk],
        "number": [1],
        "receiver": ["manager", "sponsor"],
        "stage": ["preparing", "closed"],
        "route: number": [1],
        "intake: number": [1],
        "goal_id": [goal.pk],
        "criterion_id": [criterion.pk],
        "key_id": [],
        "action_id": [action.pk],
        "deliverable_id": [one.pk for one in engagement.deliverables.all()],
        "result_id": [result.pk],
        "release_id": [],
        "comment_id": [],
        "agent_id": [_agent(engagement).pk],
        "phase": ["coaching"],
        "scale_id": [],
        "survey_id": [],
        "stakeholder_id": [],
        "moment": ["interim", "end"],
        "review": ["day_30"],
        "party_id": [party.pk for party in engagement.parties.all()],
        "part": ["goal"],
        "token": ["no-such-token"],
        "at": ["20261130T0900Z"],
        "meeting_id": [make_meeting(engagement).pk],
        "part_id": [],
        "round_id": [],
        "rater_id": [],
        "rater: number": [1],
        "file_id": [],
        "letter": ["every", "new_message"],
        "language": ["nl"],
        "letter_id": [],
        "secret": [renew_feed(person_of(engagement, Role.CONSULTANT))],
        "person_id": [administrator.person_id],
        "kept_id": [],
        "organisation_id": [engagement.organisation_id],
        "member_id": [administrator.pk],
        "experiment_id": [],
        "kind": ["A"],
    }
    return Filled(Engagement.objects.get(pk=engagement.pk), known)


def _agent(engagement: Engagement) -> ChangeAgent:
    said, now = {"name": word("agent"), "takes_over": word("over")}, clock.now()
    return ChangeAgent.objects.create(engagement=engagement, made_at=now, changed_at=now, **said)


def _agreed(engagement: Engagement, stage: Stage, sees: Level) -> tuple[Goal, Criterion]:
    now = clock.now()
    said = {part: word("goal", part) for part in ("action", "about", "why")} | {
        "shown_by": word("goal", "by")
    }
    goal = Goal.objects.create(
        engagement=engagement, position=1, by_when=date(2027, 1, 15), changed_at=now, **said
    )
    criterion = Criterion.objects.create(
        engagement=engagement,
        goal=goal,
        measure=word("criterion"),
        unit=word("unit"),
        form=Criterion.Form.LEVEL,
        target=Decimal(7),
        window_starts=date(2026, 8, 27),
        deadline=date(2027, 1, 15),
        changed_at=now,
    )
    table = default_table(Shape.CONSULTANCY).as_json()
    for kind in (*OPENED, Kind.MEASUREMENTS):
        table[str(kind)] = {str(Role.MANAGER): str(Level.NEVER), str(Role.SPONSOR): str(sees)}
    draft = Draft.objects.create(
        engagement=engagement,
        clauses=json.dumps({"rework": word("clause"), "penalty": word("penalty"), "savings": word("saving")}),
        disclosure=table,
        starts_on=date(2026, 8, 27),
        rework_days=14,
        rework_rounds=1,
        changed_at=now,
    )
    for number, sort in enumerate(Deliverable.Sort.values[:3], start=1):
        Deliverable.objects.create(
            engagement=engagement,
            sort=sort,
            name=word("promise", number),
            accepted_when=word("acceptable", number),
            week=4 * number,
            judged_by=[str(criterion.pk)],
            made_at=now,
            changed_at=now,
        )
    frozen = snapshot(engagement, draft, goals_of(engagement), 1)
    started = stage not in (Stage.PREPARING, Stage.DROPPED)
    Version.objects.create(
        **listed(draft),
        engagement=engagement,
        number=1,
        canonical=canonical(frozen).decode(),
        fingerprint=fingerprint(frozen),
        state=Version.State.IN_FORCE if started else Version.State.OFFERED,
        offered_by=person_of(engagement, Role.CONSULTANT),
        offered_at=now,
        in_force_at=now if started else None,
    )
    if started:
        engagement.disclosure, engagement.fingerprint_in_force = frozen["disclosure"], fingerprint(frozen)
        engagement.started_on, engagement.stage = date(2026, 8, 27), stage
        engagement.paused_on = date(2026, 9, 10) if stage is Stage.PAUSED else None
        engagement.save()
    return goal, criterion


def _delivered(engagement: Engagement, *, started: bool) -> None:
    """The first was rejected, the second handed over, the third still lies ahead."""
    first, second, _third = engagement.deliverables.all()
    steps = ((first, 1, "handed_over"), (first, 2, "rejected"), (second, 1, "handed_over"))
    for one, number, what in steps if started else ():
        DeliveryStep.objects.create(
            engagement=engagement,
            deliverable=one.pk,
            number=number,
            what=what,
            said=word("delivery", one.week, number),
            again_by=date(2026, 10, 8) if what == "rejected" else None,
            by=person_of(engagement, Role.SPONSOR if what == "rejected" else Role.CONSULTANT),
            at=clock.now(),
        )


def _worked(engagement: Engagement, goal: Goal, criterion: Criterion) -> tuple[Action, Result]:
    now, consultant = clock.now(), person_of(engagement, Role.CONSULTANT)
    action = Action.objects.create(
        engagement=engagement, text=word("plan"), owner=Role.CONSULTANT, made_at=now, changed_at=now
    )
    Observation.objects.create(
        engagement=engagement,
        criterion=criterion,
        on=date(2026, 9, 10),
        value=Decimal("6.5"),
        entered_by=consultant,
        entered_at=now,
    )
    Answer.objects.create(
        engagement=engagement,
        review="day_30",
        part=Answer.Part.CONCLUSION,
        role=Role.CONSULTANT,
        said=json.dumps({"text": word("delivery", "conclusion")}),
        answered_by=consultant,
        answered_at=now,
    )
    sections = {section: word("report", section) for section in REPORT_SECTIONS[Role.CONSULTANT]}
    Report.objects.create(
        engagement=engagement,
        role=Role.CONSULTANT,
        sections=json.dumps(sections),
        revision=1,
        changed_at=now,
        handed_in_at=now,
    )
    result = Result.objects.create(
        engagement=engagement,
        position=1,
        text=word("result"),
        goal=goal,
        intended=True,
        expected=True,
        matters_to="organisation",
        observable=True,
        added_by=Role.CONSULTANT,
        added_at=now,
    )
    Mark.objects.create(
        engagement=engagement,
        result=result,
        role=Role.CONSULTANT,
        view=Mark.View.DESIRED,
        remark=word("mark"),
        marked_by=consultant,
        marked_at=now,
    )
    return action, result
