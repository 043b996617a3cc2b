"""An engagement in which every confidential field holds a word of its own, and nothing else holds it."""

import json
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from driehoek.access import OVER, Role, Shape, Stage, default_table
from driehoek.agreements.models import Comment, Criterion, Draft, Goal, Signature, Version
from driehoek.agreements.queries import goals_of
from driehoek.agreements.queries.snapshot import listed, snapshot
from driehoek.blended.models import Blend, ChangeAgent, Phase
from driehoek.calendars.actions import renew_feed
from driehoek.calendars.models import Connection, Outside
from driehoek.documents.fingerprint import canonical, fingerprint
from driehoek.engagements.models import Engagement
from driehoek.experiments.actions import start_experiment
from driehoek.experiments.queries import Figure, frozen, with_outcome
from driehoek.intake.models import Acquaintance, HelpEstimate, IntakeForm
from driehoek.kit import clock
from driehoek.method.intake import intake_questions
from driehoek.people.models import OneTimeLink, Person
from driehoek.plans.models import Action
from tests.leaks.underway import (
    fill_aids,
    fill_feedback,
    fill_files,
    fill_interrupted,
    fill_measured,
    fill_messages,
    fill_plan,
    fill_released,
    fill_results,
    fill_reviewed,
    fill_sessions,
    fill_surveys,
)
from tests.leaks.words import EXPECTED_ON, START, UNSIGNED, word
from tests.makers import make_engagement, make_meeting, make_member, person_of


@dataclass
class Filled:
    """The engagement, and the values for every part of an address in it."""

    engagement: Engagement
    known: dict[str, list[Any]]


def fill(
    *,
    stage: Stage = Stage.ACTIVE,
    disclosure: dict | None = None,
    released: bool = False,
    stops: bool = False,
) -> Filled:
    """Coachee, coach, manager, sponsor and administrator, with a word in every confidential field.

    While preparing only the coachee has handed in the six questions and a version is offered; later
    everybody has, and it is in force. `released` gives the sponsor the coachee's report and the results;
    `stops` says that the coachee gave notice. What was only prepared stands as it did while preparing.
    """
    engagement = make_engagement(stage=Stage.PREPARING, title="Neutral title", problem=word("problem"))
    administrator = make_member(engagement.organisation, is_admin=True)
    _intake(engagement, everybody=stage not in UNSIGNED)
    goal, criterion = _agreed(engagement)
    version = _version(engagement, stage, disclosure)
    said = _comment(engagement)
    session = fill_sessions(engagement)
    action = fill_plan(engagement)
    fill_measured(engagement, goal, criterion)
    fill_reviewed(engagement)
    result = fill_results(engagement, goal)
    fill_interrupted(engagement, stage, stops=stops)
    agent = _beside(engagement)
    aids = fill_aids(engagement)
    fill_messages(engagement)
    files = fill_files(engagement)
    rounds, rater = fill_feedback(engagement)
    surveys = fill_surveys(engagement)
    _calendar(person_of(engagement, Role.COACHEE))
    meeting = make_meeting(engagement)
    one_release = fill_released(engagement) if released else None
    known: dict[str, list[Any]] = {
        "engagement_id": [engagement.pk],
        "number": [1],
        "receiver": ["manager", "sponsor"],
        "stage": ["preparing", "closed"],
        "route: number": [1, 2],
        "intake: number": [1],
        "goal_id": [goal.pk],
        "criterion_id": [criterion.pk],
        "key_id": [engagement.series_keys.get().pk],
        "action_id": [action.pk],
        "deliverable_id": [],
        "result_id": [result.pk],
        "release_id": [one_release.pk] if one_release else [],
        "comment_id": [said.pk],
        "agent_id": [agent.pk],
        "scale_id": [aids[0].pk],
        "stakeholder_id": [aids[1].pk],
        "phase": ["consulting"],
        "moment": ["interim", "end"],
        "review": ["halfway", "at_work", "day_30"],
        "reviews:along review": ["halfway"],
        "party_id": [party.pk for party in engagement.parties.all()],
        "part": ["goal"],
        "token": ["no-such-token"],
        "file_id": [],
        **{
            f"files:{deed}_{one.circle} file_id": [one.pk] for one in files for deed in ("fetch", "take_away")
        },
        "round_id": [one.pk for one in rounds],
        "rater_id": [rater.pk],
        "survey_id": [one.pk for one in surveys],
        "rater: number": [1],
        "letter": ["every", "new_message"],
        "language": ["nl"],
        "letter_id": [],
        "secret": [renew_feed(person_of(engagement, Role.COACHEE)), "no-such-secret"],
        "person_id": [person_of(engagement, Role.COACHEE).pk],
        "kept_id": [],
        "book: number": [2],
        "at": ["20261130T0900Z"],
        "meeting_id": [meeting.pk],
        "part_id": [],
        "organisation_id": [engagement.organisation_id],
        "member_id": [administrator.pk],
        "experiment_id": [_experiment(person_of(engagement, Role.COACHEE))],
        "kind": ["A", "C"],
    }
    assert session.number == version.number == 1
    OneTimeLink.objects.all().delete()
    return Filled(Engagement.objects.get(pk=engagement.pk), known)


