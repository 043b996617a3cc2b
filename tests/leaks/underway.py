"""What arises once an engagement runs, with a word of its own in every confidential field."""

import json
from datetime import date, timedelta
from decimal import Decimal

from driehoek.access import Role, Stage
from driehoek.agreements.models import Criterion, Goal
from driehoek.aids.models import Scale, Stakeholder
from driehoek.documents.fingerprint import fingerprint
from driehoek.engagements.models import Circle, Engagement, Notice, Pause
from driehoek.evidence.profile import Profile, Told, frozen
from driehoek.evidence.survey import SurveyTold, frozen_survey
from driehoek.feedback.models import Rater, Round
from driehoek.files.models import File, Piece
from driehoek.kit import clock
from driehoek.measures.models import (
    AttainmentScore,
    Checklist,
    Observation,
    SeriesKey,
    Sighting,
    Strike,
    Takeover,
)
from driehoek.messages.models import Message
from driehoek.method.questionnaires import composed
from driehoek.people.queries import hash_of
from driehoek.plans.models import Action, ActionState
from driehoek.results.actions import release
from driehoek.results.models import ClosingTalk, Mark, Release, Report, Result
from driehoek.results.queries import compose, material
from driehoek.results.wording import REPORT_SECTIONS
from driehoek.reviews.models import Answer
from driehoek.sessions.models import Note, PrivateNote, Reflection, Session
from driehoek.surveys.models import Invited, Survey
from tests.leaks.words import EXPECTED_ON, LAST_DAY, START, word
from tests.makers import person_of


def fill_sessions(engagement: Engagement) -> Session:
    first, second = (
        Session.objects.create(
            engagement=engagement,
            number=n + 1,
            starts_at=START + timedelta(weeks=3 * n),
            held_at=START + timedelta(hours=1) if n == 0 else None,
            held_minutes=60 if n == 0 else None,
        )
        for n in range(2)
    )
    Session.objects.create(
        engagement=engagement,
        number=3,
        starts_at=START + timedelta(weeks=6),
        cancelled_at=START,
        cancelled_by=Role.COACHEE,
        cancel_reason=word("cancelled"),
    )
    for part in Note.Part:
        Note.objects.create(
            engagement=engagement,
            session=first,
            part=part,
            text=word("note", part),
            written_by=Role.COACHEE,
            written_at=clock.now(),
        )
    now, coach = clock.now(), person_of(engagement, Role.COACH)
    Reflection.objects.create(engagement=engagement, session=first, text=word("reflection"), written_at=now)
    PrivateNote.objects.create(
        engagement=engagement, session=first, author=coach, text=word("private"), written_at=now
    )
    assert second.number == 2
    return first


def fill_aids(engagement: Engagement) -> tuple[Scale, Stakeholder]:
    words = {part: word("aid", part) for part in ("about", "carries", "next_sign")}
    scale = Scale(engagement=engagement, said=json.dumps(words | {"now": 6, "wanted": 8}))
    seen = {part: word("aid", part) for part in ("name", "wants")}
    near = {"stance": "open", "influence": 2, "closeness": 2}
    stakeholder = Stakeholder(engagement=engagement, said=json.dumps(seen | near))
    for one in (scale, stakeholder):
        one.written_by, one.written_at, one.added_at = Role.COACH, clock.now(), clock.now()
        one.save()
    return scale, stakeholder


def fill_messages(engagement: Engagement) -> None:
    for circle, role in ((Circle.PAIR, Role.COACHEE), (Circle.EVERYONE, Role.COACH)):
        Message.objects.create(
            engagement=engagement,
            circle=circle,
            number=1,
            author=person_of(engagement, role),
            role=role,
            text=word("message", circle),
            written_at=clock.now(),
        )


def fill_files(engagement: Engagement) -> list[File]:
    return [
        _file(engagement, circle, role)
        for circle, role in ((Circle.PAIR, Role.COACHEE), (Circle.EVERYONE, Role.COACH))
    ]


def _file(engagement: Engagement, circle: Circle, role: Role) -> File:
    content = word("file", circle, "bytes").encode()
    file = File(engagement=engagement, circle=circle, number=1, role=role, kind="txt", size=len(content))
    file.put_by, file.put_at = person_of(engagement, role), clock.now()
    file.name, file.words = f"{word('file', circle, 'name')}.txt", word("file", circle, "words")
    file.save(force_insert=True)
    Piece.objects.create(file=file, number=0, content=content)
    return file