def _experiment(person: Person) -> UUID:
    """One that has been judged, of the coachee: not even the coach reads it."""
    once = uuid4()
    given = {"problem": word("experiment", "problem"), "behaviours": word("experiment", "behaviours")}
    figure = Figure(word("experiment", "measure"), "", "up", Decimal(1), (Decimal(3),))
    made = start_experiment(person, kind="B", figures=[figure], once=once, **given)
    figures = [with_outcome(figure, [Decimal(5)], made.ends_on)]
    made.figures, made.learned = frozen(figures), word("experiment", "learned")
    made.decided_at, made.decision = clock.now(), "engagement"
    made.save()
    return once


def _intake(engagement: Engagement, *, everybody: bool) -> None:
    now = clock.now()
    Acquaintance.objects.create(
        engagement=engagement,
        met_on=date(2026, 8, 20),
        who_we_are=word("acquaintance", "who"),
        expectations=word("acquaintance", "expectations"),
        contribution=word("acquaintance", "contribution"),
        goes_on=True,
        changed_at=now,
    )
    keys = [
        part.id if (question.parts and len(question.parts) > 1) else question.id
        for question in intake_questions("en")
        for part in (question.parts or [question])
    ]
    for party in engagement.parties.all():
        handed_in = everybody or party.role == Role.COACHEE
        answers = {key: word("intake", party.role, key) for key in keys}
        for question in intake_questions("en"):
            for part in question.parts:
                answers[f"{question.id}_{part.id}"] = answers[f"{question.id}.{part.id}"] = word(
                    "intake", party.role, question.id
                )
        IntakeForm.objects.create(
            engagement=engagement,
            party=party,
            answers=json.dumps(answers),
            changed_at=now,
            handed_in_at=now if handed_in else None,
        )
    coach = person_of(engagement, Role.COACH)
    HelpEstimate.objects.create(
        engagement=engagement,
        author=coach,
        relationship="seeker",
        self_steering="growing",
        learns_by=word("private", "estimate"),
        made_at=now,
    )


def _agreed(engagement: Engagement) -> tuple[Goal, Criterion]:
    goal = Goal.objects.create(
        engagement=engagement,
        position=1,
        by_when=date(2027, 1, 15),
        action=word("goal", "action"),
        about=word("goal", "about"),
        shown_by=word("goal", "shown"),
        why=word("goal", "why"),
        learning_goals=word("goal", "learning"),
        levels=json.dumps({str(level): word("goal", "level", level + 2) for level in range(-2, 3)}),
        changed_at=clock.now(),
    )
    criterion = Criterion.objects.create(
        engagement=engagement,
        goal=goal,
        measure=word("criterion"),
        unit=word("criterion", "unit"),
        form=Criterion.Form.LEVEL,
        target=Decimal(7),
        baseline=Decimal(4),
        window_starts=date(2026, 8, 27),
        deadline=date(2027, 1, 15),
        foresight=json.dumps(
            {"known": {"highest": "5"}, "accepted": {"beyond_scale": word("criterion", "foresight")}}
        ),
        changed_at=clock.now(),
    )
    Draft.objects.create(
        engagement=engagement,
        session_count=4,
        manager_scales=True,
        first_session_on=START.date(),
        session_time=time(10, 0),
        clauses=json.dumps({"means": word("clause"), "asked_of_manager": word("clause", "manager")}),
        expectations=_expected(),
        stumbling_blocks=word("stumbling"),
        salt=word("salt"),
        disclosure=default_table(Shape.COACHING).as_json(),
        three_way_met_on=date(2026, 8, 25),
        changed_at=clock.now(),
    )
    return goal, criterion


def _beside(engagement: Engagement) -> ChangeAgent:
    """The transition of the same blended trajectory, with others in it and a word in all it holds."""
    months = {"consulting_months": 3, "transition_months": 1, "coaching_months": 8}
    by = engagement.made_by
    blend = Blend.objects.create(starts_on=START.date(), made_by=by, made_at=clock.now(), **months)
    beside = make_engagement(shape=Shape.CONSULTANCY, organisation=engagement.organisation, title="Beside it")
    for kind, one in ((Phase.Kind.COACHING, engagement), (Phase.Kind.TRANSITION, beside)):
        Phase.objects.create(blend=blend, kind=kind, engagement=one)
    now = clock.now()
    Action.objects.create(
        engagement=beside,
        sort=Action.Sort.MILESTONE,
        text=word("beside", "milestone"),
        owner=Role.CONSULTANT,
        due_on=EXPECTED_ON,
        week=9,
        made_at=now,
        changed_at=now,
    )
    return ChangeAgent.objects.create(
        engagement=beside,
        name=word("beside", "agent"),
        takes_over=word("beside", "over"),
        made_at=now,
        changed_at=now,
    )


def _calendar(person: Person) -> None:
    """The calendar of one person, of which nobody else knows even the name."""
    row = Connection(person=person, chosen_at=clock.now(), next_at=clock.now() + timedelta(days=9))
    row.save(force_insert=True)
    one = Outside.objects.create(connection=row, place=0, counts=True, holds_sessions=True)
    way = {name: word("outside", name) for name in ("address", "user", "password")}
    row.seal(
        way | {"calendars": {str(one.pk): {"url": word("outside", "url"), "name": word("outside", "name")}}}
    )
    row.save()


def _expected() -> str:
    asked = zip(intake_questions("en"), Draft.Finding.values, strict=False)
    return json.dumps(
        {
            question.id: {
                "finding": finding,
                "text": word("expected", number),
                "by": "",
                "at": "2026-08-25T12:00Z",
            }
            for number, (question, finding) in enumerate(asked)
        }
    )


def _comment(engagement: Engagement) -> Comment:
    manager = person_of(engagement, Role.MANAGER)
    return Comment.objects.create(
        engagement=engagement,
        part="means",
        text=word("comment"),
        before=word("comment", "before"),
        proposal=word("comment", "proposal"),
        answer=word("comment", "answer"),
        role=Role.MANAGER,
        written_by=manager,
        written_at=clock.now(),
        outcome=Comment.Outcome.ANSWERED,
        settled_by=manager,
        settled_at=clock.now(),
    )


def _version(engagement: Engagement, stage: Stage, disclosure: dict | None) -> Version:
    draft = engagement.draft
    draft.disclosure = draft.disclosure | (disclosure or {})
    draft.save()
    said = snapshot(engagement, draft, goals_of(engagement), 1)
    signed = stage not in UNSIGNED
    coach = person_of(engagement, Role.COACH)
    version = Version.objects.create(
        **listed(draft),
        engagement=engagement,
        number=1,
        canonical=canonical(said).decode(),
        fingerprint=fingerprint(said),
        stumbling_blocks=draft.stumbling_blocks,
        salt=draft.salt,
        state=Version.State.IN_FORCE if signed else Version.State.OFFERED,
        offered_by=coach,
        offered_at=clock.now(),
        in_force_at=clock.now() if signed else None,
        decline_reason=word("declined"),
    )
    if signed:
        for party in engagement.parties.all():
            Signature.objects.create(
                version=version,
                role=party.role,
                person=party.person,
                fingerprint=version.fingerprint,
                typed_name=party.person.name,
                capacity=word("capacity"),
                sentence="I agree",
                signed_at=clock.now(),
            )
        engagement.disclosure = said["disclosure"]
        engagement.fingerprint_in_force = version.fingerprint
        engagement.started_on = date(2026, 8, 27)
    engagement.closed_on = date(2027, 1, 20) if stage in OVER else None
    engagement.paused_on = date(2026, 9, 10) if stage is Stage.PAUSED else None
    engagement.stage = stage
    engagement.save()
    return version