def fill_plan(engagement: Engagement) -> Action:
    action = Action.objects.create(
        engagement=engagement,
        text=word("plan", "text"),
        owner=Role.COACHEE,
        due_on=date(2026, 10, 1),
        learnt=word("plan", "learnt"),
        made_at=clock.now(),
        changed_at=clock.now(),
    )
    by, facts = person_of(engagement, Role.COACHEE), {"said": word("plan", "earlier"), "at": clock.now()}
    ActionState.objects.create(engagement=engagement, action=action, colour="amber", by=by, **facts)
    return action


def fill_measured(engagement: Engagement, goal: Goal, criterion: Criterion) -> None:
    coach = person_of(engagement, Role.COACH)
    strike = Strike.objects.create(
        engagement=engagement, reason=word("struck"), by=coach, at=START + timedelta(days=10)
    )
    key = SeriesKey.objects.create(
        engagement=engagement,
        criterion=criterion,
        name=word("series", "key"),
        secret_hash=hash_of("a-key-nobody-has"),
        made_by=coach,
        made_at=clock.now(),
    )
    came = Takeover.objects.create(
        engagement=engagement,
        criterion=criterion,
        origin=word("series", "origin"),
        reason=word("series", "reason"),
        key=key,
        at=clock.now(),
    )
    for day, value, struck in ((10, "6.543219", None), (11, "5.432198", strike)):
        Observation.objects.create(
            engagement=engagement,
            criterion=criterion,
            on=date(2026, 9, day),
            value=Decimal(value),
            entered_by=coach,
            entered_at=clock.now(),
            struck=struck,
            takeover=came,
        )
    listed = Checklist.objects.create(
        engagement=engagement,
        criterion=criterion,
        items=word("series", "item"),
        made_by=coach,
        made_at=clock.now(),
    )
    Sighting.objects.create(
        engagement=engagement,
        checklist=listed,
        observation=engagement.observations.get(struck=None),
        ticks=word("series", "ticks"),
        by=coach,
        at=clock.now(),
    )
    for role in (Role.COACHEE, Role.MANAGER):
        for moment in AttainmentScore.Moment:
            AttainmentScore.objects.create(
                engagement=engagement,
                goal=goal,
                role=role,
                moment=moment,
                level=0,
                remark=word("score", role, moment),
                scored_by=person_of(engagement, role),
                scored_at=clock.now(),
            )


def fill_reviewed(engagement: Engagement) -> None:
    at_work = {part: word("review", "work", part) for part in ("why", "change")} | {
        "shows": "no",
        "goals": [],
    }
    how_far = {role: {"now": 4, "why": word("review", role)} for role in (Role.COACHEE, Role.MANAGER)}
    said = [("halfway", "along", role, facts) for role, facts in how_far.items()]
    for review, part, role, facts in [*said, ("at_work", "at_work", Role.COACH, at_work)]:
        Answer.objects.create(
            engagement=engagement,
            review=review,
            part=part,
            role=role,
            said=json.dumps(facts),
            answered_by=person_of(engagement, role),
            answered_at=clock.now(),
        )


def fill_results(engagement: Engagement, goal: Goal) -> Result:
    now = clock.now()
    for role in (Role.COACHEE, Role.COACH):
        texts = {section: word("report", role, section) for section in REPORT_SECTIONS[role]}
        Report.objects.create(
            engagement=engagement,
            role=role,
            sections=json.dumps(texts),
            revision=1,
            changed_at=now,
            handed_in_at=now,
        )
    result = Result.objects.create(
        engagement=engagement,
        position=1,
        text=word("result", "text"),
        goal=goal,
        intended=True,
        expected=False,
        matters_to="both",
        observable=True,
        explained=word("result", "explained"),
        added_by=Role.COACHEE,
        added_at=now,
    )
    for role in (Role.COACHEE, Role.COACH):
        Mark.objects.create(
            engagement=engagement,
            result=result,
            role=role,
            view=Mark.View.DESIRED,
            remark=word("mark", role),
            marked_by=person_of(engagement, role),
            marked_at=now,
        )
    for role in (Role.MANAGER, Role.SPONSOR):
        ClosingTalk.objects.create(engagement=engagement, role=role, proposed_at=now)
    return result


def fill_feedback(engagement: Engagement) -> tuple[list[Round], Rater]:
    """A round that has closed, with a word of whoever answered, and one for which the list is made."""
    now, coachee = clock.now(), person_of(engagement, Role.COACHEE)
    asked = json.dumps(composed("leading", ["listening"], [word("feedback", "own")]))
    behaviours = json.loads(asked)["behaviours"]
    lines = ([Told(item["id"], {}) for item in one["items"]] for one in behaviours)
    parts = tuple(Told(one["id"], {}, items=tuple(of)) for one, of in zip(behaviours, lines, strict=True))
    said, own = {"keep": (word("feedback", "said"),)}, {"keep": word("feedback", "self")}
    told = frozen(Profile({"peers": 5}, (), (), parts, said, own))
    facts = {"engagement": engagement, "asked": asked, "begun_by": coachee, "begun_at": now}
    given = [{"group": "peers", "key": "k", "scores": {}, "texts": {"keep": word("rawfeedback")}}]
    closed = Round.objects.create(
        moment="baseline",
        state=Round.State.CLOSED,
        closes_on=date(2026, 9, 20),
        closed_at=now,
        answers=json.dumps(given),
        report=json.dumps(told),
        **facts,
    )
    Round.objects.filter(pk=closed.pk).update(begun_at=now - timedelta(days=1))
    naming = Round.objects.create(moment="interim", **facts)
    who = {"group": "peers", "name": word("feedback", "name"), "email": word("feedback", "mail")}
    Rater.objects.create(round=closed, **who)
    return [closed, naming], Rater.objects.create(round=naming, **who)


def fill_surveys(engagement: Engagement) -> list[Survey]:
    """A survey that has closed, with a word of whoever answered, and one that is open."""
    now, raw = clock.now(), composed("pulse", ["work", "together"], [])
    raw["title"] = {"nl": word("survey", "title"), "en": word("survey", "title")}
    told = frozen_survey(SurveyTold(5, (), {"one-thing": (word("survey", "said"),)}))
    facts = {
        "engagement": engagement,
        "subject": word("survey", "subject"),
        "asked": json.dumps(raw),
        "invited": 5,
        "at_least": 4,
        "closes_on": date(2026, 9, 20),
        "begun_by": person_of(engagement, Role.COACH),
        "begun_at": now,
    }
    given = json.dumps([{"scores": {}, "texts": {"one-thing": word("rawsurvey")}}])
    closed = Survey.objects.create(closed_at=now, answers=given, report=json.dumps(told), **facts)
    asked_of = json.dumps([word("rawsurvey", "asked")])
    still = Survey.objects.create(link=word("survey", "link"), link_hash="x", asked_of=asked_of, **facts)
    Invited.objects.create(survey=still, email=word("rawsurvey", "mail"))
    return [closed, still]


def fill_interrupted(engagement: Engagement, stage: Stage, *, stops: bool) -> None:
    """A pause and a notice by the coachee, which stand when the stage says so, and else lie behind."""
    now, coachee = clock.now(), person_of(engagement, Role.COACHEE)
    Pause.objects.create(
        engagement=engagement,
        role=Role.COACHEE,
        person=coachee,
        since=date(2026, 9, 10),
        expected_on=EXPECTED_ON,
        reason=word("interruption", "pause"),
        ended_at=None if stage is Stage.PAUSED else now,
    )
    Notice.objects.create(
        engagement=engagement,
        role=Role.COACHEE,
        person=coachee,
        given_on=date(2026, 9, 12),
        last_day=LAST_DAY,
        reason=word("interruption", "notice"),
        taken_back_at=None if stops else now,
    )
    if stops:
        engagement.stops_on = LAST_DAY
        engagement.save()


def fill_released(engagement: Engagement) -> Release:
    fresh = Engagement.objects.get(pk=engagement.pk)
    items = ["coachee_report", "results"]
    document, _ids = compose(material(fresh), receiver=Role.SPONSOR, items=items)
    coachee = person_of(fresh, Role.COACHEE)
    return release(fresh, by=coachee, receiver=Role.SPONSOR, items=items, seen=fingerprint(document))
